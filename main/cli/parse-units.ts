import { resolve } from 'node:path'
import { type DriverImport, driverImportSchema } from '../../analytics/contract/drivers'
import { fail, type Result, succeed } from '../../analytics/contract/result'
import {
  type UnitCostsRequest,
  unitCostsRequestSchema,
  unitGrainSchema,
} from '../../analytics/contract/unit-costs'
import { type PeriodWords, parsePeriod, parseWhere } from './parse-query'

export interface DriverWords {
  readonly name: string
  readonly unit: string
  readonly grain?: string
}

export interface UnitWords extends PeriodWords {
  readonly measure: string
  readonly grain: string
  readonly by?: string
  readonly where?: readonly string[]
}

export const unitGrainWords = unitGrainSchema.options.join(', ')

export function parseDriver(file: string, { name, unit, grain }: DriverWords): Result<DriverImport> {
  const parsed = driverImportSchema.safeParse({
    name,
    unit,
    ...(grain === undefined ? {} : { grain }),
    content: { kind: 'file', path: resolve(file) },
  })
  return parsed.success ? succeed(parsed.data) : wrong(parsed.error.issues[0], 'import')
}

export function parseUnits(driver: string, words: UnitWords): Result<UnitCostsRequest> {
  const where = parseWhere(words.where ?? [])
  if (!where.ok) return where
  const isSaid = [words.from, words.to, words.period, words.last].some((one) => one !== undefined)
  const period = isSaid ? parsePeriod(words) : succeed({ period: 'everything' })
  if (!period.ok) return period
  const parsed = unitCostsRequestSchema.safeParse({
    driver,
    measure: words.measure,
    grain: words.grain,
    ...period.value,
    ...(where.value.length === 0 ? {} : { where: where.value }),
    ...(words.by === undefined ? {} : { by: words.by }),
  })
  return parsed.success ? succeed(parsed.data) : wrong(parsed.error.issues[0], 'show')
}

function wrong(
  issue: { readonly path: readonly PropertyKey[]; readonly message: string } | undefined,
  command: string,
): Result<never> {
  const name = String(issue?.path[0] ?? 'name')
  const option = name === 'driver' ? 'name' : name === 'content' ? 'file' : `--${name}`
  return fail(
    'usage',
    `${option}: ${issue?.message ?? 'not understood'}.`,
    `See: finops units ${command} --help`,
  )
}
