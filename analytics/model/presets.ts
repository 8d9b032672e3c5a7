import type { Preset, Window } from '../contract/periods'
import { addDays, addMonths, firstOfMonth, pointOf } from './windows'

/** The days of a period with a name, counted back from the last day that the data reaches. */
export function presetWindow(
  preset: Preset,
  data: { readonly firstDay: string; readonly lastDay: string },
  fiscalYearStart: number,
): Window {
  const to = addDays(data.lastDay, 1)
  const month = firstOfMonth(data.lastDay)
  const wholeMonths = (count: number): Window => ({ from: addMonths(month, -count), to: month })
  const trailing = (count: number): Window => ({ from: addMonths(month, 1 - count), to })
  const quarter = pointOf(data.lastDay, 'quarter', fiscalYearStart)
  const fiscalYear = pointOf(data.lastDay, 'year', fiscalYearStart)
  const year = `${data.lastDay.slice(0, 4)}-01-01`
  switch (preset) {
    case 'last-7-days':
      return { from: addDays(to, -7), to }
    case 'last-30-days':
      return { from: addDays(to, -30), to }
    case 'last-90-days':
      return { from: addDays(to, -90), to }
    case 'month-to-date':
      return { from: month, to }
    case 'last-month':
      return wholeMonths(1)
    case 'last-3-months':
      return wholeMonths(3)
    case 'last-6-months':
      return wholeMonths(6)
    case 'last-12-months':
      return wholeMonths(12)
    case 'trailing-12-months':
      return trailing(12)
    case 'trailing-13-months':
      return trailing(13)
    case 'quarter-to-date':
      return { from: quarter, to }
    case 'last-quarter':
      return { from: addMonths(quarter, -3), to: quarter }
    case 'year-to-date':
      return { from: year, to }
    case 'last-year':
      return { from: addMonths(year, -12), to: year }
    case 'fiscal-year-to-date':
      return { from: fiscalYear, to }
    case 'last-fiscal-year':
      return { from: addMonths(fiscalYear, -12), to: fiscalYear }
    case 'everything':
      return { from: data.firstDay, to }
  }
}
