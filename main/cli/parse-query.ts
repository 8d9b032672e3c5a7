import type { AskedPeriod } from '../../analytics/contract/periods'
import { fail, type Result, succeed } from '../../analytics/contract/result'
import {
  type CostQuery,
  costQuerySchema,
  type Filter,
  type Sort,
  type Threshold,
} from '../../analytics/contract/spend'

export interface QueryWords {
  readonly measure: string
  readonly by?: string
  readonly grain?: string
  readonly from?: string
  readonly to?: string
  readonly period?: string
  readonly last?: string
  readonly where?: readonly string[]
  readonly having?: readonly string[]
  readonly compare?: string
  readonly top?: string
  readonly cumulative?: boolean
  readonly share?: boolean
  readonly sort?: string
  readonly offset?: string
  readonly limit?: string
}

const help = 'See: finops query --help'

/** The words of the command line as a question; what is wrong with them is said with the option's name. */
export function parseQuery(words: QueryWords): Result<CostQuery> {
  const where = parseWhere(words.where ?? [])
  if (!where.ok) return where
  const having = eachOf(words.having, thresholdOf)
  if (!having.ok) return having
  const period = parsePeriod(words)
  if (!period.ok) return period
  const numbers = numbersOf(words)
  if (!numbers.ok) return numbers
  const { top, ...paging } = numbers.value
  const measure = listOf(words.measure)
  const parsed = costQuerySchema.safeParse({
    measure: measure.length === 1 ? measure[0] : measure,
    ...period.value,
    ...(words.by === undefined && !onlyQuantity(measure) ? {} : { by: dimensionsOf(words, measure) }),
    ...(words.grain === undefined ? {} : { grain: words.grain }),
    ...(where.value.length === 0 ? {} : { where: where.value }),
    ...(having.value.length === 0 ? {} : { having: having.value }),
    ...(words.compare === undefined ? {} : { compare: words.compare }),
    ...(top === undefined ? {} : { top: { count: top, of: 'groups' } }),
    ...(words.cumulative ? { cumulative: true } : {}),
    ...(words.share ? { share: true } : {}),
    ...(words.sort === undefined ? {} : { sort: listOf(words.sort).map(sortOf) }),
    ...paging,
  })
  if (parsed.success) return succeed(parsed.data)
  const issue = parsed.error.issues[0]
  const option = String(issue?.path[0] ?? 'query')
  return fail('usage', `--${option}: ${issue?.message ?? 'not understood'}`, help)
}

function listOf(text: string): readonly string[] {
  return text.split(',').map((name) => name.trim())
}

/** Hours and gigabytes are not one number: a question for quantities alone has a row a unit. */
function dimensionsOf({ by }: QueryWords, measure: readonly string[]): readonly string[] {
  const asked = by === undefined ? [] : listOf(by)
  return onlyQuantity(measure) && !asked.includes('unit') ? [...asked, 'unit'] : asked
}

function onlyQuantity(measure: readonly string[]): boolean {
  return measure.every((one) => one === 'quantity')
}

function eachOf<T>(texts: readonly string[] = [], read: (text: string) => Result<T>): Result<T[]> {
  const values: T[] = []
  for (const text of texts) {
    const value = read(text)
    if (!value.ok) return value
    values.push(value.value)
  }
  return succeed(values)
}

/** `dimension=value` and its like, as they are written after `--where`. */
export function parseWhere(expressions: readonly string[]): Result<Filter[]> {
  return eachOf(expressions, filterOf)
}

function filterOf(expression: string): Result<Filter> {
  const [, dimension, operator, value] = /^(.+?)(!=|!~|=|~)(.*)$/s.exec(expression) ?? []
  if (dimension === undefined || operator === undefined || value === undefined) {
    return fail(
      'usage',
      `--where ${expression}: there is no comparison in it.`,
      'Write for example --where "service=Amazon EC2" or --where "tag:team=(untagged)".',
    )
  }
  return succeed({
    dimension: dimension.trim(),
    operator: operator as Filter['operator'],
    value: value.trim(),
  })
}

/** `effective>=100`, and of a comparison `effective.change<-50`. */
function thresholdOf(expression: string): Result<Threshold> {
  const [, measure, of, operator, value] =
    /^\s*([a-z-]+)(?:\.(amount|previous|change))?\s*(>=|<=|>|<)\s*(-?\d+(?:\.\d+)?)\s*$/.exec(expression) ??
    []
  if (measure === undefined || operator === undefined || value === undefined) {
    return fail(
      'usage',
      `--having ${expression}: there is no measure with an amount in it.`,
      'Write for example --having "effective>=100" or --having "effective.change>50".',
    )
  }
  return succeed({
    measure: measure as Threshold['measure'],
    ...(of === undefined ? {} : { of: of as Threshold['of'] }),
    operator: operator as Threshold['operator'],
    value,
  })
}

export type PeriodWords = Pick<QueryWords, 'from' | 'to' | 'period' | 'last'>

/** `--from` and `--to`, `--period` or `--last`: one of them. */
export function parsePeriod({ from, to, period, last }: PeriodWords): Result<AskedPeriod> {
  const said = [period, last, from ?? to].filter((one) => one !== undefined)
  if (said.length === 0) {
    return fail('usage', '--from: no period was given.', 'Give --from and --to, --period or --last 30d.')
  }
  if (said.length > 1) {
    return fail('usage', '--period: one period at a time.', 'Give --from and --to, --period or --last 30d.')
  }
  if (last !== undefined) {
    const [, count, unit] = /^(\d{1,4})([dwm])$/.exec(last) ?? []
    const units = { d: 'days', w: 'weeks', m: 'months' } as const
    if (count === undefined || Number(count) === 0) {
      return fail('usage', `--last ${last}: it is a number of days, weeks or months.`, 'Write 30d, 2w or 6m.')
    }
    return succeed({ period: `last-${Number(count)}-${units[unit as keyof typeof units]}` })
  }
  if (period !== undefined) return succeed({ period: period as NonNullable<CostQuery['period']> })
  return succeed({ ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) })
}

function sortOf(text: string): Sort {
  const [, column = text, direction] = /^(.*):(asc|desc)$/.exec(text) ?? []
  return { column, direction: direction === 'asc' ? 'ascending' : 'descending' }
}

function numbersOf({
  top,
  offset,
  limit,
}: QueryWords): Result<{ readonly top?: number; readonly offset?: number; readonly limit?: number }> {
  const numbers: { top?: number; offset?: number; limit?: number } = {}
  for (const [name, text] of Object.entries({ top, offset, limit })) {
    if (text === undefined) continue
    if (!/^[+-]?\d+$/.test(text)) {
      return fail('usage', `--${name}: it is a whole number, not ${text || 'nothing'}.`, help)
    }
    numbers[name as keyof typeof numbers] = Number(text)
  }
  return succeed(numbers)
}
