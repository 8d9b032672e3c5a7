import { fail, type Result, succeed } from '../../analytics/contract/result'
import { type CostQuery, costQuerySchema, type Filter } from '../../analytics/contract/spend'

export interface QueryWords {
  readonly measure: string
  readonly by?: string
  readonly grain?: string
  readonly from: string
  readonly to: string
  readonly where?: readonly string[]
  readonly compare?: string
  readonly limit?: string
}

const help = 'See: finops query --help'

/** The expressions of `--where`. */
export function parseFilters(expressions: readonly string[]): Result<Filter[]> {
  const where: Filter[] = []
  for (const expression of expressions) {
    const [, dimension, operator, value] = /^(.+?)(!=|!~|=|~)(.*)$/s.exec(expression) ?? []
    if (dimension === undefined || operator === undefined || value === undefined) {
      return fail(
        'usage',
        `--where ${expression}: there is no comparison in it.`,
        'Write for example --where "service=Amazon EC2" or --where "tag:team=(untagged)".',
      )
    }
    where.push({ dimension: dimension.trim(), operator: operator as Filter['operator'], value: value.trim() })
  }
  return succeed(where)
}

/** The words of the command line as a question; what is wrong with them is said with the option's name. */
export function parseQuery(words: QueryWords): Result<CostQuery> {
  const where = parseFilters(words.where ?? [])
  if (!where.ok) return where
  if (words.limit !== undefined && !/^[+-]?\d+$/.test(words.limit)) {
    return fail('usage', `--limit: it is a whole number, not ${words.limit || 'nothing'}.`, help)
  }
  const parsed = costQuerySchema.safeParse({
    measure: words.measure,
    from: words.from,
    to: words.to,
    ...(words.by === undefined ? {} : { by: words.by.split(',').map((name) => name.trim()) }),
    ...(words.grain === undefined ? {} : { grain: words.grain }),
    ...(where.value.length === 0 ? {} : { where: where.value }),
    ...(words.compare === undefined ? {} : { compare: words.compare }),
    ...(words.limit === undefined ? {} : { limit: Number(words.limit) }),
  })
  if (parsed.success) return succeed(parsed.data)
  const issue = parsed.error.issues[0]
  return fail('usage', `--${String(issue?.path[0] ?? 'query')}: ${issue?.message ?? 'not understood'}`, help)
}
