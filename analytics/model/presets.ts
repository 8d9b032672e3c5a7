import type { NamedPeriod, Preset, Window } from '../contract/periods'
import { addDays, addMonths, firstOfMonth, pointOf } from './windows'

/** Those that are not counted. */
type FixedPeriod = Exclude<Preset, `last-${number}-${string}`>

/** The days of a period with a name, counted back from the last day that the data reaches. */
export function presetWindow(
  period: NamedPeriod,
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
  const [, count, unit] = /^last-(\d+)-(days|weeks|months)$/.exec(period) ?? []
  if (unit === 'months') return wholeMonths(Number(count))
  if (unit !== undefined) return { from: addDays(to, -Number(count) * (unit === 'weeks' ? 7 : 1)), to }
  switch (period as FixedPeriod) {
    case 'month-to-date':
      return { from: month, to }
    case 'last-month':
      return wholeMonths(1)
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
