import { resolve } from 'node:path'
import {
  type SeriesForecastRequest,
  type SpendForecastRequest,
  seriesForecastRequestSchema,
  spendForecastRequestSchema,
} from '../../analytics/contract/forecast'
import { type AccuracyRequest, accuracyRequestSchema } from '../../analytics/contract/forecast-accuracy'
import { fail, type Result, succeed } from '../../analytics/contract/result'
import { parseWhere } from './parse-query'

export interface ForecastWords {
  readonly horizon?: string
  readonly accuracy?: boolean
  readonly series?: string
  readonly season?: string
  readonly model?: string
  readonly grain?: string
  readonly measure?: string
  readonly by?: string
  readonly where?: readonly string[]
  readonly growth?: string
  readonly fiscalYearStart?: string
}

export type AskedForecast =
  | { readonly of: 'file'; readonly request: SeriesForecastRequest }
  | { readonly of: 'spend'; readonly request: SpendForecastRequest }
  | { readonly of: 'accuracy'; readonly request: AccuracyRequest }

const help = 'See: finops forecast --help'
const onlyOfForecasts = [
  'horizon',
  'series',
  'season',
  'model',
  'grain',
  'growth',
  'fiscalYearStart',
] as const
const onlyOfSpend = ['grain', 'measure', 'by', 'where', 'growth', 'fiscalYearStart'] as const

/** With `--series` a file is asked about, without it the bill; options of the other form are refused. */
export function parseForecast(words: ForecastWords): Result<AskedForecast> {
  for (const name of ['horizon', 'season', 'growth', 'fiscalYearStart'] as const) {
    const text = words[name]
    if (text !== undefined && !/^[+-]?\d+(\.\d+)?$/.test(text)) {
      return fail('usage', `${optionOf(name)}: it is a number, not ${text || 'nothing'}.`, help)
    }
  }
  if (words.accuracy === true) return parseAccuracy(words)
  if (words.horizon === undefined) {
    return fail('usage', '--horizon: say how far to look ahead.', 'For example: finops forecast --horizon 30')
  }
  const model = words.model === undefined ? {} : { model: words.model }
  if (words.series !== undefined) {
    const stray = onlyOfSpend.find((name) => words[name] !== undefined)
    if (stray)
      return fail('usage', `${optionOf(stray)} is about the bill and does not go with --series.`, help)
    return read('file', seriesForecastRequestSchema, {
      path: resolve(words.series),
      horizon: Number(words.horizon),
      ...(words.season === undefined ? {} : { season: Number(words.season) }),
      ...model,
    })
  }
  if (words.season !== undefined) return fail('usage', '--season goes with --series only.', help)
  const where = parseWhere(words.where ?? [])
  if (!where.ok) return where
  return read('spend', spendForecastRequestSchema, {
    horizon: Number(words.horizon),
    ...(words.grain === undefined ? {} : { grain: words.grain }),
    ...(words.measure === undefined ? {} : { measure: words.measure }),
    ...(words.by === undefined ? {} : { by: words.by }),
    ...(where.value.length === 0 ? {} : { where: where.value }),
    ...(words.growth === undefined ? {} : { growth: Number(words.growth) }),
    ...(words.fiscalYearStart === undefined ? {} : { fiscalYearStart: Number(words.fiscalYearStart) }),
    ...model,
  })
}

/** How good the forecasts of the bill were: what is asked ahead does not go with it. */
function parseAccuracy(words: ForecastWords): Result<AskedForecast> {
  const stray = onlyOfForecasts.find((name) => words[name] !== undefined)
  if (stray) return fail('usage', `${optionOf(stray)} does not go with --accuracy.`, help)
  const where = parseWhere(words.where ?? [])
  if (!where.ok) return where
  return read('accuracy', accuracyRequestSchema, {
    ...(words.measure === undefined ? {} : { measure: words.measure }),
    ...(words.by === undefined ? {} : { by: words.by }),
    ...(where.value.length === 0 ? {} : { where: where.value }),
  })
}

interface Schema<T> {
  safeParse(input: unknown):
    | { readonly success: true; readonly data: T }
    | {
        readonly success: false
        readonly error: {
          readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]
        }
      }
}

function read<Of extends AskedForecast['of']>(
  of: Of,
  schema: Schema<Extract<AskedForecast, { of: Of }>['request']>,
  input: unknown,
): Result<AskedForecast> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return succeed({ of, request: parsed.data } as AskedForecast)
  const issue = parsed.error.issues[0]
  const name = String(issue?.path[0] ?? 'forecast')
  return fail('usage', `${optionOf(name)}: ${issue?.message ?? 'not understood'}`, help)
}

function optionOf(name: string): string {
  return `--${(name === 'path' ? 'series' : name).replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}
