import { fail, type Result, succeed } from '../contract/result'
import type { TagFix, TagHygiene, TagHygieneRequest, TagKey } from '../contract/tag-hygiene'
import type { Work } from '../engine/work'
import { moneyOf, unitsOf } from '../forecast/exact'
import { type Asking, asking, pointsOf } from '../model/ask'
import { askedQuestion } from '../model/asked-question'
import { tableFor } from '../model/cost-tables'
import type { Question } from '../model/question'
import { keyToAskBy } from '../model/tag-keys'
import type { Row } from '../store/connection'
import { compileHygiene, hygieneDimensions } from './compile-tags'
import { nearDuplicates } from './near-duplicates'

const mostFixes = 50
const mostMonths = 60
/** Below it a key is somebody's own affair and not missing anywhere. */
const leastUsed = 20

/** How well the spend of a period is tagged, what is spelt in several ways, and what to mend first. */
export async function readTagHygiene(request: TagHygieneRequest, work: Work): Promise<Result<TagHygiene>> {
  return await asking(work, async (context) => {
    const asked = await tagQuestion(request, context, [...hygieneDimensions])
    if (!asked.ok) return asked
    const { question, currency } = asked.value
    const months = pointsOf(question, context.facts).map(({ time }) => time)
    if (months.length > mostMonths) {
      return fail(
        'period-too-long',
        `Tags are told for ${mostMonths} months at a time.`,
        'Choose fewer months.',
      )
    }
    const { connection, facts, signal } = context
    const carrying = { ...question, by: [...question.by, 'tag:any'] }
    const table = tableFor(carrying, [request.measure], facts)
    const { sql, values } = compileHygiene(question, table, request.measure)
    const rows = await connection.rows(sql, values, signal)
    const of = (family: string) => rows.filter((row) => row.family === family)
    const monthly = of('month')
    const taggableOf = (month: string) =>
      sumOf(monthly.filter(({ one, other }) => one === month && other === 'Usage'))
    const taggable = sumOf(monthly.filter(({ other }) => other === 'Usage'))
    const keys = keysOf(of, months.map(taggableOf), months, taggable)
    const own = keys.filter(({ isAws }) => !isAws)
    const duplicateKeys = await nearDuplicates(
      connection,
      [{ key: null, dimension: null, members: spellingsOf(of('spelling'), own) }],
      signal,
    )
    const duplicateValues = await nearDuplicates(
      connection,
      own.map(({ key, dimension, name }) => ({
        key,
        dimension,
        members: of('value')
          .filter(({ one }) => one === name)
          .map(({ other, amount }) => ({ text: String(other), amount: String(amount) })),
      })),
      signal,
    )
    const untagged = untaggedFixes(own, of, taggable, context)
    const duplicates = [...duplicateKeys, ...duplicateValues].map(
      (one): TagFix => ({ kind: 'duplicates', amount: one.amount, duplicates: one }),
    )
    return succeed({
      currency,
      window: question.window,
      months: months.map((month) => ({
        month,
        total: moneyOf(sumOf(monthly.filter(({ one }) => one === month))),
        taggable: moneyOf(taggableOf(month)),
      })),
      total: moneyOf(sumOf(monthly)),
      taggable: moneyOf(taggable),
      untaggable: untaggableOf(monthly),
      keys: keys.map(({ name, ...key }) => key),
      duplicateKeys: [...duplicateKeys],
      duplicateValues: [...duplicateValues],
      fixes: [...untagged, ...duplicates]
        .filter(({ amount }) => unitsOf(amount) > 0n)
        .sort((left, right) => bySize(unitsOf(left.amount), unitsOf(right.amount)))
        .slice(0, mostFixes),
    })
  })
}

/** A question by month in one currency, which every figure about tags is in. */
export async function tagQuestion(
  request: TagHygieneRequest,
  context: Asking,
  by: readonly string[],
): Promise<Result<{ readonly question: Question; readonly currency: string | null }>> {
  const { currency: wanted, measure, where, period, from, to } = request
  const currency = wanted ?? context.facts.currencies[0] ?? null
  const inCurrency =
    currency === null ? [] : [{ dimension: 'currency', operator: '=', value: currency } as const]
  const asked = await askedQuestion(
    { measure, period, from, to, by: [...by], grain: 'month', where: [...(where ?? []), ...inCurrency] },
    context,
  )
  return asked.ok ? succeed({ question: asked.value, currency }) : asked
}

type Families = (family: string) => readonly Row[]

interface NamedKey extends TagKey {
  readonly name: string
}

function keysOf(
  of: Families,
  taggables: readonly bigint[],
  months: readonly string[],
  taggable: bigint,
): readonly NamedKey[] {
  const counted = new Map(of('value').map(({ one, counted }) => [String(one), Number(counted)]))
  const names = [...new Set(of('key').map(({ one }) => String(one)))]
  return names
    .map((name) => {
      const carried = of('key').filter(({ one }) => one === name)
      const spellings = of('spelling')
        .filter(({ one }) => one === name)
        .map(({ other }) => String(other))
      const key = keyToAskBy(spellings)
      const amount = sumOf(carried)
      return {
        name,
        key,
        dimension: `tag:${key}`,
        spellings,
        values: counted.get(name) ?? 0,
        isAws: name.startsWith('aws_'),
        amount: moneyOf(amount),
        coverage: percentOf(amount, taggable),
        months: months.map((month, at) => {
          const own = sumOf(carried.filter(({ other }) => other === month))
          return { amount: moneyOf(own), coverage: percentOf(own, taggables[at] ?? 0n) }
        }),
      }
    })
    .sort(
      (left, right) =>
        bySize(unitsOf(left.amount), unitsOf(right.amount)) || left.key.localeCompare(right.key),
    )
}

function spellingsOf(rows: readonly Row[], own: readonly NamedKey[]) {
  const names = new Set(own.map(({ name }) => name))
  return rows
    .filter(({ one }) => names.has(String(one)))
    .map(({ other, amount }) => ({ text: String(other), amount: String(amount) }))
}

/** Where a key that is in use is missing, account by account. */
function untaggedFixes(
  keys: readonly NamedKey[],
  of: Families,
  taggable: bigint,
  { facts }: Asking,
): readonly TagFix[] {
  const carried = new Map(
    of('key of account').map(({ one, other, amount }) => [`${one}\n${other}`, unitsOf(String(amount))]),
  )
  return keys
    .filter(({ amount }) => unitsOf(amount) * 100n >= taggable * BigInt(leastUsed))
    .flatMap(({ name, key, dimension }) =>
      of('account').map(({ one, amount }): TagFix => {
        const account = String(one)
        const missing = unitsOf(String(amount)) - (carried.get(`${name}\n${account}`) ?? 0n)
        return {
          kind: 'untagged',
          amount: moneyOf(missing),
          dimension,
          key,
          account,
          accountName: facts.accountNames.get(account) ?? null,
        }
      }),
    )
}

function untaggableOf(monthly: readonly Row[]): TagHygiene['untaggable'] {
  const categories = [...new Set(monthly.map(({ other }) => String(other)))].filter((one) => one !== 'Usage')
  return categories
    .map((category) => ({ category, amount: sumOf(monthly.filter(({ other }) => other === category)) }))
    .sort((left, right) => bySize(left.amount, right.amount))
    .map(({ category, amount }) => ({ category, amount: moneyOf(amount) }))
}

function sumOf(rows: readonly Row[]): bigint {
  return rows.reduce((sum, { amount }) => sum + unitsOf(String(amount)), 0n)
}

function bySize(left: bigint, right: bigint): number {
  return left === right ? 0 : left > right ? -1 : 1
}

function percentOf(part: bigint, of: bigint): number | null {
  return of === 0n ? null : Number((part * 1_000_000n) / of) / 10_000
}
