const dayMs = 86_400_000

/** What the days of a series and of what follows it are in the month and in the week. */
export interface Calendar {
  /** 0 is Sunday. */
  readonly weekday: Uint8Array
  readonly dayOfMonth: Uint8Array
  /** 0 on the last day of the month. */
  readonly daysToEnd: Uint8Array
  /** Months since 1970. */
  readonly month: Int32Array
}

/** `firstDay` counts days since 1970-01-01. */
export function calendarOf(firstDay: number, length: number): Calendar {
  const calendar = {
    weekday: new Uint8Array(length),
    dayOfMonth: new Uint8Array(length),
    daysToEnd: new Uint8Array(length),
    month: new Int32Array(length),
  }
  for (let index = 0; index < length; index += 1) {
    const date = new Date((firstDay + index) * dayMs)
    const year = date.getUTCFullYear()
    const month = date.getUTCMonth()
    calendar.weekday[index] = date.getUTCDay()
    calendar.dayOfMonth[index] = date.getUTCDate()
    calendar.daysToEnd[index] = new Date(Date.UTC(year, month + 1, 0)).getUTCDate() - date.getUTCDate()
    calendar.month[index] = (year - 1970) * 12 + month
  }
  return calendar
}
