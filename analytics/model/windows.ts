import type { Grain, NamedPeriod, TimePoint, Window } from '../contract/periods'
import type { CostQuery } from '../contract/spend'

export interface Shift {
  readonly amount: number
  readonly unit: 'DAY' | 'MONTH'
}

export interface ComparisonWindow extends Window {
  /** Brings a day of the earlier window to the day it is compared with. */
  readonly shift: Shift
}

const dayMs = 86_400_000

/**
 * The period before, or the same one a year before. Whole months are compared with whole months, and the first days of
 * a month with the same days of the month before.
 */
export function comparisonWindow(
  from: string,
  to: string,
  compare: NonNullable<CostQuery['compare']>,
  grain: Grain | undefined,
  period?: NamedPeriod,
): ComparisonWindow {
  const wholeMonths = from.endsWith('-01') && to.endsWith('-01')
  const isBegun =
    compare === 'previous' && !wholeMonths && (period === 'month-to-date' || isBegunMonth(from, to))
  const months = compare === 'year' ? 12 : wholeMonths ? monthsBetween(from, to) : 0
  const earlier = isBegun
    ? sameDaysBefore(from, to)
    : months > 0
      ? { from: addMonths(from, -months), to: addMonths(to, -months) }
      : { from: addDays(from, -daysBetween(from, to)), to: from }
  // Months have different lengths: single days are moved by days, so that none falls on another.
  const byMonth =
    months > 0 && (grain === undefined || grain === 'month' || grain === 'quarter' || grain === 'year')
  return {
    ...earlier,
    shift: byMonth
      ? { amount: months, unit: 'MONTH' }
      : { amount: daysBetween(earlier.from, from), unit: 'DAY' },
  }
}

/** A single day is compared with the day before it. */
function isBegunMonth(from: string, to: string): boolean {
  return from.endsWith('-01') && to > addDays(from, 1) && to < addMonths(from, 1)
}

/** Day 31 has no counterpart in a month of 30: the earlier month then counts whole. */
export function sameDaysBefore(from: string, to: string): Window {
  const start = addMonths(from, -1)
  const end = addDays(start, daysBetween(from, to))
  const isWhole = to === addMonths(from, 1)
  return { from: start, to: isWhole || end > from ? from : end }
}

/**
 * Every point of a window, and how much of it the data covers. `since` and `until` are the first day with data and
 * the day after the last.
 */
export function timePoints(
  window: Window,
  grain: Grain,
  fiscalYearStart: number,
  data: Window | null,
): readonly TimePoint[] {
  const points: TimePoint[] = []
  const from = data ? laterOf(data.from, window.from) : window.from
  const to = data ? earlierOf(data.to, window.to) : window.to
  let start = pointOf(window.from, grain, fiscalYearStart)
  while (start < window.to) {
    const end = pointAfter(start, grain)
    const days = daysBetween(start, end)
    const covered = data ? Math.max(0, daysBetween(laterOf(start, from), earlierOf(end, to))) : 0
    if (grain === 'hour') {
      for (let hour = 0; hour < 24; hour += 1) {
        const time = `${start}T${String(hour).padStart(2, '0')}:00:00Z`
        points.push({ time, days: 1, covered, partial: covered < 1 })
      }
    } else {
      points.push({ time: start, days, covered, partial: covered < days })
    }
    start = end
  }
  return points
}

/** The first day of the point that a day lies in. */
export function pointOf(day: string, grain: Grain, fiscalYearStart: number): string {
  switch (grain) {
    case 'hour':
    case 'day':
      return day
    case 'week':
      return addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7))
    case 'month':
      return firstOfMonth(day)
    case 'quarter':
      return addMonths(firstOfMonth(day), -(fiscalMonth(day, fiscalYearStart) % 3))
    case 'year':
      return addMonths(firstOfMonth(day), -fiscalMonth(day, fiscalYearStart))
  }
}

function pointAfter(start: string, grain: Grain): string {
  switch (grain) {
    case 'hour':
    case 'day':
      return addDays(start, 1)
    case 'week':
      return addDays(start, 7)
    case 'month':
      return addMonths(start, 1)
    case 'quarter':
      return addMonths(start, 3)
    case 'year':
      return addMonths(start, 12)
  }
}

/** Months since the fiscal year began: 0 in its first. */
function fiscalMonth(day: string, fiscalYearStart: number): number {
  return (Number(day.slice(5, 7)) - fiscalYearStart + 12) % 12
}

export function laterOf(one: string, other: string): string {
  return one > other ? one : other
}

export function earlierOf(one: string, other: string): string {
  return one < other ? one : other
}

export function firstOfMonth(day: string): string {
  return `${day.slice(0, 7)}-01`
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMs)
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)
}

/** The same day of another month, or that month's last when it is shorter. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10)
}

function monthsBetween(from: string, to: string): number {
  const [fromYear = 0, fromMonth = 0] = from.split('-').map(Number)
  const [toYear = 0, toMonth = 0] = to.split('-').map(Number)
  return (toYear - fromYear) * 12 + toMonth - fromMonth
}
