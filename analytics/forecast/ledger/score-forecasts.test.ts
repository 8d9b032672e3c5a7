import { describe, expect, it } from 'vitest'
import { addDays } from '../../model/windows'
import { filled } from '../numbers'
import { betterThanMix, compareMethods } from './compare-methods'
import { isStillTrue } from './ledger-records'
import type { LedgerForecast } from './ledger-store'
import { type Came, spansOf } from './score-forecasts'

const from = '2026-01-01'

/** A forecast of so much a day, ten to each side in the narrow band and twenty in the wide one. */
function forecastOf(
  daily: number,
  more: Partial<LedgerForecast> & { readonly first: string; readonly days?: number },
): LedgerForecast {
  const { first, days = 90, ...rest } = more
  const around = (by: number) => filled(days, daily + by)
  return {
    by: '',
    part: '',
    grain: 'day',
    origin: 'backtest',
    model: 'auto',
    dataThrough: addDays(first, -1),
    basis: 0,
    times: Array.from({ length: days }, (_, day) => addDays(first, day)),
    mean: around(0),
    lo80: around(-10),
    hi80: around(10),
    lo95: around(-20),
    hi95: around(20),
    ...rest,
  }
}

const steady = (days: number, value = 100): Came => ({ from, values: filled(days, value) })

describe('a track record', () => {
  it('measures what came by how far ahead it was', () => {
    const spans = spansOf([forecastOf(115, { first: '2026-02-01' })], steady(31 + 40))
    expect(spans.map(({ ahead, points }) => [ahead, points])).toEqual([
      ['1-7', 7],
      ['8-30', 23],
      ['31-90', 10],
    ])
    for (const span of spans) {
      expect(span).toMatchObject({ forecasts: 1, coverage80: 0, coverage95: 1 })
      expect(span.wape).toBeCloseTo(0.15, 9)
      expect(span.bias).toBeCloseTo(0.15, 9)
      expect(span.total).toBeCloseTo(0.15, 9)
    }
  })

  it('keeps what was shown and what was tried afterwards apart', () => {
    const spans = spansOf(
      [forecastOf(90, { first: '2026-02-01', origin: 'shown' }), forecastOf(100, { first: '2026-02-01' })],
      steady(31 + 7),
    )
    expect(spans.map(({ origin, bias }) => [origin, Number(bias?.toFixed(3))])).toEqual([
      ['shown', -0.1],
      ['backtest', 0],
    ])
  })

  it('lets errors to both sides make up for each other in sums only', () => {
    const over = forecastOf(120, { first: '2026-02-01' })
    const under = forecastOf(80, { first: '2026-02-10' })
    const [week] = spansOf([over, under], steady(60))
    expect(week).toMatchObject({ forecasts: 2, points: 14 })
    expect([week?.wape, week?.bias, week?.total].map((share) => Number(share?.toFixed(6)))).toEqual([
      0.2, 0, 0.2,
    ])
  })

  it('leaves out days that are still to come or to be billed', () => {
    const came = steady(31 + 3)
    came.values[31] = Number.NaN
    const [week, ...later] = spansOf([forecastOf(100, { first: '2026-02-01' })], came)
    expect([week?.points, later]).toEqual([2, []])
    expect(spansOf([forecastOf(100, { first: '2026-03-01' })], steady(31))).toEqual([])
  })

  it('measures months once they are over, the one under way apart', () => {
    const months = forecastOf(3_000, {
      first: '2026-02-01',
      days: 3,
      grain: 'month',
      dataThrough: '2026-02-14',
      times: ['2026-02-01', '2026-03-01', '2026-04-01'],
    })
    const spans = spansOf([months], steady(31 + 28 + 31 + 5))
    expect(spans.map(({ ahead, points }) => [ahead, points])).toEqual([
      ['month-end', 1],
      ['months', 1],
    ])
    expect(spans[0]?.bias).toBeCloseTo(200 / 2_800, 9)
  })

  it('is not counted where it was made from other figures', () => {
    const came = steady(200)
    const made = forecastOf(100, { first: '2026-06-01', basis: 9_000 })
    expect(isStillTrue(made, came)).toBe(true)
    expect(isStillTrue({ ...made, basis: 8_800 }, came)).toBe(true)
    expect(isStillTrue({ ...made, basis: 5_000 }, came)).toBe(false)
    expect(isStillTrue({ ...made, dataThrough: '2025-01-01' }, came)).toBe(false)
  })
})

describe('methods beside each other', () => {
  const firsts = ['2026-03-01', '2026-04-01', '2026-05-01', '2026-06-01', '2026-07-01']
  const asked = (mix: number, theta: number) =>
    firsts.flatMap((first) => [forecastOf(mix, { first }), forecastOf(theta, { first, model: 'theta' })])

  it('are measured on the same days, the best first, with what people do', () => {
    const records = compareMethods([...asked(104, 110), forecastOf(1, { first: '2026-07-15' })], steady(250))
    expect(records.map(({ name, forecasts, total }) => [name, forecasts, Number(total?.toFixed(4))])).toEqual(
      [
        ['run-rate-7-days', 5, 0],
        ['trailing-30-days', 5, 0],
        ['auto', 5, 0.04],
        ['theta', 5, 0.1],
      ],
    )
  })

  it('are followed where one was clearly and mostly better than the mix', () => {
    expect(betterThanMix(asked(110, 101), steady(250))).toBe('theta')
    expect(betterThanMix(asked(110, 109), steady(250))).toBeNull()
    expect(betterThanMix(asked(101, 110), steady(250))).toBeNull()
    expect(betterThanMix(asked(110, 101).slice(0, 6), steady(250))).toBeNull()
    expect(betterThanMix([], steady(250))).toBeNull()
    const lucky = asked(110, 100).map((made) =>
      made.model === 'theta' && made.times[0] !== '2026-03-01' ? { ...made, mean: filled(90, 111) } : made,
    )
    expect(betterThanMix(lucky, steady(250))).toBeNull()
  })
})
