import type { AllocationSplit } from '../contract/allocation'
import { unallocated } from '../contract/dimensions'
import { compare, divide } from './divide'

/** A whole, in units of the twelfth decimal. */
export const wholeShare = 10n ** 12n

export interface Share {
  /** In units of the twelfth decimal. */
  readonly share: bigint
  /** The shared values between the one that is divided and this one. */
  readonly via: ReadonlySet<string>
}

/** What proportions are measured by in one month and currency; in units. */
export interface Measures {
  /** What rules give to each value themselves. */
  readonly direct: ReadonlyMap<string, bigint>
  /** The labels of a driver; absent where it has no values for the month. */
  readonly drivers: ReadonlyMap<string, ReadonlyMap<string, bigint>>
}

export interface DividedMonth {
  /** By the value that is divided: the values it ends up with, whose shares come to a whole. */
  readonly parts: ReadonlyMap<string, ReadonlyMap<string, Share>>
  /** Values that cannot be divided, and why: they stay unallocated. */
  readonly undivided: ReadonlyMap<string, string>
}

/** The shares of every divided value in one month, chains followed to their ends. The splits hold no cycle. */
export function divideMonth(splits: readonly AllocationSplit[], measures: Measures): DividedMonth {
  const pools = new Map(splits.map((split) => [split.of, split]))
  const undivided = new Map<string, string>()
  const parts = new Map<string, ReadonlyMap<string, Share>>()
  const resolve = (split: AllocationSplit): ReadonlyMap<string, Share> => {
    const known = parts.get(split.of)
    if (known) return known
    const weights = weightsOf(split, pools, measures)
    if (typeof weights === 'string') {
      undivided.set(split.of, weights)
      const nowhere = new Map([[unallocated, { share: wholeShare, via: new Set<string>() }]])
      parts.set(split.of, nowhere)
      return nowhere
    }
    const resolved = ended(weights, (value) => {
      const next = pools.get(value)
      return next ? resolve(next) : null
    })
    parts.set(split.of, resolved)
    return resolved
  }
  for (const split of splits) resolve(split)
  return { parts, undivided }
}

/** Each step of a chain divides a whole again, so that rounding never loses any of it. */
function ended(
  weights: ReadonlyMap<string, bigint>,
  next: (value: string) => ReadonlyMap<string, Share> | null,
): ReadonlyMap<string, Share> {
  const own = shared(weights)
  const reached = new Map<string, { share: bigint; via: Set<string> }>()
  const add = (value: string, share: bigint, via: Iterable<string>) => {
    const former = reached.get(value)
    reached.set(value, {
      share: (former?.share ?? 0n) + share,
      via: new Set([...(former?.via ?? []), ...via]),
    })
  }
  for (const [value, share] of own) {
    const further = next(value)
    if (!further) add(value, share * wholeShare, [])
    else for (const [end, part] of further) add(end, share * part.share, [value, ...part.via])
  }
  const rounded = shared(new Map([...reached].map(([value, { share }]) => [value, share])))
  return new Map(
    [...rounded].map(([value, share]) => [value, { share, via: reached.get(value)?.via ?? new Set() }]),
  )
}

/** Weights as shares of a whole, by the names of the values. */
function shared(weights: ReadonlyMap<string, bigint>): ReadonlyMap<string, bigint> {
  const entries = [...weights]
    .filter(([, weight]) => weight > 0n)
    .sort(([one], [other]) => compare(one, other))
  const parts = divide(
    wholeShare,
    entries.map(([, weight]) => weight),
  )
  return new Map(entries.map(([value], place) => [value, parts[place] ?? 0n]))
}

/** What a value is divided by, or the sentence that says why it cannot be. */
function weightsOf(
  split: AllocationSplit,
  pools: ReadonlyMap<string, AllocationSplit>,
  { direct, drivers }: Measures,
): ReadonlyMap<string, bigint> | string {
  const others = () => [...direct.keys()].filter((value) => value !== unallocated && !pools.has(value))
  switch (split.method) {
    case 'fixed':
      return new Map(split.parts.map(({ value, percent }) => [value, unitsOfPercent(percent)]))
    case 'even': {
      const values = split.among ?? others()
      return values.length === 0
        ? 'There is no other value to divide it among.'
        : new Map(values.map((value) => [value, 1n]))
    }
    case 'proportional': {
      const values = split.among ?? others()
      const weights = new Map(values.map((value) => [value, direct.get(value) ?? 0n]))
      return someWeigh(weights) ? weights : 'None of the values it is divided among has cost of its own.'
    }
    case 'driver': {
      const labels = drivers.get(split.driver)
      if (!labels) return `The driver ${split.driver} has no values for this month.`
      const weights = new Map([...labels].filter(([label]) => takes(split, pools, label)))
      return someWeigh(weights)
        ? weights
        : `The driver ${split.driver} has nothing for the values it is divided among.`
    }
  }
}

function takes(
  { of, among }: Extract<AllocationSplit, { readonly method: 'driver' }>,
  pools: ReadonlyMap<string, AllocationSplit>,
  label: string,
): boolean {
  if (among) return among.includes(label)
  return label !== '' && label !== of && !pools.has(label)
}

/** What costs less than nothing, as a team with more credits than usage, carries no shared cost. */
function someWeigh(weights: ReadonlyMap<string, bigint>): boolean {
  return [...weights.values()].some((weight) => weight > 0n)
}

/** A percentage with at most ten decimals, in units of the tenth. */
export function unitsOfPercent(percent: string): bigint {
  const [whole = '0', fraction = ''] = percent.split('.')
  return BigInt(whole + fraction.padEnd(10, '0'))
}
