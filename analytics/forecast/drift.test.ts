import { describe, expect, it } from 'vitest'
import { drifted, driftOf, type Tried } from './drift'
import { filled } from './numbers'

/** A backtest of thirty days in which 100 a day was expected and this much more came every day than the day before. */
function behind(byDay: number): Tried {
  const expected = filled(30, 100)
  return { expected, actual: expected.map((value, step) => value * (1 + byDay * (step + 1))) }
}

describe('the drift of a bill', () => {
  it('is what backtests that agree stayed behind by', () => {
    expect(driftOf([behind(0.001), behind(0.001), behind(0.001)], 3)).toBeCloseTo(0.001, 9)
    expect(driftOf([behind(0), behind(0), behind(0)], 3)).toBe(0)
  })

  it('is the usual one where they do not agree at all', () => {
    const scattered = [behind(0.02), behind(-0.02), behind(0.02), behind(-0.02)]
    expect(driftOf(scattered, 1)).toBeCloseTo(0.0004, 5)
  })

  it('lies between both where they agree in part, and is never large', () => {
    const partly = driftOf([behind(0.0012), behind(0.0008), behind(0.001)], 3)
    expect(partly).toBeGreaterThan(0.0004)
    expect(partly).toBeLessThan(0.001)
    expect(driftOf([behind(0.5), behind(0.5), behind(0.5)], 3)).toBe(0.002)
  })

  it('is not guessed from two backtests, and fades after four months', () => {
    expect(driftOf([behind(0.001), behind(0.002)], 2)).toBe(0)
    const far = drifted(filled(200, 1), 0.001)
    expect([far[0], far[119], far[199]]).toEqual([1.001, 1.12, 1.12])
  })
})
