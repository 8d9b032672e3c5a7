import { resolve } from 'node:path'
import {
  type AnomaliesRequest,
  anomaliesRequestSchema,
  type SeriesAnomaliesRequest,
  seriesAnomaliesRequestSchema,
} from '../../analytics/contract/anomalies'
import { fail, type Result, succeed } from '../../analytics/contract/result'
import { parseWhere } from './parse-query'

export interface AnomalyWords {
  readonly from?: string
  readonly to?: string
  readonly by?: string
  readonly where?: readonly string[]
  readonly series?: string
  readonly scores?: boolean
  readonly perYear?: string
}

export type AskedAnomalies =
  | { readonly of: 'bill'; readonly request: AnomaliesRequest }
  | { readonly of: 'series'; readonly request: SeriesAnomaliesRequest }

const help = 'See: finops anomalies --help'

/** The words of the command line as one of two questions: about the bill, or about a file of series. */
export function parseAnomalies(words: AnomalyWords): Result<AskedAnomalies> {
  const perYear = words.perYear === undefined ? {} : { perYear: Number(words.perYear) }
  if (words.series === undefined) {
    if (words.scores) return fail('usage', '--scores: it needs --series.', help)
    const where = parseWhere(words.where ?? [])
    if (!where.ok) return where
    const parsed = anomaliesRequestSchema.safeParse({
      ...(words.from === undefined ? {} : { from: words.from }),
      ...(words.to === undefined ? {} : { to: words.to }),
      ...(words.by === undefined ? {} : { by: words.by }),
      ...(where.value.length === 0 ? {} : { where: where.value }),
      ...perYear,
    })
    return parsed.success ? succeed({ of: 'bill', request: parsed.data }) : wrong(parsed.error.issues[0])
  }
  for (const name of ['from', 'to', 'by', 'where'] as const) {
    if (words[name] !== undefined) return fail('usage', `--${name}: it does not go with --series.`, help)
  }
  const parsed = seriesAnomaliesRequestSchema.safeParse({
    path: resolve(words.series),
    ...(words.scores ? { scores: true } : {}),
    ...perYear,
  })
  return parsed.success ? succeed({ of: 'series', request: parsed.data }) : wrong(parsed.error.issues[0])
}

const optionOf: Readonly<Record<string, string>> = { perYear: 'per-year', path: 'series' }

function wrong(
  issue: { readonly path: readonly PropertyKey[]; readonly message: string } | undefined,
): Result<never> {
  const name = String(issue?.path[0] ?? 'anomalies')
  return fail('usage', `--${optionOf[name] ?? name}: ${issue?.message ?? 'not understood'}`, help)
}
