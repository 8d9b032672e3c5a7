import type { Likeness, NearDuplicates } from '../contract/tag-hygiene'
import { moneyOf, unitsOf } from '../forecast/exact'
import type { Connection } from '../store/connection'

export interface Spelled {
  readonly text: string
  readonly amount: string
}

export interface SpelledGroup {
  readonly key: string | null
  readonly dimension: string | null
  readonly members: readonly Spelled[]
}

/** A key of more values holds names of things, where one letter tells two of them apart. */
const mostForSpelling = 200
/** So many that differ by a letter from each other are a numbering and no slips of the pen. */
const mostAlike = 6

/** In a shorter one a letter makes another word. */
const shortestWord = 5

/** Folded, they are the same: only letters and digits, in lower case. */
function folded(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '')
}

/** What looks like one in each group: keys of a bill, or the values of one key. */
export async function nearDuplicates(
  connection: Connection,
  groups: readonly SpelledGroup[],
  signal: AbortSignal,
): Promise<readonly NearDuplicates[]> {
  const folds = groups.map(({ members }) => foldsOf(members))
  const near = await nearFolds(connection, folds, signal)
  return groups
    .flatMap((group, at) => {
      const own = folds[at] ?? new Map<string, readonly Spelled[]>()
      const slips = (near.get(at) ?? []).filter(([one, other]) => isSlip(own.get(one), own.get(other)))
      return clustersOf([...own.keys()], slips).flatMap((cluster) => {
        const members = cluster.flatMap((fold) => own.get(fold) ?? [])
        return members.length < 2 ? [] : [duplicatesOf(group, members, cluster.length)]
      })
    })
    .sort((left, right) => bigger(left.amount, right.amount))
}

function foldsOf(members: readonly Spelled[]): ReadonlyMap<string, readonly Spelled[]> {
  const folds = new Map<string, Spelled[]>()
  for (const member of members) {
    const fold = folded(member.text)
    if (fold === '') continue
    const own = folds.get(fold)
    if (own === undefined) folds.set(fold, [member])
    else own.push(member)
  }
  return folds
}

const wordsOf = (text: string) =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')

/** Not where one says a word more, `shop` and `shop-eu`, nor where a short one differs, `shop-eu` and `shop-us`. */
function isSlip(one: readonly Spelled[] = [], other: readonly Spelled[] = []): boolean {
  const [words, others] = [wordsOf(one[0]?.text ?? ''), wordsOf(other[0]?.text ?? '')]
  if (words.length !== others.length) {
    const [fewer, more] = words.length < others.length ? [words, others] : [others, words]
    return !fewer.every((word) => more.includes(word))
  }
  return words.every((word, at) => {
    const twin = others[at] ?? ''
    return word === twin || Math.min(word.length, twin.length) >= shortestWord
  })
}

type Pair = readonly [string, string]

/**
 * Pairs a slip of the pen apart: one in words of five letters or more, two from nine on. Digits must agree: db1 and
 * db2 are two things.
 */
async function nearFolds(
  connection: Connection,
  folds: readonly ReadonlyMap<string, readonly Spelled[]>[],
  signal: AbortSignal,
): Promise<ReadonlyMap<number, readonly Pair[]>> {
  const texts = folds.flatMap((own, group) =>
    own.size > mostForSpelling
      ? []
      : [...own.keys()].filter((text) => text.length >= shortestWord).map((text) => ({ group, text })),
  )
  const rows = await connection.rows(
    `WITH texts AS (
       SELECT "group", text, regexp_replace(text, '[^0-9]+', ' ', 'g') AS digits
       FROM (SELECT unnest(from_json(?::JSON, '[{"group": "INTEGER", "text": "VARCHAR"}]'), recursive := true)))
     SELECT one."group" AS "group", one.text AS one, other.text AS other
     FROM texts AS one JOIN texts AS other ON one."group" = other."group" AND one.digits = other.digits AND one.text < other.text
     WHERE abs(length(one.text) - length(other.text)) <= 2
       AND damerau_levenshtein(one.text, other.text) <= CASE WHEN least(length(one.text), length(other.text)) >= 9 THEN 2 ELSE 1 END
     ORDER BY ALL`,
    [JSON.stringify(texts)],
    signal,
  )
  const pairs = new Map<number, Pair[]>()
  for (const row of rows) {
    const group = Number(row.group)
    pairs.set(group, [...(pairs.get(group) ?? []), [String(row.one), String(row.other)]])
  }
  return pairs
}

/** What hangs together by pairs; too much of it does not count as alike. */
function clustersOf(texts: readonly string[], pairs: readonly Pair[]): readonly (readonly string[])[] {
  const clusterOf = new Map(texts.map((text) => [text, new Set([text])]))
  for (const [one, other] of pairs) {
    const [into, from] = [clusterOf.get(one), clusterOf.get(other)]
    if (into === undefined || from === undefined || into === from) continue
    for (const text of from) {
      into.add(text)
      clusterOf.set(text, into)
    }
  }
  return [...new Set(clusterOf.values())].flatMap((cluster) =>
    cluster.size > mostAlike ? [...cluster].map((text) => [text]) : [[...cluster]],
  )
}

function duplicatesOf(
  { key, dimension }: SpelledGroup,
  members: readonly Spelled[],
  folds: number,
): NearDuplicates {
  const sorted = [...members].sort(
    (left, right) => bigger(left.amount, right.amount) || left.text.localeCompare(right.text),
  )
  const rest = sorted.slice(1).reduce((sum, { amount }) => sum + unitsOf(amount), 0n)
  return {
    key,
    dimension,
    likeness: likenessOf(sorted, folds),
    canonical: sorted[0]?.text ?? '',
    members: sorted.map(({ text, amount }) => ({ text, amount })),
    amount: moneyOf(rest),
  }
}

function likenessOf(members: readonly Spelled[], folds: number): Likeness {
  if (folds > 1) return 'spelling'
  return new Set(members.map(({ text }) => text.toLowerCase())).size === 1 ? 'case' : 'separators'
}

function bigger(left: string, right: string): number {
  const more = unitsOf(right) - unitsOf(left)
  return more === 0n ? 0 : more < 0n ? -1 : 1
}
