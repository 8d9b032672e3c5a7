import { formatDay, formatMonth, formatMonthShort } from '../format/time'
import type { ChartPoint } from './model'

interface PartialMonth {
  readonly period: string
  readonly days: number
  readonly daysInMonth: number
}

/** Quarters keep their label where months are too many, and Januaries where quarters are. */
function monthRank(period: string): 0 | 1 | 2 {
  const month = Number(period.slice(5, 7))
  if (month === 1) return 0
  return month % 3 === 1 ? 1 : 2
}

export function monthPoints(months: readonly string[], current: PartialMonth | null): readonly ChartPoint[] {
  return months.map((month) => {
    const point = {
      key: month,
      short: formatMonthShort(month),
      title: formatMonth(month),
      rank: monthRank(month),
    }
    if (current === null || current.period !== month || current.days >= current.daysInMonth) return point
    return { ...point, note: `${current.days} of ${current.daysInMonth} days`, isPartial: true }
  })
}

function dayRank(day: string): 0 | 1 | 2 {
  if (day.endsWith('-01')) return 0
  return new Date(`${day}T00:00:00Z`).getUTCDay() === 1 ? 1 : 2
}

/** Days of billing, in UTC: first days of months and Mondays keep their label longest. */
export function dayPoints(days: readonly string[]): readonly ChartPoint[] {
  return days.map((day) => {
    const title = formatDay(day)
    return { key: day, short: title.slice(0, -5), title, rank: dayRank(day) }
  })
}
