const dayInMilliseconds = 86_400_000

/** One billing month of the sample. All dates are UTC days, `to` and `until` exclusive. */
export interface Period {
  /** `2026-09` */
  readonly name: string
  readonly from: string
  /** The first day of the next month. */
  readonly to: string
  /** Data ends here: the end of the month, or earlier in the open one. */
  readonly until: string
  /** The newest month: not invoiced yet. */
  readonly open: boolean
  readonly hourly: boolean
  /** The support fee is known a week after the month's end. */
  readonly supportBilled: boolean
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayInMilliseconds).toISOString().slice(0, 10)
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayInMilliseconds)
}

export function monthStart(day: string): string {
  return `${day.slice(0, 7)}-01`
}

export function addMonths(firstDay: string, months: number): string {
  const date = new Date(`${firstDay}T00:00:00Z`)
  date.setUTCMonth(date.getUTCMonth() + months)
  return date.toISOString().slice(0, 10)
}

/** The months that end at `until` (exclusive), oldest first. */
export function periodsEnding(until: string, months: number, hourlyMonths: number): readonly Period[] {
  const newest = monthStart(addDays(until, -1))
  return Array.from({ length: months }, (_, index) => {
    const back = months - 1 - index
    const from = addMonths(newest, -back)
    const to = addMonths(from, 1)
    return {
      name: from.slice(0, 7),
      from,
      to,
      until: to < until ? to : until,
      open: back === 0,
      hourly: back < hourlyMonths,
      supportBilled: back > 0 && addDays(to, 6) <= until,
    }
  })
}

/** The newest month whose every day is in the sample. */
export function lastFullPeriod(periods: readonly Period[]): Period | undefined {
  return periods.findLast((period) => period.until === period.to)
}
