import { describe, expect, it } from 'vitest'
import type { UsageClass } from './coverable-usage'
import { type Cover, type HourlyUsage, replay, type UsageKind } from './waterfall'

const kind = (usageType: string, usageClass: UsageClass = 'ec2'): UsageKind => ({
  usageClass,
  region: 'us-east-1',
  usageType,
  operation: 'RunInstances',
  instance: null,
  family: null,
})
const of = (name: string, ...hours: readonly number[]): HourlyUsage => ({
  kind: kind(name),
  hours: Float64Array.from(hours),
})
const cover = (id: string, capacity: number, ratios: Readonly<Record<string, number>>): Cover => ({
  id,
  capacity,
  ratio: ({ usageType }) => ratios[usageType] ?? null,
})
const left = (usage: readonly HourlyUsage[]) => usage.map(({ hours }) => [...hours])

describe('the waterfall', () => {
  it('covers with the first commitment first, the largest discount first, hour by hour', () => {
    const usage = [of('a', 10, 2), of('b', 8, 8), of('c', 5, 5)]
    const found = replay(usage, [cover('ri', 4, { a: 1 }), cover('plan', 6, { a: 0.75, b: 0.5 })])
    // Hour 1: the reservation takes 4 of a; the plan pays 4 for b and with the other 2 covers 2.67 of a.
    // Hour 2: 2 of the reservation's 4 are lost; b costs 4, and 2 of the plan are lost.
    expect(left(found.left)[0]?.[0]).toBeCloseTo(6 - 2 / 0.75, 12)
    expect(left(found.left).map((hours) => hours[1])).toEqual([0, 0, 5])
    expect(found.used.get('ri')).toBe(6)
    expect(found.used.get('plan')).toBe(10)
    expect(found.covered).toBeCloseTo(6 + 16 + 2 / 0.75, 12)
  })

  it('leaves what it was given as it was, and what nothing covers on demand', () => {
    const usage = [of('a', 3)]
    expect(left(replay(usage, []).left)).toEqual([[3]])
    expect(left(replay(usage, [cover('x', 9, { b: 0.5 })]).left)).toEqual([[3]])
    expect(left(replay(usage, [cover('x', 9, { a: 0.5 })]).left)).toEqual([[0]])
    expect(left(usage)).toEqual([[3]])
  })
})
