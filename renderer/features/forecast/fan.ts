import type { CostSeries } from '../../../analytics/contract/cost-series'
import type { MoneyPoint, SpendForecast } from '../../../analytics/contract/forecast'
import type { PastPoint } from '../../../analytics/contract/forecast-accuracy'
import type { CostMeasure } from '../../../analytics/contract/spend'
import type { ChartPoint, Mark } from '../../charts/model'
import { dayPoints, monthPoints } from '../../charts/points'
import { formatDay } from '../../format/time'

export interface Fan {
  readonly points: readonly ChartPoint[]
  readonly marks: readonly Mark[]
}

/** Actual up to where the data reaches, then the mean with its two bands. */
export function fanOf(
  history: CostSeries,
  measure: CostMeasure,
  { total, dataThrough }: SpendForecast,
  grain: 'day' | 'month',
  past: readonly PastPoint[] = [],
): Fan {
  const before = history.times.filter(({ time }) => time < (total.points[0]?.t ?? ''))
  const actual = before.map((_, index) => {
    const value = history.total.points[measure]?.[index] ?? null
    return value === null ? null : String(value)
  })
  const unknownBefore = before.map(() => null)
  const unknownAhead = total.points.map(() => null)
  const ahead = (pick: (point: MoneyPoint) => string) => [...unknownBefore, ...total.points.map(pick)]
  const said = new Map(past.map(({ t, mean }) => [t, mean]))
  const times = [...before.map(({ time }) => time), ...total.points.map(({ t }) => t)]
  return {
    points: grain === 'day' ? dayPoints(times) : monthsWithNote(times, dataThrough),
    marks: [
      {
        kind: 'band',
        name: '95 % band',
        colour: 'var(--accent)',
        low: ahead(({ lo95 }) => lo95),
        high: ahead(({ hi95 }) => hi95),
      },
      {
        kind: 'band',
        name: '80 % band',
        colour: 'var(--accent)',
        low: ahead(({ lo80 }) => lo80),
        high: ahead(({ hi80 }) => hi80),
      },
      {
        kind: 'lines',
        series: [{ name: 'Actual', colour: 'var(--accent)', values: [...actual, ...unknownAhead] }],
      },
      ...(said.size === 0
        ? []
        : [
            {
              kind: 'lines' as const,
              isDashed: true,
              series: [
                {
                  name: 'Said before the month',
                  colour: 'var(--muted)',
                  values: [...before.map(({ time }) => said.get(time) ?? null), ...unknownAhead],
                },
              ],
            },
          ]),
      {
        kind: 'lines',
        isDashed: true,
        series: [{ name: 'Forecast', colour: 'var(--accent)', values: ahead(({ mean }) => mean) }],
      },
    ],
  }
}

/** The month that the data ends in is part actual, part forecast, and says so. */
function monthsWithNote(times: readonly string[], dataThrough: string): readonly ChartPoint[] {
  const current = dataThrough.slice(0, 7)
  return monthPoints(
    times.map((time) => time.slice(0, 7)),
    null,
  ).map((point) =>
    point.key === current ? { ...point, note: `actual to ${formatDay(dataThrough)}, forecast after` } : point,
  )
}
