import type { Overview } from '../../../analytics/contract/overview'
import { basisTitles } from '../../app/commands'
import { Chip } from '../../components/chip'
import { Figure } from '../../components/figure'
import { Money } from '../../components/money'
import { differenceOf } from '../../format/decimal'
import { digitsOf, formatMoney, formatPercent } from '../../format/money'
import { formatMonth, previousMonth } from '../../format/time'
import { AnomaliesFigure } from './anomalies-figure'
import { BudgetLine } from './budget-line'
import { monthDoor, sameDaysDoor, savingsDoor, yearDoor } from './doors'
import type { LaterAnswers } from './later-questions'
import { OwnerFigure } from './owner-figure'
import { ProjectionFigure } from './projection-figure'

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

interface FigureBandProps {
  readonly overview: Overview
  readonly later: LaterAnswers
}

export function FigureBand({ overview, later }: FigureBandProps) {
  const { currency, month, measure } = overview
  const digits = digitsOf(currency)
  const money = (value: string) => formatMoney(value, { digits })
  const change = differenceOf(overview.monthToDate, overview.sameDaysBefore)
  const before = previousMonth(month.period)
  const isPartial = month.days < month.daysInMonth
  const rate = overview.savingsRate
  return (
    <section aria-label="Figures" className="overflow-hidden">
      {/* The first figure of each row has its line outside. Each figure keeps the room of what is still to come. */}
      <dl className="-ml-4.25 grid grid-cols-3 gap-y-3 2xl:grid-cols-6 [&>div]:min-h-29">
        <Figure
          label={isPartial ? `${formatMonth(month.period)} to date` : formatMonth(month.period)}
          testId="figure-month-to-date"
          exact={overview.monthToDate}
          shown={money(overview.monthToDate)}
          unit={currency}
          href={monthDoor}
        >
          <span className="flex w-full items-center gap-1.5">
            <PartialMark days={month.days} daysInMonth={month.daysInMonth} />
            {month.estimated ? (
              <Chip tone="warn" title="AWS may still change the lines of this month">
                estimated
              </Chip>
            ) : null}
          </span>
          <a
            href={sameDaysDoor(overview)}
            data-testid="figure-same-days"
            data-value={overview.sameDaysBefore}
            title={`${isPartial ? `Same days of ${formatMonth(before)}` : formatMonth(before)}: ${overview.sameDaysBefore} ${currency}`}
            className="truncate rounded leading-6 underline-offset-2 hover:underline"
          >
            <Money value={change} currency={currency} sign="always" />
            {overview.changePercent === null ? null : ` (${formatPercent(overview.changePercent, 'always')})`}
            {isPartial ? ` vs same days of ${monthOnly(before)}` : ` vs ${monthOnly(before)}`}
          </a>
          <BudgetLine overview={overview} budgets={later.budgets} />
        </Figure>
        <ProjectionFigure overview={overview} forecast={later.forecast} budgets={later.budgets} />
        <Figure
          label="Year to date"
          testId="figure-year-to-date"
          exact={overview.yearToDate}
          shown={money(overview.yearToDate)}
          unit={currency}
          href={yearDoor}
        >
          <YearBefore overview={overview} />
        </Figure>
        <Figure
          label="Effective savings rate"
          testId="figure-savings-rate"
          exact={rate === null ? '' : String(rate)}
          shown={rate === null ? '–' : formatPercent(rate)}
          href={savingsDoor}
        >
          {rate === null ? 'No list prices in the data' : 'Below list price this month'}
        </Figure>
        <OwnerFigure overview={overview} later={later} />
        <AnomaliesFigure overview={overview} answer={later.anomalies} isNext={later.forecast.isSettled} />
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

function monthOnly(period: string): string {
  return formatMonth(period).split(' ')[0] ?? period
}

function YearBefore({ overview }: { readonly overview: Overview }) {
  const { yearBefore, yearToDate, currency, month, firstDay } = overview
  const year = Number(month.period.slice(0, 4))
  if (yearBefore === null) {
    return <span>{`The data begins in ${formatMonth(firstDay.slice(0, 7))}, too late for ${year - 1}`}</span>
  }
  return (
    <span
      className="truncate"
      data-testid="figure-year-before"
      data-value={yearBefore}
      title={`${yearBefore} ${currency} in the same days of ${year - 1}`}
    >
      <Money value={differenceOf(yearToDate, yearBefore)} currency={currency} sign="always" />
      {overview.yearChangePercent === null
        ? null
        : ` (${formatPercent(overview.yearChangePercent, 'always')})`}
      {` vs same days of ${year - 1}`}
    </span>
  )
}
