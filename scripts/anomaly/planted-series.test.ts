import { describe, expect, it } from 'vitest'
import { dayNumber } from '../../analytics/anomaly/daily/calendar'
import { detectDaily } from '../../analytics/anomaly/detect-daily'
import { naiveMethods } from './naive-methods.mjs'
import { firstDay, plantedSeries } from './planted-series.mjs'
import { scoreAlarms } from './score-alarms.mjs'

const warmUp = 100
const planted = (style: 'plain' | 'fees' | 'unseen', seed = 3) =>
  plantedSeries({ seed, count: 60, days: 400, warmUp, style })

describe('planted anomalies', () => {
  it('are the same for the same seed and leave the warm-up alone', () => {
    expect(planted('fees')).toEqual(planted('fees'))
    expect(planted('fees')).not.toEqual(planted('fees', 4))
    expect(planted('fees').every((one) => one.planted.every(({ start }) => start >= warmUp))).toBe(true)
  })

  it('are scored: an alarm in time is a hit, any other is false, near ones are one', () => {
    const one = {
      id: 'x',
      values: Array(465).fill(10),
      planted: [{ kind: 'spike' as const, start: 200, end: 202, size: 1 }],
    }
    expect(scoreAlarms([one], [[200]], warmUp)).toMatchObject({
      f1: 1,
      falseAlarmsPerSeriesYear: 0,
      meanDelayDays: 0,
    })
    expect(scoreAlarms([one], [[201, 203, 300, 302, 50]], warmUp)).toMatchObject({
      recall: 1,
      precision: 0.5,
      falseAlarmsPerSeriesYear: 1,
      meanDelayDays: 1,
    })
    expect(scoreAlarms([one], [[]], warmUp)).toMatchObject({ f1: 0, recall: 0, moneyWeightedRecall: 0 })
  })

  it.each(['plain', 'fees', 'unseen'] as const)(
    'of the %s kind are found better than by the usual methods',
    (style) => {
      const series = planted(style)
      const score = (method: (values: readonly number[]) => number[]) =>
        scoreAlarms(
          series,
          series.map(({ values }) => method(values)),
          warmUp,
        )
      const engine = score((values) =>
        detectDaily(Float64Array.from(values), dayNumber(firstDay), { perYear: 2, floor: 0 }).findings.map(
          ({ detected }) => detected,
        ),
      )
      expect(engine.f1).toBeGreaterThanOrEqual(0.8)
      expect(engine.falseAlarmsPerSeriesYear).toBeLessThanOrEqual(2)
      expect(engine.moneyWeightedRecall).toBeGreaterThanOrEqual(0.88)
      for (const method of Object.values(naiveMethods)) expect(engine.f1).toBeGreaterThan(score(method).f1)
    },
  )
})
