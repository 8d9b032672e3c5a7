/** Billing days are UTC days: nothing here may read the machine's own time zone. */
const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

function monthName(month: string): string {
  return monthNames[Number(month) - 1] ?? month
}

/** `2026-11` as `November 2026`. */
export function formatMonth(period: string): string {
  const [year = period, month = ''] = period.split('-')
  return month === '' ? period : `${monthName(month)} ${year}`
}

/** `2026-11` as `Nov 26`, for axes and heads of columns. */
export function formatMonthShort(period: string): string {
  const [year = period, month = ''] = period.split('-')
  return month === '' ? period : `${monthName(month).slice(0, 3)} ${year.slice(2)}`
}

/** `2026-11-20` as `20 Nov 2026`. */
export function formatDay(day: string): string {
  const [year = day, month = '', date = ''] = day.split('-')
  return date === '' ? day : `${Number(date)} ${monthName(month).slice(0, 3)} ${year}`
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
}

/** `2 Nov 2026` or `2 Nov 2026 – 5 Nov 2026`; `to` is exclusive, as in every request. */
export function formatDays(from: string, to: string): string {
  const last = addDays(to, -1)
  return last <= from ? formatDay(from) : `${formatDay(from)} – ${formatDay(last)}`
}

export function previousMonth(period: string): string {
  const [year = '0', month = '1'] = period.split('-')
  const before =
    Number(month) === 1
      ? { year: Number(year) - 1, month: 12 }
      : { year: Number(year), month: Number(month) - 1 }
  return `${String(before.year).padStart(4, '0')}-${String(before.month).padStart(2, '0')}`
}

/** `2026-11-20 07:15 UTC`, the exact time behind a relative one. */
export function formatInstant(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`
}

const spans = [
  { seconds: 86_400, one: 'day', many: 'days' },
  { seconds: 3_600, one: 'hour', many: 'hours' },
  { seconds: 60, one: 'minute', many: 'minutes' },
] as const

export function formatAgo(instant: string, now: number): string {
  const seconds = Math.floor((now - Date.parse(instant)) / 1000)
  if (!Number.isFinite(seconds)) return instant
  // The clock of a screen moves in steps, so what has just happened may be ahead of it.
  if (seconds < -60) return formatInstant(instant)
  const span = spans.find((candidate) => seconds >= candidate.seconds)
  if (span === undefined) return 'just now'
  const count = Math.floor(seconds / span.seconds)
  return `${count} ${count === 1 ? span.one : span.many} ago`
}

export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000))
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
