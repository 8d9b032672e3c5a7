import { fail, type Result, succeed } from '../../analytics/contract/result'
import {
  type TagHygieneRequest,
  tagHygieneRequestSchema,
  type UntaggedRequest,
  untaggedRequestSchema,
} from '../../analytics/contract/tag-hygiene'
import { type PeriodWords, parsePeriod, parseWhere } from './parse-query'

export interface TagWords extends PeriodWords {
  readonly measure: string
  readonly currency?: string
  readonly where?: readonly string[]
  readonly owner?: string
  readonly limit?: string
}

export function parseTags(words: TagWords): Result<TagHygieneRequest> {
  const read = requestOf(words)
  if (!read.ok) return read
  const parsed = tagHygieneRequestSchema.safeParse(read.value)
  return parsed.success ? succeed(parsed.data) : wrong(parsed.error.issues[0])
}

export function parseUntagged(key: string, words: TagWords): Result<UntaggedRequest> {
  const read = requestOf(words)
  if (!read.ok) return read
  const parsed = untaggedRequestSchema.safeParse({
    ...read.value,
    key: dimensionOf(key),
    ...(words.owner === undefined ? {} : { owner: dimensionOf(words.owner) }),
    limit: Number(words.limit ?? 1_000),
  })
  return parsed.success ? succeed(parsed.data) : wrong(parsed.error.issues[0])
}

function requestOf(words: TagWords): Result<object> {
  const where = parseWhere(words.where ?? [])
  if (!where.ok) return where
  const isSaid = [words.from, words.to, words.period, words.last].some((one) => one !== undefined)
  const period = isSaid ? parsePeriod(words) : succeed({ period: 'last-month' })
  if (!period.ok) return period
  return succeed({
    measure: words.measure,
    ...period.value,
    ...(words.currency === undefined ? {} : { currency: words.currency }),
    ...(where.value.length === 0 ? {} : { where: where.value }),
  })
}

/** Keys are named plainly here: `team` is `tag:team`. */
function dimensionOf(key: string): string {
  return /^(tag|cost-category):/.test(key) ? key : `tag:${key}`
}

function wrong(
  issue: { readonly path: readonly PropertyKey[]; readonly message: string } | undefined,
): Result<never> {
  const name = String(issue?.path[0] ?? 'tags')
  return fail('usage', `--${name}: ${issue?.message ?? 'not understood'}.`, 'See: finops tags --help')
}
