import type { Projection, SpendForecast } from '../../../analytics/contract/forecast'
import { Figure } from '../../components/figure'
import { digitsOf, formatMoney } from '../../format/money'
import { formatDays } from '../../format/time'

const titles: Readonly<Record<Projection['period'], string>> = {
  month: 'This month',
  quarter: 'This quarter',
  'fiscal-year': 'This fiscal year',
  year: 'This calendar year',
}

/** What each period that is under way will have cost: what has come, and what is still expected. */
export function ProjectionBand({ forecast }: { readonly forecast: SpendForecast }) {
  const { projections, currency } = forecast
  const whole = (amount: string) => formatMoney(amount, { digits: 0 })
  return (
    <dl
      className="grid gap-y-3"
      style={{ gridTemplateColumns: `repeat(${projections.length}, minmax(0, 1fr))` }}
    >
      {projections.map(({ period, from, to, total, actual, lo80, hi80 }) => (
        <Figure
          key={period}
          label={`${titles[period]}, ${formatDays(from, to)}`}
          testId={`projection-${period}`}
          exact={total}
          shown={formatMoney(total, { digits: digitsOf(currency) })}
          unit={currency}
        >
          <span>
            {whole(actual)} so far; 80 %: {whole(lo80)} to {whole(hi80)}
          </span>
        </Figure>
      ))}
    </dl>
  )
}
