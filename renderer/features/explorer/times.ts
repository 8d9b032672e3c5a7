import type { Grain, TimePoint } from '../../../analytics/contract/periods'
import type { ChartPoint } from '../../charts/model'
import { formatDay, formatMonth, formatMonthShort } from '../../format/time'

function shortOf(time: string, grain: Grain): string {
  switch (grain) {
    case 'hour':
      return `${formatDay(time.slice(0, 10)).slice(0, -5)} ${time.slice(11, 16)}`
    case 'day':
    case 'week':
      return formatDay(time).slice(0, -5)
    case 'month':
    case 'quarter':
      return formatMonthShort(time.slice(0, 7))
    case 'year':
      return time.slice(0, 4)
  }
}

/** A point of time as it is read: the month, the week it begins, the hour. */
export function timeTitle(time: string, grain: Grain): string {
  switch (grain) {
    case 'hour':
      return `${formatDay(time.slice(0, 10))} ${time.slice(11, 16)} UTC`
    case 'day':
      return formatDay(time)
    case 'week':
      return `Week of ${formatDay(time)}`
    case 'month':
      return formatMonth(time.slice(0, 7))
    case 'quarter':
      return `Quarter from ${formatMonth(time.slice(0, 7))}`
    case 'year':
      return time.endsWith('-01-01') ? time.slice(0, 4) : `Year from ${formatMonth(time.slice(0, 7))}`
  }
}

function rankOf(time: string, grain: Grain): 0 | 1 | 2 {
  if (grain === 'hour') return time.slice(11, 13) === '00' ? 0 : 2
  if (time.slice(8, 10) === '01') return time.slice(5, 7) === '01' ? 0 : grain === 'month' ? 1 : 0
  return new Date(`${time.slice(0, 10)}T00:00:00Z`).getUTCDay() === 1 ? 1 : 2
}

export function chartPoints(times: readonly TimePoint[], grain: Grain): readonly ChartPoint[] {
  return times.map(({ time, days, covered, partial }) => ({
    key: time,
    short: shortOf(time, grain),
    title: timeTitle(time, grain),
    rank: rankOf(time, grain),
    ...(partial ? { isPartial: true, note: `${covered} of ${days} days` } : {}),
  }))
}

/** The days of a point of time, cut to the period that was asked for. */
export function windowOf(
  time: string,
  grain: Grain,
  within: { readonly from: string; readonly to: string },
): { readonly from: string; readonly to: string } {
  const from = time.slice(0, 10)
  const start = new Date(`${from}T00:00:00Z`)
  switch (grain) {
    case 'hour':
    case 'day':
      start.setUTCDate(start.getUTCDate() + 1)
      break
    case 'week':
      start.setUTCDate(start.getUTCDate() + 7)
      break
    case 'month':
      start.setUTCMonth(start.getUTCMonth() + 1)
      break
    case 'quarter':
      start.setUTCMonth(start.getUTCMonth() + 3)
      break
    case 'year':
      start.setUTCFullYear(start.getUTCFullYear() + 1)
      break
  }
  const to = start.toISOString().slice(0, 10)
  // Days in this form are in the order of their letters.
  const [first, last] = [[from, within.from].sort().at(-1), [to, within.to].sort().at(0)]
  return { from: first ?? from, to: last ?? to }
}
