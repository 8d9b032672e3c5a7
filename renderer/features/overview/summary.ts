import type { Overview } from '../../../analytics/contract/overview'
import { sumOf } from '../../format/decimal'
import { digitsOf, formatMoney } from '../../format/money'
import { formatMonth } from '../../format/time'

export function monthTotals(overview: Overview): readonly string[] {
  return overview.months.map((_, index) =>
    sumOf(overview.series.map((series) => series.values[index] ?? '0')),
  )
}

/** What the chart says, for who cannot see it. */
export function summaryOf(overview: Overview): string {
  const { months, series, currency, month } = overview
  const digits = digitsOf(currency)
  const money = (value: string) => `${formatMoney(value, { digits })} ${currency}`
  const totals = monthTotals(overview)
  const first = months[0]
  const last = months.at(-1)
  if (first === undefined || last === undefined) return 'There are no months to show.'
  const biggest = series
    .slice(0, 3)
    .map((each) => `${each.service} ${money(each.total)}`)
    .join(', ')
  const partial =
    month.days < month.daysInMonth ? ` of which there are ${month.days} of ${month.daysInMonth} days` : ''
  return [
    `Stacked bars of spend by service for ${months.length} months.`,
    `${formatMonth(first)}: ${money(totals[0] ?? '0')}.`,
    `${formatMonth(last)}${partial}: ${money(totals.at(-1) ?? '0')}.`,
    `The biggest over all months: ${biggest}.`,
  ].join(' ')
}
