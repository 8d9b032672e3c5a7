import { describe, expect, it } from 'vitest'
import { inventedBill } from '../../testing/invented-series'
import { forecastSeries } from '../forecast-series'
import { at, mean } from '../numbers'
import { calendarOf } from './calendar'
import { everydaySpend } from './everyday-spend'
import { newestSegment } from './segment-trend'

const first = Math.round(Date.UTC(2025, 0, 1) / 86_400_000)
const days = 300
const calendar = calendarOf(first, days)
const quiet = { level: 1_000, noise: 0.01 }

describe('a bill taken apart', () => {
  it('shows its weekdays, whatever fees and spikes lie on them', () => {
    const bill = inventedBill(first, days, { ...quiet, weekend: 0.5, fee: 9_000 })
    for (const spike of [200, 201, 230, 262]) bill[spike] = at(bill, spike) * 3
    const { profile } = everydaySpend(bill, calendar)
    expect(mean(profile)).toBeCloseTo(1, 6)
    for (const weekend of [0, 6]) expect(at(profile, weekend) / at(profile, 3)).toBeCloseTo(0.5, 1)
    expect(at(profile, 1) / at(profile, 3)).toBeCloseTo(1, 1)
  })

  it.each([
    ['on the first', 1, 'from-start', (day: number) => calendar.dayOfMonth[day] === 1],
    ['on the 17th', 17, 'from-start', (day: number) => calendar.dayOfMonth[day] === 17],
    ['on the last day', 0, 'from-end', (day: number) => calendar.daysToEnd[day] === 0],
  ] as const)('finds a fee %s, and credits as well', (_when, day, counted, isDay) => {
    for (const amount of [800, -400]) {
      const bill = inventedBill(first, days, quiet).map((value, index) => value + (isDay(index) ? amount : 0))
      const { schedule, plain } = everydaySpend(bill, calendar)
      expect(schedule).toMatchObject([{ day, counted }])
      expect((schedule[0]?.amount ?? 0) / amount).toBeCloseTo(1, 1)
      expect(Math.max(...plain) / mean(plain)).toBeLessThan(1.1)
    }
  })

  it('finds no fee where none is', () => {
    expect(everydaySpend(inventedBill(first, days, { ...quiet, noise: 0.05 }), calendar).schedule).toEqual([])
  })

  it('forgets a fee that no longer comes', () => {
    const bill = inventedBill(first, days, quiet).map((value, day) =>
      day < 200 && calendar.dayOfMonth[day] === 1 ? value + 5_000 : value,
    )
    expect(everydaySpend(bill, calendar).schedule).toEqual([])
  })

  it('takes out a spike that is over', () => {
    const bill = inventedBill(first, days, quiet)
    for (const spike of [270, 271]) bill[spike] = 10_000
    const { plain } = everydaySpend(bill, calendar)
    expect(Math.max(...plain.subarray(260))).toBeLessThan(1_100)
  })
})

describe('the newest stretch of a bill', () => {
  it('begins where the level last jumped', () => {
    const plain = Float64Array.from({ length: 200 }, (_, day) => (day < 150 ? 100 : 140) + (day % 3))
    expect(Math.abs(newestSegment(plain) - 150)).toBeLessThanOrEqual(2)
  })

  it('is all there is where nothing jumped', () => {
    expect(newestSegment(Float64Array.from({ length: 100 }, (_, day) => 100 + (day % 3)))).toBe(0)
  })

  it('sets the level of the forecast', () => {
    const bill = inventedBill(first, 200, { level: 1_000, weekend: 1 })
    const moved = bill.map((value, day) => (day < 170 ? value : value * 2))
    const task = { history: moved, horizon: 30, seasons: [7], firstDay: first, model: null }
    expect(mean(forecastSeries(task).mean) / 2_000).toBeCloseTo(1, 1)
  })
})
