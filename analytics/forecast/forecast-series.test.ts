import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { weeklySeries } from '../sample/series-families'
import { inventedBill } from '../testing/invented-series'
import { forecastSeries, originsOf, type SeriesForecast, type SeriesTask } from './forecast-series'
import { namedModels } from './named-models'
import { at, mean, type Values } from './numbers'
import { absoluteError } from './score'

const task = (history: Values, more: Partial<SeriesTask> = {}): SeriesTask => ({
  history,
  horizon: 14,
  seasons: [7],
  firstDay: null,
  model: null,
  ...more,
})
const first = Math.round(Date.UTC(2026, 0, 1) / 86_400_000)

function figures({ mean: middle, lo80, hi80, lo95, hi95, backtest }: SeriesForecast): number[] {
  const { origins, wape, mase, coverage80, coverage95 } = backtest
  const known = [wape, mase, coverage80, coverage95].filter((figure) => figure !== null)
  return [...middle, ...lo80, ...hi80, ...lo95, ...hi95, origins, ...known]
}

/** Histories as files hold them: small and huge, whole and broken, with zeros, steps and spikes. */
const histories = fc
  .array(
    fc.oneof(
      fc.double({ min: -1e9, max: 1e9, noNaN: true }),
      fc.integer({ min: -3, max: 3 }),
      fc.constantFrom(0, 1e-9, 1e12, -1e12),
    ),
    { minLength: 1, maxLength: 90 },
  )
  .map((values) => Float64Array.from(values))
const choices = fc.record({
  seasons: fc.constantFrom<readonly number[]>([], [7], [4, 28], [24, 168]),
  firstDay: fc.constantFrom(null, first),
  horizon: fc.integer({ min: 1, max: 30 }),
})

describe('a forecast of any history', () => {
  it('is finite, in order and as long as asked for', () => {
    fc.assert(
      fc.property(histories, choices, (history, choice) => {
        const forecast = forecastSeries(task(history, choice))
        expect(figures(forecast).every(Number.isFinite)).toBe(true)
        expect(forecast.mean).toHaveLength(choice.horizon)
        for (let step = 0; step < choice.horizon; step += 1) {
          const ladder = [forecast.lo95, forecast.lo80, forecast.mean, forecast.hi80, forecast.hi95]
          const values = ladder.map((values) => at(values, step))
          // Equal apart from the last digit where nothing ever varied.
          for (let rung = 1; rung < values.length; rung += 1) {
            const [below = 0, above = 0] = values.slice(rung - 1)
            expect(above).toBeGreaterThanOrEqual(below - 1e-9 * Math.abs(below))
          }
        }
      }),
      { seed: 5, numRuns: 120 },
    )
  })

  it.each(Object.keys(namedModels) as (keyof typeof namedModels)[])('is finite with %s alone', (model) => {
    fc.assert(
      fc.property(histories, (history) => {
        expect(figures(forecastSeries(task(history, { model }))).every(Number.isFinite)).toBe(true)
      }),
      { seed: 6, numRuns: 15 },
    )
  })

  it('is the same every time', () => {
    const history = inventedBill(first, 200, { noise: 0.05 })
    expect(forecastSeries(task(history))).toEqual(forecastSeries(task(history)))
  })

  it('knows nothing of what came after its history', () => {
    const whole = inventedBill(first, 300, { noise: 0.04, fee: 5_000 })
    for (const firstDay of [null, first]) {
      const short = forecastSeries(task(whole.slice(0, 220), { firstDay }))
      // The same memory, with something else behind its end.
      const other = Float64Array.from(whole, (value, day) => (day < 220 ? value : 1e7 - value)).subarray(
        0,
        220,
      )
      expect(forecastSeries(task(other, { firstDay }))).toEqual(short)
    }
  })

  it.each([0.001, 1_024])('grows with its unit, times %d', (factor) => {
    for (const firstDay of [null, first]) {
      const history = inventedBill(first, 150, { noise: 0.05, fee: 3_000 })
      const one = forecastSeries(task(history, { firstDay }))
      const many = forecastSeries(
        task(
          history.map((value) => value * factor),
          { firstDay },
        ),
      )
      for (let step = 0; step < 14; step += 1) {
        expect(at(many.mean, step) / factor / at(one.mean, step)).toBeCloseTo(1, 3)
        expect(at(many.hi95, step) / factor / at(one.hi95, step)).toBeCloseTo(1, 3)
      }
    }
  })
})

describe('a forecast of a plain history', () => {
  it.each([
    ['constant', new Float64Array(60).fill(42), 42],
    ['all zero', new Float64Array(60), 0],
    ['of two equal values', Float64Array.of(5, 5), 5],
  ])('that is %s goes on as it is, with no doubt', (_what, history, value) => {
    const { mean: middle, lo95, hi95 } = forecastSeries(task(history))
    for (const values of [middle, lo95, hi95]) {
      for (const one of values) expect(one).toBeCloseTo(value, 6)
    }
  })

  it('repeats its week', () => {
    const history = inventedBill(first, 140, { noise: 0.005 })
    const truth = inventedBill(first, 154, { noise: 0 }).subarray(140)
    expect(absoluteError(truth, forecastSeries(task(history)).mean) / mean(truth)).toBeLessThan(0.01)
  })

  it('is never below zero where the history never is', () => {
    const falling = Float64Array.from({ length: 60 }, (_, step) => Math.max(0, 60 - step))
    const { mean: middle, lo95 } = forecastSeries(task(falling, { seasons: [], horizon: 40 }))
    expect(Math.min(...middle, ...lo95)).toBe(0)
  })

  it('is less sure the further it looks', () => {
    const { lo95, hi95 } = forecastSeries(task(inventedBill(first, 200, { noise: 0.05 })))
    const widths = hi95.map((high, step) => high - at(lo95, step))
    for (let step = 1; step < widths.length; step += 1) {
      expect(at(widths, step)).toBeGreaterThanOrEqual(at(widths, step - 1) - 1e-9)
    }
  })
})

describe('the mix', () => {
  it('trusts what was right before', () => {
    const { models } = forecastSeries(task(inventedBill(first, 200, { noise: 0.005 })))
    const weights = models.map(({ weight }) => weight)
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9)
    expect(weights).toEqual([...weights].sort((a, b) => b - a))
    expect(models.at(-1)?.name).not.toBe('seasonal-ar')
    expect(models.find(({ name }) => name === 'naive')?.weight).toBeLessThan(0.02)
  })

  it('is better than the naive method, and as sure as it should be', () => {
    let [ours, naive, inside80, inside95, steps] = [0, 0, 0, 0, 0]
    for (const { values } of weeklySeries(3, 24)) {
      const history = values.slice(Math.max(0, values.length - 273), -13)
      const actual = values.slice(-13)
      const forecast = forecastSeries(task(history, { seasons: [52], horizon: 13 }))
      const scale = mean(history)
      ours += absoluteError(actual, forecast.mean) / scale
      naive += absoluteError(actual, new Float64Array(13).fill(at(history, history.length - 1))) / scale
      for (const [step, value] of actual.entries()) {
        if (value >= at(forecast.lo80, step) && value <= at(forecast.hi80, step)) inside80 += 1
        if (value >= at(forecast.lo95, step) && value <= at(forecast.hi95, step)) inside95 += 1
        steps += 1
      }
    }
    expect(ours / naive).toBeLessThan(0.85)
    expect(inside80 / steps).toBeGreaterThan(0.68)
    expect(inside80 / steps).toBeLessThan(0.92)
    expect(inside95 / steps).toBeGreaterThan(0.88)
  })
})

describe('the origins of backtests', () => {
  it.each([
    [400, 30],
    [400, 180],
    [700, 48],
    [20, 13],
    [3, 5],
  ])('of %i values and %i steps lie inside the history, in order', (size, horizon) => {
    const origins = originsOf(size, horizon)
    expect(origins.length).toBeGreaterThan(0)
    expect(origins).toEqual([...new Set(origins)].sort((a, b) => a - b))
    expect(Math.min(...origins)).toBeGreaterThanOrEqual(2)
    expect(Math.max(...origins)).toBeLessThan(size)
  })

  it('are at least four where there is room', () => {
    for (const [size, horizon] of [
      [80, 13],
      [400, 90],
      [700, 48],
    ] as const) {
      expect(originsOf(size, horizon).length).toBeGreaterThanOrEqual(4)
    }
  })

  it('are none where one value would have to say it all', () => {
    expect(originsOf(1, 5)).toEqual([])
  })
})
