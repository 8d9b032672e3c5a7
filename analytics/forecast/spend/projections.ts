import type { Projection } from '../../contract/forecast'
import { addMonths, daysBetween } from '../../model/windows'
import { moneyOf } from '../exact'
import { at } from '../numbers'
import type { Grown } from './grow'
import { actualUnits, bandOf, dueUnits, sumOf } from './spend-points'
import { type Watched, widthOfSum } from './sum-bands'

export type ProjectionPeriod = Pick<Projection, 'period' | 'from' | 'to'>

/** The periods that the first day of the forecast lies in. */
export function periodsAhead(first: string, fiscalYearStart: number | null): readonly ProjectionPeriod[] {
  const month = Number(first.slice(5, 7))
  const begin = `${first.slice(0, 7)}-01`
  const since = (months: number, length: number) => {
    const from = addMonths(begin, -months)
    return { from, to: addMonths(from, length) }
  }
  return [
    { period: 'month', ...since(0, 1) },
    { period: 'quarter', ...since((month - 1) % 3, 3) },
    { period: 'year', ...since(month - 1, 12) },
    ...(fiscalYearStart === null
      ? []
      : [{ period: 'fiscal-year' as const, ...since((month - fiscalYearStart + 12) % 12, 12) }]),
  ]
}

/** Actual to date and forecast to the end. */
export function projectionOf(
  total: Grown,
  watched: Watched,
  { period, from, to }: ProjectionPeriod,
  historyFrom: string,
  first: string,
): Projection {
  const actual = actualUnits(total, historyFrom, from, first)
  const days = daysBetween(first, to)
  const forecast = dueUnits(total, historyFrom, from) + sumOf(total.units, 0, days)
  const { w80, w95 } = widthOfSum(watched, 0, days)
  const growth = at(total.growth, days - 1)
  return {
    period,
    from,
    to,
    actual: moneyOf(actual),
    forecast: moneyOf(forecast),
    total: moneyOf(actual + forecast),
    ...bandOf(actual + forecast, w80 * growth, w95 * growth, total.floor === null ? null : actual),
  }
}
