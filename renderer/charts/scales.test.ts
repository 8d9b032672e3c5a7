import { describe, expect, it } from 'vitest'
import { dayPoints, monthPoints } from './points'
import { labelledPoints, pointScale, valueScale, writeTicks } from './scales'

const money = { kind: 'money', currency: 'USD' } as const

describe('the scale of values', () => {
  it('ends at round figures and turns a place back into its value', () => {
    const scale = valueScale([0, 1_234_567], 10, 270)
    expect(scale.domain).toEqual([0, 1_400_000])
    expect(scale.ticks).toEqual([0, 200_000, 400_000, 600_000, 800_000, 1_000_000, 1_200_000, 1_400_000])
    expect(scale.toY(0)).toBe(270)
    expect(scale.toY(1_400_000)).toBe(10)
    expect(scale.toValue(scale.toY(345_678))).toBeCloseTo(345_678, 6)
  })

  it.each([
    [
      [0, 0],
      [0, 1],
    ],
    [
      [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
      [0, 1],
    ],
    [
      [8, 8],
      [4, 12],
    ],
    [
      [-8, -8],
      [-12, -4],
    ],
  ] as const)('has two ends even for %j', (extent, domain) => {
    expect(valueScale(extent, 0, 160).domain).toEqual(domain)
  })

  it('reaches below zero when credits do', () => {
    const { domain, ticks } = valueScale([-350, 900], 0, 260)
    expect(domain[0]).toBeLessThanOrEqual(-350)
    expect(ticks).toContain(0)
  })

  it('gives neighbours on an axis different words', () => {
    expect(writeTicks([0, 500_000, 1_000_000, 1_500_000], money)).toEqual(['0', '500k', '1M', '1.5M'])
    expect(writeTicks([1_000_000, 1_020_000, 1_040_000], money)).toEqual(['1M', '1.02M', '1.04M'])
    expect(writeTicks([-20, -10, 0], { kind: 'percent' })).toEqual(['−20\u00a0%', '−10\u00a0%', '0\u00a0%'])
    expect(writeTicks([0, 0.002, 0.004], money)).toEqual(['0', '0.002', '0.004'])
  })
})

describe('the scale of points', () => {
  it('finds each point again from its middle, and the nearest one from outside', () => {
    const scale = pointScale(14, 48, 720)
    for (let index = 0; index < 14; index += 1) expect(scale.toIndex(scale.toX(index))).toBe(index)
    expect(scale.toIndex(0)).toBe(0)
    expect(scale.toIndex(5_000)).toBe(13)
  })

  it('keeps a bar slender when there is only one', () => {
    expect(pointScale(1, 0, 1_000).band).toBe(56)
  })
})

describe('labels of points', () => {
  const months = monthPoints(
    Array.from({ length: 14 }, (_, index) => {
      const month = 9 + index
      return `${2025 + Math.floor((month - 1) / 12)}-${String(((month - 1) % 12) + 1).padStart(2, '0')}`
    }),
    { period: '2026-10', days: 20, daysInMonth: 31 },
  )
  const shown = (step: number) => labelledPoints(months, step).map((index) => months[index]?.short)

  it('are all there when there is room, then quarters, then every so many up to the last', () => {
    expect(shown(60)).toHaveLength(14)
    expect(shown(30)).toEqual(['Oct 25', 'Jan 26', 'Apr 26', 'Jul 26', 'Oct 26'])
    expect(shown(10)).toEqual(['Mar 26', 'Oct 26'])
  })

  it('say of a month that it is not over', () => {
    expect(months.at(-1)).toMatchObject({ isPartial: true, note: '20 of 31 days', title: 'October 2026' })
    expect(months.slice(0, -1).some((point) => point.isPartial)).toBe(false)
  })

  it('name Mondays, then first days, of many days', () => {
    const days = dayPoints(
      Array.from({ length: 92 }, (_, index) =>
        new Date(Date.UTC(2026, 8, 1) + index * 86_400_000).toISOString().slice(0, 10),
      ),
    )
    const labels = (step: number) => labelledPoints(days, step).map((index) => days[index]?.short)
    expect(labels(9)).toContain('7 Sep')
    expect(labels(9)).not.toContain('8 Sep')
    expect(labels(2)).toEqual(['1 Sep', '1 Oct', '1 Nov', '1 Dec'])
  })
})
