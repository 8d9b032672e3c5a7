import { useMemo } from 'react'
import type { MoneyPoint, SpendForecast } from '../../../analytics/contract/forecast'
import { type Column, DataTable } from '../../components/data-table'
import { Money } from '../../components/money'
import { differenceOf, sumOf } from '../../format/decimal'
import { formatMoney } from '../../format/money'
import { formatDay, formatMonthShort } from '../../format/time'

interface MonthTableProps {
  readonly forecast: SpendForecast
  /** The same without events and growth, where there are any. */
  readonly without: SpendForecast | null
}

function meansOf({ total }: SpendForecast): readonly string[] {
  return total.points.map(({ mean }) => mean)
}

export function MonthTable({ forecast, without }: MonthTableProps) {
  const { currency, total } = forecast
  const columns = useMemo((): readonly Column<MoneyPoint>[] => {
    const plain = new Map(without?.total.points.map(({ t, mean }) => [t, mean]))
    const change = ({ t, mean }: MoneyPoint) => differenceOf(mean, plain.get(t) ?? mean)
    const sum = sumOf(meansOf(forecast))
    return [
      { id: 'month', head: 'Month', cell: ({ t }) => formatMonthShort(t.slice(0, 7)), foot: 'Total' },
      {
        id: 'mean',
        head: `Forecast (${currency})`,
        isFigure: true,
        cell: ({ mean }) => <Money value={mean} currency={currency} />,
        foot: <Money value={sum} currency={currency} />,
      },
      ...(without === null
        ? []
        : [
            {
              id: 'scenario',
              head: 'Scenario adds',
              isFigure: true,
              cell: (point: MoneyPoint) => <Money value={change(point)} currency={currency} sign="always" />,
              foot: (
                <Money value={sumOf(forecast.total.points.map(change))} currency={currency} sign="always" />
              ),
            },
          ]),
      {
        id: 'band',
        head: '80 % band',
        isFigure: true,
        cell: ({ lo80, hi80 }) => (
          <span className="figures text-muted">
            {formatMoney(lo80, { digits: 0 })} – {formatMoney(hi80, { digits: 0 })}
          </span>
        ),
      },
    ]
  }, [forecast, without, currency])
  return (
    <>
      <DataTable
        caption="Forecast by month"
        testId="forecast-months"
        columns={columns}
        rows={total.points}
        rowKey={({ t }) => t}
        className="max-h-72 2xl:max-h-104"
      />
      <StillDue forecast={forecast} />
    </>
  )
}

const mostNamed = 3

/** Charges of the month that are written when it closes: in the month and the projections, in no day ahead. */
function StillDue({ forecast: { due } }: Pick<MonthTableProps, 'forecast'>) {
  if (due.length === 0) return null
  const named = due
    .slice(0, mostNamed)
    .map(({ part, t }) => `${part === 'total' ? 'a charge of the month' : part} on ${formatDay(t)}`)
  const others = due.length > mostNamed ? [`${due.length - mostNamed} more`] : []
  return (
    <p data-testid="forecast-due" className="mt-1 text-12 text-muted">
      Of past days, {formatMoney(sumOf(due.map(({ amount }) => amount)))} is still to be billed:{' '}
      {[...named, ...others].join(', ')}.
    </p>
  )
}
