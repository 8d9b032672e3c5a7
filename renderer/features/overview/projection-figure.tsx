import type { Budgets } from '../../../analytics/contract/budgets'
import type { SpendForecast } from '../../../analytics/contract/forecast'
import type { Overview } from '../../../analytics/contract/overview'
import { Figure } from '../../components/figure'
import { compareDecimals } from '../../format/decimal'
import { digitsOf, formatMoney } from '../../format/money'
import { formatMonth, previousMonth } from '../../format/time'
import type { ChannelAnswer } from '../../queries/use-channel'
import { budgetOfBill } from './budget-of-bill'
import { forecastDoor, lastMonthDoor } from './doors'

interface ProjectionFigureProps {
  readonly overview: Overview
  readonly forecast: ChannelAnswer<SpendForecast>
  readonly budgets: ChannelAnswer<Budgets>
}

/** What the month is expected to come to, in its band, beside the last whole month and the budget. */
export function ProjectionFigure({ overview, forecast, budgets }: ProjectionFigureProps) {
  const { currency, month, lastMonth } = overview
  const money = (value: string) => formatMoney(value, { digits: digitsOf(currency) })
  const whole = (value: string) => formatMoney(value, { digits: 0 })
  const projection = forecast.data?.projections.find(
    ({ period, from }) => period === 'month' && from === month.from,
  )
  const isOver = month.days >= month.daysInMonth
  const shown = projection?.total ?? (isOver ? overview.monthToDate : null)
  const budget = budgets.data === undefined ? null : budgetOfBill(budgets.data.budgets, overview)
  const exceeds = budget !== null && shown !== null && compareDecimals(shown, budget.amount) > 0
  const before = previousMonth(month.period)
  return (
    <Figure
      label={`${formatMonth(month.period)}, ${isOver ? 'whole' : 'expected'}`}
      testId="figure-projection"
      exact={shown ?? ''}
      shown={shown === null ? '–' : money(shown)}
      {...(shown === null ? {} : { unit: currency })}
      href={forecastDoor}
    >
      <span className="w-full truncate">
        {projection !== undefined
          ? `80 % between ${whole(projection.lo80)} and ${whole(projection.hi80)}`
          : isOver
            ? 'All its days are in the data'
            : (forecast.failure?.message ?? 'Being forecast')}
      </span>
      <a
        href={lastMonthDoor}
        data-testid="figure-last-month"
        data-value={lastMonth}
        title={`${lastMonth} ${currency}`}
        className="w-full truncate rounded leading-6 underline-offset-2 hover:underline"
      >
        {formatMonth(before)}: {money(lastMonth)}
      </a>
      {budget === null ? null : (
        <span className={exceeds ? 'font-medium text-bad' : ''}>
          {exceeds ? 'More than the budget' : 'Within the budget'}
        </span>
      )}
    </Figure>
  )
}
