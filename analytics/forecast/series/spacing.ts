import { at, median, type Values } from '../numbers'
import type { Clock } from './timestamps'

/** How far apart the values of a series are. Months have no fixed length, and office days leave the weekend out. */
export type Spacing =
  | { readonly unit: 'ms'; readonly every: number }
  | { readonly unit: 'month'; readonly every: number; readonly lastDay: boolean }
  | { readonly unit: 'office-day' }
  | { readonly unit: 'index'; readonly every: number }

export const dayMs = 86_400_000
const usual = [1_000, 60_000, 300_000, 600_000, 900_000, 1_800_000, 3_600_000, dayMs, 7 * dayMs] as const

/** `times` are sorted and differ. */
export function spacingOf(times: Values, clock: Clock): Spacing {
  const gaps = times.subarray(1).map((time, index) => time - at(times, index))
  if (clock === 'index') return { unit: 'index', every: gaps.length === 0 ? 1 : commonest(gaps) }
  if (gaps.length === 0) return { unit: 'ms', every: dayMs }
  return (
    monthly(times, gaps) ?? officeDays(times, gaps) ?? { unit: 'ms', every: snapped(evenStep(times, gaps)) }
  )
}

function monthly(times: Values, gaps: Values): Spacing | null {
  const days = median(gaps) / dayMs
  const every = [1, 2, 3, 4, 6, 12].find(
    (months) => days >= 28 * months && days <= 31 * months + (months > 1 ? -1 : 0),
  )
  if (every === undefined) return null
  const dates = [...times].map((time) => new Date(time))
  const lastDay = dates.every((date) => new Date(date.getTime() + dayMs).getUTCDate() === 1)
  // The 28th and earlier exist in every month; a fixed step of days would wander through the month.
  const sameDay = new Set(dates.map((date) => date.getUTCDate())).size === 1
  return lastDay || sameDay ? { unit: 'month', every, lastDay: lastDay && !sameDay } : null
}

function officeDays(times: Values, gaps: Values): Spacing | null {
  if (times.length < 10 || commonest(gaps) !== dayMs) return null
  const weekend = times.some((time) => [0, 6].includes(new Date(time).getUTCDay()))
  const weeks = (at(times, times.length - 1) - at(times, 0)) / (7 * dayMs)
  return !weekend && weeks >= 2 ? { unit: 'office-day' } : null
}

/** The commonest gap; where times jitter so that none is common, the middle one. */
function evenStep(times: Values, gaps: Values): number {
  const common = commonest(gaps)
  const span = at(times, times.length - 1) - at(times, 0)
  return span / common > 4 * times.length + 100 ? median(gaps) : common
}

function snapped(step: number): number {
  return usual.find((known) => Math.abs(step - known) <= 0.02 * known) ?? step
}

function commonest(gaps: Values): number {
  const counts = new Map<number, number>()
  for (const gap of gaps) counts.set(gap, (counts.get(gap) ?? 0) + 1)
  let best = at(gaps, 0)
  let most = 0
  for (const [gap, count] of counts) {
    if (count > most || (count === most && gap < best)) {
      best = gap
      most = count
    }
  }
  return most * 3 >= gaps.length ? best : median(gaps)
}

/** How many steps lie between the first time and another one; not whole where times jitter. */
export function stepsFrom(start: number, time: number, spacing: Spacing): number {
  switch (spacing.unit) {
    case 'month':
      return (monthsOf(time) - monthsOf(start)) / spacing.every
    case 'office-day':
      return officeDay(time) - officeDay(start)
    case 'ms':
    case 'index':
      return (time - start) / spacing.every
  }
}

export function timeAt(start: number, steps: number, spacing: Spacing): number {
  switch (spacing.unit) {
    case 'month':
      return monthsLater(start, steps * spacing.every, spacing.lastDay)
    case 'office-day':
      return fromOfficeDay(officeDay(start) + steps)
    case 'ms':
    case 'index':
      return start + steps * spacing.every
  }
}

export function timeText(time: number, spacing: Spacing): string {
  if (spacing.unit === 'index') return String(Number(time.toPrecision(12)))
  const text = new Date(time).toISOString()
  const wholeDays = spacing.unit !== 'ms' || spacing.every % dayMs === 0
  return wholeDays && text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.replace('.000Z', 'Z')
}

function monthsOf(time: number): number {
  const date = new Date(time)
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}

function monthsLater(start: number, months: number, lastDay: boolean): number {
  const date = new Date(start)
  const timeOfDay = start - Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate())
  const month = date.getUTCMonth() + months
  const last = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate()
  const day = lastDay ? last : Math.min(date.getUTCDate(), last)
  return Date.UTC(date.getUTCFullYear(), month, day) + timeOfDay
}

// 1970-01-05 was a Monday.
function officeDay(time: number): number {
  const days = Math.floor(time / dayMs) - 4
  return Math.floor(days / 7) * 5 + Math.min(4, ((days % 7) + 7) % 7)
}

function fromOfficeDay(days: number): number {
  return (Math.floor(days / 5) * 7 + (((days % 5) + 5) % 5) + 4) * dayMs
}
