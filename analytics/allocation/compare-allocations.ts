import type { AllocationMoves, AllocationMovesRequest } from '../contract/allocation'
import { fail, type Result, succeed } from '../contract/result'
import type { Work } from '../engine/work'
import { unitsOf } from '../forecast/exact'
import { asking } from '../model/ask'
import type { Connection } from '../store/connection'
import { chosenSet, savedVersion } from './allocation-sets'
import { textOf } from './amounts'
import { type AskedSet, askedAllocation, givenMonths } from './ask-allocation'
import { compare } from './divide'
import { givenBy, type MonthShares, readShares } from './read-shares'
import { type Share, wholeShare } from './shares'

/** Which amounts two versions of a set give to different values, line by line of the bill and not by their sums. */
export async function compareAllocations(
  request: AllocationMovesRequest,
  work: Work,
): Promise<Result<AllocationMoves>> {
  return await asking(work, async (context) => {
    const { before: wantedBefore, version, ...rest } = request
    const asked = await askedAllocation(rest, context)
    if (!asked.ok) return asked
    const { connection } = context
    const after = await versionOf(asked.value.set, version, connection)
    if (!after.ok) return after
    const before = await versionBefore(after.value, wantedBefore, connection)
    if (!before.ok) return before
    const terms = [givenBy(before.value.definition, 'before'), givenBy(after.value.definition, 'after')]
    const cells = await givenMonths(asked.value, terms, context)
    const { window, currency } = asked.value
    const partsOf = async (set: AskedSet) =>
      partsByMonth(await readShares(set.definition, window, context), currency)
    const partsBefore = await partsOf(before.value)
    const partsAfter = await partsOf(after.value)
    const moves = new Moves()
    for (const [from = '', to = '', month = '', amount = '0'] of cells) {
      moves.add(unitsOf(amount), partsBefore(month, from), partsAfter(month, to))
    }
    return succeed({
      name: after.value.definition.name,
      before: before.value.version,
      after: after.value.version,
      currency,
      window,
      ...moves.answer(),
    })
  })
}

async function versionOf(
  set: AskedSet,
  version: number | undefined,
  connection: Connection,
): Promise<Result<AskedSet>> {
  if (version === undefined || set.version === null) return succeed(set)
  return await savedVersion(connection, set.definition.name, version)
}

async function versionBefore(
  { definition, version }: AskedSet,
  wanted: number | undefined,
  connection: Connection,
): Promise<Result<AskedSet & { readonly version: number }>> {
  if (wanted !== undefined) return await savedVersion(connection, definition.name, wanted)
  if (version === null) return await chosenSet(connection, definition.name)
  return version > 1
    ? await savedVersion(connection, definition.name, version - 1)
    : fail(
        'no-version-before',
        `${definition.name} has only its first version.`,
        'Save a change to have something to compare.',
      )
}

type Parts = ReadonlyMap<string, bigint>

function partsByMonth(shares: readonly MonthShares[], currency: string | null) {
  const months = new Map(shares.filter((one) => one.currency === currency).map((one) => [one.month, one]))
  return (month: string, value: string): Parts => {
    const parts: ReadonlyMap<string, Share> | undefined = months.get(month)?.parts.get(value)
    return parts
      ? new Map([...parts].map(([end, { share }]) => [end, share]))
      : new Map([[value, wholeShare]])
  }
}

/** In units of the twenty-fourth decimal. */
class Moves {
  private readonly between = new Map<string, { from: string; to: string; units: bigint }>()
  private readonly values = new Map<string, { before: bigint; after: bigint }>()
  private total = 0n

  /** One amount, divided in two ways: what both give to a value stays, the rest moves. */
  add(units: bigint, before: Parts, after: Parts): void {
    this.total += units * wholeShare
    for (const [value, share] of before) this.valueOf(value).before += units * share
    for (const [value, share] of after) this.valueOf(value).after += units * share
    const leaving = surplus(before, after)
    const coming = surplus(after, before)
    let at = 0
    for (const { value: from, share } of leaving) {
      let left = share
      while (left > 0n) {
        const next = coming[at]
        if (!next) throw new Error('the shares of two versions do not come to the same whole')
        const moved = atMost(left, next.share)
        this.move(from, next.value, units * moved)
        left -= moved
        next.share -= moved
        if (next.share === 0n) at += 1
      }
    }
  }

  answer(): Pick<AllocationMoves, 'moves' | 'values' | 'total'> {
    const size = (units: bigint) => (units < 0n ? -units : units)
    return {
      moves: [...this.between.values()]
        .filter(({ units }) => units !== 0n)
        .sort(
          (one, other) =>
            compare(size(other.units), size(one.units)) ||
            compare(one.from, other.from) ||
            compare(one.to, other.to),
        )
        .map(({ from, to, units }) => ({ from, to, amount: textOf(units) })),
      values: [...this.values]
        .sort(
          ([one, a], [other, b]) =>
            compare(size(b.after - b.before), size(a.after - a.before)) || compare(one, other),
        )
        .map(([value, { before, after }]) => ({
          value,
          before: textOf(before),
          after: textOf(after),
          change: textOf(after - before),
        })),
      total: textOf(this.total),
    }
  }

  private valueOf(value: string): { before: bigint; after: bigint } {
    const known = this.values.get(value) ?? { before: 0n, after: 0n }
    this.values.set(value, known)
    return known
  }

  private move(from: string, to: string, units: bigint): void {
    const key = JSON.stringify([from, to])
    const known = this.between.get(key) ?? { from, to, units: 0n }
    this.between.set(key, known)
    known.units += units
  }
}

function atMost(wanted: bigint, there: bigint): bigint {
  if (wanted > there) return there
  return wanted
}

/** What one way gives to values beyond the other, by their names. */
function surplus(one: Parts, other: Parts): { value: string; share: bigint }[] {
  return [...one]
    .map(([value, share]) => ({ value, share: share - (other.get(value) ?? 0n) }))
    .filter(({ share }) => share > 0n)
    .sort((a, b) => compare(a.value, b.value))
}
