import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AllocationSplit } from '../contract/allocation'
import { unallocated } from '../contract/dimensions'
import { divide } from './divide'
import { divideMonth, wholeShare } from './shares'

const seeded = { seed: 20_261_121, numRuns: 200 }
const weights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 20n }), { minLength: 1, maxLength: 12 })

const nothing = { direct: new Map<string, bigint>(), drivers: new Map() }

/** Shares as decimals, by value. */
function sharesOf(
  splits: readonly AllocationSplit[],
  of: string,
  measures: Parameters<typeof divideMonth>[1] = nothing,
) {
  const parts = divideMonth(splits, measures).parts.get(of) ?? new Map()
  return Object.fromEntries([...parts].map(([value, { share }]) => [value, share]))
}

describe('divide', () => {
  it('gives parts that add up, none more than a unit from its proportion', () => {
    fc.assert(
      fc.property(weights, fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), (list, whole) => {
        const total = list.reduce((sum, weight) => sum + weight, 0n)
        fc.pre(total > 0n)
        fc.pre(whole >= 0n)
        const parts = divide(whole, list)
        expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(whole)
        for (const [at, part] of parts.entries()) {
          const off = part * total - whole * (list[at] ?? 0n)
          expect(off > -total && off < total).toBe(true)
        }
      }),
      seeded,
    )
  })

  it('gives what is left to the largest remainders', () => {
    expect(divide(10n, [1n, 1n, 1n])).toEqual([4n, 3n, 3n])
    expect(divide(10n, [10n, 25n, 65n])).toEqual([1n, 3n, 6n])
    expect(() => divide(1n, [0n])).toThrow('nothing to divide by')
  })
})

describe('divideMonth', () => {
  it('divides evenly, also what cannot be divided evenly', () => {
    expect(sharesOf([{ method: 'even', of: 'shared', among: ['c', 'a', 'b'] }], 'shared')).toEqual({
      a: 333_333_333_334n,
      b: 333_333_333_333n,
      c: 333_333_333_333n,
    })
  })

  it('divides by what each is given directly, and gives nothing to who has credits', () => {
    const direct = new Map([
      ['a', 300n],
      ['b', 100n],
      ['credits', -50n],
      ['shared', 7n],
      [unallocated, 900n],
    ])
    expect(
      sharesOf([{ method: 'proportional', of: 'shared' }], 'shared', { direct, drivers: new Map() }),
    ).toEqual({ a: 750_000_000_000n, b: 250_000_000_000n })
  })

  it('divides by the labels of a driver', () => {
    const drivers = new Map([
      [
        'orders',
        new Map([
          ['a', 1n],
          ['b', 3n],
          ['', 5n],
          ['other', 4n],
        ]),
      ],
    ])
    const split = { method: 'driver', of: 'shared', driver: 'orders' } as const
    expect(sharesOf([split], 'shared', { ...nothing, drivers })).toEqual({
      a: 125_000_000_000n,
      b: 375_000_000_000n,
      other: 500_000_000_000n,
    })
    expect(sharesOf([{ ...split, among: ['a', 'b'] }], 'shared', { ...nothing, drivers })).toEqual({
      a: 250_000_000_000n,
      b: 750_000_000_000n,
    })
  })

  it('follows a chain to its end and says what lies between', () => {
    const splits: AllocationSplit[] = [
      {
        method: 'fixed',
        of: 'support',
        parts: [
          { value: 'platform', percent: '40' },
          { value: 'a', percent: '60' },
        ],
      },
      { method: 'even', of: 'platform', among: ['network', 'b'] },
      { method: 'even', of: 'network', among: ['a', 'b'] },
    ]
    const parts = divideMonth(splits, nothing).parts.get('support') ?? new Map()
    expect(
      Object.fromEntries([...parts].map(([value, { share, via }]) => [value, [share, [...via]]])),
    ).toEqual({
      a: [700_000_000_000n, ['platform', 'network']],
      b: [300_000_000_000n, ['platform', 'network']],
    })
  })

  it('leaves unallocated what it cannot divide, and says why', () => {
    const splits: AllocationSplit[] = [
      { method: 'driver', of: 'x', driver: 'orders' },
      { method: 'proportional', of: 'y', among: ['a'] },
      { method: 'even', of: 'z' },
      { method: 'even', of: 'chain', among: ['x', 'a'] },
    ]
    const { undivided } = divideMonth(splits, nothing)
    expect(Object.fromEntries(undivided)).toEqual({
      x: 'The driver orders has no values for this month.',
      y: 'None of the values it is divided among has cost of its own.',
      z: 'There is no other value to divide it among.',
    })
    expect(sharesOf(splits, 'chain')).toEqual({ a: wholeShare / 2n, [unallocated]: wholeShare / 2n })
  })

  it('always gives away a whole, whatever the chain', () => {
    const names = ['p0', 'p1', 'p2', 'p3', 'a', 'b', 'c']
    const chain = fc
      .array(fc.subarray(['p1', 'p2', 'p3', 'a', 'b', 'c'], { minLength: 1 }), { minLength: 1, maxLength: 4 })
      .map((targets) =>
        targets.flatMap((among, at): AllocationSplit[] => {
          // A pool divides to those behind it alone: no circle.
          const behind = among.filter((value) => names.indexOf(value) > at)
          return behind.length === 0
            ? []
            : [{ method: at % 2 === 0 ? 'even' : 'proportional', of: `p${at}`, among: behind }]
        }),
      )
    const costs = fc.array(fc.bigInt({ min: -1000n, max: 10n ** 18n }), { minLength: 7, maxLength: 7 })
    fc.assert(
      fc.property(chain, costs, (splits, amounts) => {
        const direct = new Map(names.map((name, at) => [name, amounts[at] ?? 0n]))
        const { parts } = divideMonth(splits, { direct, drivers: new Map() })
        const pools = new Set(splits.map(({ of }) => of))
        for (const values of parts.values()) {
          expect([...values.values()].reduce((sum, { share }) => sum + share, 0n)).toBe(wholeShare)
          expect([...values.keys()].filter((value) => pools.has(value))).toEqual([])
        }
        const backwards = divideMonth([...splits].reverse(), {
          direct: new Map([...direct].reverse()),
          drivers: new Map(),
        })
        for (const [pool, values] of parts) {
          const other = backwards.parts.get(pool) ?? new Map()
          for (const [value, { share }] of values) expect(other.get(value)?.share).toBe(share)
        }
      }),
      seeded,
    )
  })
})
