import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Demand, lowWaterSteps, optimalSteps, orderedDemands, outcomeOf } from './optimum'

const demand = (ratio: number, ...hours: readonly number[]): Demand => ({
  ratio,
  hours: Float64Array.from(hours),
})

/** Written another way on purpose: cents and ratios in eighths, each hour by itself, every step tried. */
function bruteForce(demands: readonly Demand[], step: number, most: number): number {
  const sorted = demands.toSorted((left, right) => left.ratio - right.ratio)
  const hours = sorted[0]?.hours.length ?? 0
  let best = { steps: 0, cost: Number.POSITIVE_INFINITY }
  for (let steps = 0; steps <= most; steps += 1) {
    let cost = 0
    for (let hour = 0; hour < hours; hour += 1) {
      let money = steps * step
      cost += money
      for (const one of sorted) {
        const whole = (one.hours[hour] ?? 0) * one.ratio
        const paid = Math.min(whole, money)
        money -= paid
        cost += (whole - paid) / one.ratio
      }
    }
    if (cost < best.cost - 1e-9) best = { steps, cost }
  }
  return best.steps
}

const hoursOf = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 12 }), { minLength: length, maxLength: length })
const demands = fc.integer({ min: 1, max: 14 }).chain((length) =>
  fc.array(fc.tuple(fc.constantFrom(0.25, 0.5, 0.625, 0.75, 0.875), hoursOf(length)), {
    minLength: 1,
    maxLength: 4,
  }),
)

describe('the best commitment', () => {
  it('is what trying every step finds', () => {
    fc.assert(
      fc.property(demands, fc.constantFrom(0.25, 0.5, 1), (drawn, step) => {
        const given = drawn.map(([ratio, hours]) => demand(ratio, ...hours))
        expect(optimalSteps(orderedDemands(given), step)).toBe(bruteForce(given, step, 48 / step))
      }),
      { seed: 20261121, numRuns: 400 },
    )
  })

  it('is a quantile where there is one ratio', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 30 }), (hours) => {
        const ratio = 0.625
        const steps = optimalSteps([demand(ratio, ...hours)], ratio)
        const usedBy = (units: number) => hours.filter((one) => one >= units).length / hours.length
        // The last unit bought is used in more than `ratio` of the hours, the next one is not.
        if (steps > 0) expect(usedBy(steps)).toBeGreaterThan(ratio)
        expect(usedBy(steps + 1)).toBeLessThanOrEqual(ratio)
      }),
      { seed: 20261121, numRuns: 200 },
    )
  })

  it('costs what it says', () => {
    const given = orderedDemands([demand(0.5, 4, 0), demand(0.75, 4, 4)])
    // Hour 1: 2 cover the first 4, the other 1 covers 4/3 of the second. Hour 2: 3 cover 4, nothing is left.
    expect(outcomeOf(given, 3)).toEqual({
      commitment: 3,
      cost: 6 + (4 - 4 / 3),
      used: 6,
      covered: 4 + 4 / 3 + 4,
    })
    expect(outcomeOf(given, 0)).toMatchObject({ cost: 12, used: 0, covered: 0 })
    expect(outcomeOf(given, 10)).toMatchObject({ cost: 20, used: 8, covered: 12 })
  })

  it('has a low-water mark below 95 of 100 hours', () => {
    const hours = Array.from({ length: 100 }, (_, hour) => hour + 1)
    expect(lowWaterSteps([demand(0.5, ...hours)], 0.5)).toBe(6)
    expect(lowWaterSteps([], 0.5)).toBe(0)
  })

  it('takes demands of one ratio together and leaves what it was given as it was', () => {
    const one = demand(0.5, 1, 2)
    expect(orderedDemands([demand(0.75, 1, 1), one, demand(0.500001, 3, 4)])).toEqual([
      { ratio: 0.5, hours: Float64Array.of(4, 6) },
      { ratio: 0.75, hours: Float64Array.of(1, 1) },
    ])
    expect([...one.hours]).toEqual([1, 2])
  })
})
