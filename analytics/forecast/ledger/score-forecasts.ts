import type { AccuracyFigures, AccuracySpan, Ahead, ForecastOrigin } from '../../contract/forecast-accuracy'
import { addMonths, daysBetween } from '../../model/windows'
import { at } from '../numbers'
import type { LedgerForecast } from './ledger-store'

/** What came, day by day; NaN on days that are still to be billed in part. */
export interface Came {
  readonly from: string
  readonly values: Float64Array
}

interface Band {
  readonly low: Float64Array
  readonly high: Float64Array
}

/** Points of one forecast that lie in one span and have come. */
interface Scored {
  readonly ahead: Ahead
  readonly origin: ForecastOrigin
  readonly points: readonly ScoredPoint[]
}

export interface ScoredPoint {
  readonly actual: number
  readonly mean: number
  readonly in80: boolean
  readonly in95: boolean
}

const spansOfDays = [
  { ahead: '1-7', from: 0, to: 7 },
  { ahead: '8-30', from: 7, to: 30 },
  { ahead: '31-90', from: 30, to: 90 },
] as const

export function spansOf(forecasts: readonly LedgerForecast[], came: Came): readonly AccuracySpan[] {
  const scored = forecasts.flatMap((forecast) =>
    forecast.grain === 'day' ? daysOf(forecast, came) : monthsOf(forecast, came),
  )
  const groups = new Map<string, Scored[]>()
  for (const one of scored) {
    const key = `${one.origin} ${one.ahead}`
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    return first
      ? [{ ahead: first.ahead, origin: first.origin, ...figuresOf(group.map(({ points }) => points)) }]
      : []
  })
}

function daysOf(forecast: LedgerForecast, came: Came): readonly Scored[] {
  const begin = daysBetween(came.from, forecast.times[0] ?? came.from)
  return spansOfDays.flatMap(({ ahead, from, to }) => {
    const points: ScoredPoint[] = []
    for (let step = from; step < Math.min(to, forecast.mean.length); step += 1) {
      const actual = begin + step < 0 ? Number.NaN : at(came.values, begin + step)
      if (Number.isFinite(actual)) points.push(pointOf(forecast, step, actual))
    }
    return points.length > 0 ? [{ ahead, origin: forecast.origin, points }] : []
  })
}

/** Months that are over; the first one was under way when the forecast was made, unless it was made on its eve. */
function monthsOf(forecast: LedgerForecast, came: Came): readonly Scored[] {
  const scored = forecast.times.flatMap((month, step): Scored[] => {
    const actual = monthThatCame(month, came)
    if (actual === null) return []
    const isUnderWay = forecast.dataThrough >= month
    return [
      {
        ahead: isUnderWay ? 'month-end' : 'months',
        origin: forecast.origin,
        points: [pointOf(forecast, step, actual)],
      },
    ]
  })
  const ahead = scored.filter((one) => one.ahead === 'months')
  return [
    ...scored.filter((one) => one.ahead === 'month-end'),
    ...(ahead.length > 0
      ? [{ ahead: 'months' as const, origin: forecast.origin, points: ahead.flatMap(({ points }) => points) }]
      : []),
  ]
}

/** null where a day of it has not come whole. */
export function monthThatCame(month: string, { from, values }: Came): number | null {
  const [begin, end] = [daysBetween(from, month), daysBetween(from, addMonths(month, 1))]
  if (begin < 0 || end > values.length) return null
  let sum = 0
  for (let day = begin; day < end; day += 1) sum += at(values, day)
  return Number.isFinite(sum) ? sum : null
}

export function pointOf(forecast: LedgerForecast, step: number, actual: number): ScoredPoint {
  const inside = ({ low, high }: Band) => actual >= at(low, step) && actual <= at(high, step)
  return {
    actual,
    mean: at(forecast.mean, step),
    in80: inside({ low: forecast.lo80, high: forecast.hi80 }),
    in95: inside({ low: forecast.lo95, high: forecast.hi95 }),
  }
}

/** Each item is one forecast's points. */
export function figuresOf(forecasts: readonly (readonly ScoredPoint[])[]): AccuracyFigures {
  let [off, over, size, in80, in95, points] = [0, 0, 0, 0, 0, 0]
  const totals: number[] = []
  for (const forecast of forecasts) {
    let [miss, came] = [0, 0]
    for (const point of forecast) {
      miss += point.mean - point.actual
      came += point.actual
      off += Math.abs(point.mean - point.actual)
      size += Math.abs(point.actual)
      if (point.in80) in80 += 1
      if (point.in95) in95 += 1
    }
    over += miss
    points += forecast.length
    if (came !== 0) totals.push(Math.abs(miss / came))
  }
  const share = (part: number, whole: number) => (whole > 0 ? part / whole : null)
  return {
    forecasts: forecasts.length,
    points,
    wape: share(off, size),
    bias: share(over, size),
    total: share(
      totals.reduce((sum, one) => sum + one, 0),
      totals.length,
    ),
    coverage80: share(in80, points),
    coverage95: share(in95, points),
  }
}
