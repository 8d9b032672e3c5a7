import { describe, expect, it } from 'vitest'
import { coverage, intervalScore, naive2, naiveScale, symmetricError, totalError } from './score'

const values = (...numbers: number[]) => Float64Array.from(numbers)

describe('the measures of the competitions', () => {
  it('are as they are defined', () => {
    expect(symmetricError(values(100, 50), values(50, 50))).toBeCloseTo(100 / 3, 9)
    expect(naiveScale(values(1, 3, 2, 6), 1)).toBeCloseTo(7 / 3, 9)
    expect(naiveScale(values(1, 3, 2, 6), 2)).toBe(2)
    expect(totalError(values(10, 10), values(11, 12))).toBeCloseTo(0.15, 9)
    const interval = { low: values(0, 0, 0), high: values(10, 10, 10) }
    expect(coverage(values(5, 10, 11), interval)).toBeCloseTo(2 / 3, 9)
    expect(intervalScore(values(5, 10, 11), interval, 0.05, 2)).toBeCloseTo((30 + 40) / 3 / 2, 9)
  })

  it('take the season out of the naive method where there is one', () => {
    const wave = Float64Array.from({ length: 48 }, (_, step) => [10, 20, 30, 20][step % 4] ?? 0)
    const [next = 0, ...others] = naive2(wave, 4, 4)
    expect(next).toBeCloseTo(10, 6)
    expect(others.map((value) => Math.round(value))).toEqual([20, 30, 20])
    expect([...naive2(wave, 1, 2)]).toEqual([20, 20])
    expect([...naive2(values(1, 2, 3), 4, 2)]).toEqual([3, 3])
  })
})
