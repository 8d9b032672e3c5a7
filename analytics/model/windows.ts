import type { CostQuery, Grain } from '../contract/spend'

export interface Shift {
  readonly amount: number
  readonly unit: 'DAY' | 'MONTH'
}

export interface ComparisonWindow {
  readonly from: string
  readonly to: string
  /** Brings a day of the earlier window to the day it is compared with. */
  readonly shift: Shift
}

const dayMs = 86_400_000

/** The period before, or the same one a year before. Whole months are compared with whole months. */
export function comparisonWindow(
  from: string,
  to: string,
  compare: NonNullable<CostQuery['compare']>,
  grain: Grain | undefined,
): ComparisonWindow {
  const wholeMonths = from.endsWith('-01') && to.endsWith('-01')
  const months = compare === 'year' ? 12 : wholeMonths ? monthsBetween(from, to) : 0
  const earlier =
    months > 0
      ? { from: addMonths(from, -months), to: addMonths(to, -months) }
      : { from: addDays(from, -daysBetween(from, to)), to: from }
  // Months have different lengths: single days are moved by days, so that none falls on another.
  const byMonth = months > 0 && (grain === undefined || grain === 'month')
  return {
    ...earlier,
    shift: byMonth
      ? { amount: months, unit: 'MONTH' }
      : { amount: daysBetween(earlier.from, from), unit: 'DAY' },
  }
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
