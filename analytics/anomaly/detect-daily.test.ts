import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../sample/random'
import { dayNumber } from './daily/calendar'
import { detectDaily, detectSteps } from './detect-daily'

const firstDay = dayNumber('2025-01-01')
const options = { perYear: 2, floor: 0 }

/** Ten months of a service that rests on weekends, with its own small noise; `change` plants something. */
function series(
  change: (cost: number, day: number, weekday: number) => number = (cost) => cost,
  days = 300,
  seed = 5,
) {
  const random = createRandom(seed)
  return Float64Array.from({ length: days }, (_, day) => {
    const weekday = (firstDay + day + 3) % 7
    const noise = 1 + 0.02 * (random.next() + random.next() + random.next() - 1.5)
    return change(1_000 * (weekday >= 5 ? 0.6 : 1) * noise * (1 + 0.0005 * day), day, weekday)
  })
}

const kindsOf = (values: Float64Array) =>
  detectDaily(values, firstDay, options).findings.map(({ kind, detected }) => ({ kind, detected }))

describe('anomalies of a daily cost', () => {
  it('are none in its ordinary course, growth, weekends, monthly fees and credits included', () => {
    expect(kindsOf(series())).toEqual([])
    const billed = series((cost, day) => {
      const date = new Date((firstDay + day) * 86_400_000).getUTCDate()
      return cost + (date === 1 ? 2_500 : 0) - (date === 17 ? 700 : 0)
    })
    expect(kindsOf(billed).filter(({ detected }) => detected >= 90)).toEqual([])
  })

  it.each([
    ['spike', 200, (cost: number, day: number) => (day === 200 || day === 201 ? cost * 1.6 : cost), 202],
    ['drop', 200, (cost: number, day: number) => (day >= 200 && day < 203 ? cost * 0.6 : cost), 203],
    ['missing', 200, (cost: number, day: number) => (day === 200 ? 0 : cost), 201],
    ['shift', 200, (cost: number, day: number) => (day >= 200 ? cost * 1.4 : cost), 230],
    ['gone', 200, (cost: number, day: number) => (day >= 200 ? 0 : cost), 230],
    ['new', 200, (cost: number, day: number) => (day < 200 ? 0 : cost), 230],
  ] as const)('tell a %s on its first day, once, with its end', (kind, start, change, end) => {
    const { findings } = detectDaily(series(change), firstDay, options)
    expect(findings).toMatchObject([{ kind, start, detected: start, end }])
  })

  it('tell a drift before it is large, and a rhythm that is lost', () => {
    const drift = detectDaily(
      series((cost, day) => (day < 200 ? cost : cost * (1 + 0.5 * Math.min(1, (day - 200) / 45)))),
      firstDay,
      options,
    ).findings
    expect(drift.length).toBeGreaterThan(0)
    expect(drift[0]?.detected).toBeGreaterThanOrEqual(200)
    expect(drift[0]?.detected).toBeLessThanOrEqual(222)
    const weekends = kindsOf(series((cost, day, weekday) => (day >= 200 && weekday >= 5 ? cost / 0.6 : cost)))
    expect(weekends[0]?.kind).toBe('season')
    expect(weekends[0]?.detected).toBeLessThanOrEqual(207)
    expect(weekends).toHaveLength(1)
  })

  it('sum what was spent and what would have been', () => {
    const plain = series()
    const spiked = series((cost, day) => (day === 200 || day === 201 ? cost * 2 : cost))
    const [spike] = detectDaily(spiked, firstDay, options).findings
    expect(spike?.actual).toBeCloseTo((spiked[200] ?? 0) + (spiked[201] ?? 0), 6)
    const ordinary = (plain[200] ?? 0) + (plain[201] ?? 0)
    expect(Math.abs((spike?.expected ?? 0) - ordinary) / ordinary).toBeLessThan(0.06)
  })

  it('learn a fee that comes every month and miss it when it fails to come', () => {
    const fee = (from: number, gap = -1) =>
      series((cost, day) => {
        const date = new Date((firstDay + day) * 86_400_000)
        return cost + (date.getUTCDate() === 1 && day >= from && date.getUTCMonth() !== gap ? 3_000 : 0)
      })
    expect(kindsOf(fee(0, 9)).filter(({ detected }) => detected >= 90)).toEqual([
      { kind: 'drop', detected: 273 },
    ])
    expect(kindsOf(fee(0)).filter(({ detected }) => detected >= 90)).toEqual([])
  })

  it('are fewer the stricter the dial, and none below the floor', () => {
    const values = series((cost, day) => cost * (day % 29 === 3 && day > 100 ? 1.13 : 1))
    const count = (perYear: number, floor = 0) =>
      detectDaily(values, firstDay, { perYear, floor }).findings.length
    expect(count(0.01)).toBeLessThan(count(50))
    expect(count(50, 1e6)).toBe(0)
  })
})

/** Costs as they can come: level, noise, zeros, refunds, absent days. */
const anySeries = fc
  .tuple(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 260 }), fc.constantFrom(0, 0.05, 1, 30))
  .map(([seed, days, wild]) => {
    const random = createRandom(seed)
    return Float64Array.from({ length: days }, () => {
      if (random.chance(0.03)) return Number.NaN
      if (random.chance(0.04)) return 0
      return (100 + (random.next() - 0.5) * 100 * wild) * (random.chance(0.02) ? 20 : 1)
    })
  })
const fixed = { seed: 20_261, numRuns: 60 }

describe('whatever the series', () => {
  it('no score and no alarm rests on a later day', () => {
    fc.assert(
      fc.property(anySeries, fc.double({ min: 0, max: 1, noNaN: true }), (values, part) => {
        const cut = Math.floor(part * values.length)
        const whole = detectDaily(values, firstDay, options)
        const before = detectDaily(values.slice(0, cut), firstDay, options)
        expect([...before.scores]).toEqual([...whole.scores.slice(0, cut)])
        const alarms = (found: typeof whole) =>
          found.findings
            .filter(({ detected }) => detected < cut)
            .map(({ start, detected }) => ({ start, detected }))
        expect(alarms(before)).toEqual(alarms(whole))
      }),
      fixed,
    )
  })

  it('scores are in [0, 1], sums are numbers, and events have their days in order', () => {
    fc.assert(
      fc.property(anySeries, (values) => {
        for (const { scores, findings } of [
          detectDaily(values, firstDay, options),
          detectSteps(values, options),
        ]) {
          expect(scores.every((score) => score >= 0 && score <= 1)).toBe(true)
          for (const one of findings) {
            expect(Number.isFinite(one.expected) && Number.isFinite(one.actual)).toBe(true)
            expect(one.start).toBeLessThanOrEqual(one.detected)
            expect(one.end).toBeGreaterThan(one.start)
            expect(one.end).toBeLessThanOrEqual(values.length)
          }
        }
      }),
      fixed,
    )
  })

  it('the currency does not matter: a thousand times the cost are the same alarms', () => {
    fc.assert(
      fc.property(anySeries, fc.constantFrom(1 / 1024, 1024, 65_536), (values, factor) => {
        const one = detectDaily(values, firstDay, options)
        const other = detectDaily(
          values.map((value) => value * factor),
          firstDay,
          options,
        )
        expect(other.findings.map(({ kind, detected, end }) => [kind, detected, end])).toEqual(
          one.findings.map(({ kind, detected, end }) => [kind, detected, end]),
        )
        expect([...other.scores]).toEqual([...one.scores])
      }),
      fixed,
    )
  })
})

describe('days without a row', () => {
  const daysOf = (isAbsent: (at: number) => boolean) =>
    Float64Array.from({ length: 300 }, (_, at) => (isAbsent(at) ? Number.NaN : 100 + (at % 5)))
  const kindsFrom = (values: Float64Array, from: number) =>
    detectDaily(values, firstDay, options)
      .findings.filter(({ detected }) => detected >= from)
      .map(({ kind, start }) => [kind, start])

  it('are missing where a series always has its day', () => {
    expect(
      kindsFrom(
        daysOf((at) => at === 200),
        0,
      ),
    ).toEqual([['missing', 200]])
  })

  it('say nothing where it often lacks one, until it lacks far more than ever', () => {
    const often = (at: number) => (at * 7_919) % 13 === 0
    expect(kindsFrom(daysOf(often), 100)).toEqual([])
    expect(
      kindsFrom(
        daysOf((at) => often(at) || at >= 250),
        100,
      ),
    ).toEqual([['gone', expect.any(Number)]])
  })

  it('are no cost on the days of the week that never have one', () => {
    const weekend = (at: number) => (firstDay + at + 3) % 7 >= 5
    expect(kindsFrom(daysOf(weekend), 60)).toEqual([])
    expect(
      kindsFrom(
        daysOf((at) => weekend(at) && at !== 202 && at !== 203),
        60,
      ).length,
    ).toBeLessThanOrEqual(1)
  })

  it('and numbers beyond all cost make no score that is no number', () => {
    const values = daysOf((at) => at % 50 === 7).map((value, at) => (at % 40 > 20 ? -1e308 : value * 1e306))
    expect(detectDaily(values, firstDay, options).scores.every((score) => score >= 0 && score <= 1)).toBe(
      true,
    )
  })
})
