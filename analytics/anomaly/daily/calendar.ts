/** Where a run of days lies in weeks and months; shared by all series over the same days. */
export interface DayCalendar {
  readonly firstDay: number
  readonly length: number
  /** 0 is Monday. */
  readonly weekday: Uint8Array
  /** 1 to 31. */
  readonly monthDay: Uint8Array
  /** 0 on the last day of a month. */
  readonly daysLeft: Uint8Array
}

const dayMs = 86_400_000

/** `firstDay` counts days since 1970-01-01, which was a Thursday. */
export function calendarOf(firstDay: number, length: number): DayCalendar {
  const weekday = new Uint8Array(length)
  const monthDay = new Uint8Array(length)
  const daysLeft = new Uint8Array(length)
  for (let at = 0; at < length; at += 1) {
    const date = new Date((firstDay + at) * dayMs)
    weekday[at] = (((firstDay + at + 3) % 7) + 7) % 7
    monthDay[at] = date.getUTCDate()
    daysLeft[at] =
      new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate() - date.getUTCDate()
  }
  return { firstDay, length, weekday, monthDay, daysLeft }
}

export function dayNumber(day: string): number {
  return Math.floor(Date.parse(`${day}T00:00:00Z`) / dayMs)
}

export function dayName(number: number): string {
  return new Date(number * dayMs).toISOString().slice(0, 10)
}
