import type { Overview } from '../../../analytics/contract/overview'
import { basisTitles } from '../../app/commands'
import { Chip } from '../../components/chip'
import { Figure } from '../../components/figure'
import { Money } from '../../components/money'
import { differenceOf } from '../../format/decimal'
import { digitsOf, formatMoney, formatPercent } from '../../format/money'
import { formatMonth, previousMonth } from '../../format/time'

/** How much of a month there is, in words and as a filled strip: a partial month never looks like a whole one. */
function PartialMark({ days, daysInMonth }: { readonly days: number; readonly daysInMonth: number }) {
  return (
    <span className="inline-flex items-center gap-1">
      <span aria-hidden className="hatched flex h-1.5 w-6 overflow-hidden rounded-full text-muted">
        <span className="h-full bg-accent" style={{ width: `${(days / daysInMonth) * 100}%` }} />
      </span>
      {days} of {daysInMonth} days
    </span>
  )
}

export function FigureBand({ overview }: { readonly overview: Overview }) {
  const { currency, month, measure } = overview
  const digits = digitsOf(currency)
  const money = (value: string) => formatMoney(value, { digits })
  const change = differenceOf(overview.monthToDate, overview.sameDaysBefore)
  const before = previousMonth(month.period)
  const isPartial = month.days < month.daysInMonth
  const rate = overview.savingsRate
  const year = month.period.slice(0, 4)
  return (
    <section aria-label="Figures" className="overflow-hidden">
      {/* The first figure of each row has its line outside: rows may be of three or of five. */}
      <dl className="-ml-4.25 grid grid-cols-3 gap-y-3 xl:grid-cols-5">
        <Figure
          label={isPartial ? `${formatMonth(month.period)} to date` : formatMonth(month.period)}
          testId="figure-month-to-date"
          exact={overview.monthToDate}
          shown={money(overview.monthToDate)}
          unit={currency}
        >
          <PartialMark days={month.days} daysInMonth={month.daysInMonth} />
          {month.estimated ? (
            <Chip tone="warn" title="AWS may still change the lines of this month">
              estimated
            </Chip>
          ) : null}
        </Figure>
        <Figure
          label={isPartial ? `Same days of ${formatMonth(before)}` : formatMonth(before)}
          testId="figure-same-days"
          exact={overview.sameDaysBefore}
          shown={money(overview.sameDaysBefore)}
          unit={currency}
        >
          <span>
            Change <Money value={change} currency={currency} sign="always" />
            {overview.changePercent === null ? null : ` (${formatPercent(overview.changePercent, 'always')})`}
          </span>
        </Figure>
        <Figure
          label="Last full month"
          testId="figure-last-month"
          exact={overview.lastMonth}
          shown={money(overview.lastMonth)}
          unit={currency}
        >
          {formatMonth(before)}
        </Figure>
        <Figure
          label="Year to date"
          testId="figure-year-to-date"
          exact={overview.yearToDate}
          shown={money(overview.yearToDate)}
          unit={currency}
        >
          Since January {year}
        </Figure>
        <Figure
          label="Effective savings rate"
          testId="figure-savings-rate"
          exact={rate === null ? '' : String(rate)}
          shown={rate === null ? '–' : formatPercent(rate)}
        >
          {rate === null ? 'No list prices in the data' : 'Below list price this month'}
        </Figure>
      </dl>
      {overview.otherCurrencies.length === 0 ? null : (
        <p className="mt-2 text-12 text-muted">
          Charges in {overview.otherCurrencies.join(', ')} are not part of these figures; currencies are never
          added.
        </p>
      )}
      <p className="sr-only">{basisTitles[measure]} cost, UTC billing days.</p>
    </section>
  )
}
