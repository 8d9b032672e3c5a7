import { useMemo } from 'react'
import type { SpendForecast, SpendSeries } from '../../../analytics/contract/forecast'
import { type Column, DataTable } from '../../components/data-table'
import { Money } from '../../components/money'
import { compareDecimals, differenceOf, sumOf } from '../../format/decimal'
import { formatPercent } from '../../format/money'
import { formatMonthShort } from '../../format/time'

interface PartsTableProps {
  readonly forecast: SpendForecast
  readonly what: string
  readonly nameOf: (id: string) => string
  /** Where it is taken apart; null for what is not in the bill. */
  readonly doorOf: (id: string) => string | null
}

function totalOf({ points }: SpendSeries): string {
  return sumOf(points.map(({ mean }) => mean))
}

/** From the last whole month to what the first of the table will come to. */
function changeOf({ before, points }: SpendSeries): string {
  return differenceOf(points[0]?.mean ?? before, before)
}

/** The parts month by month. The foot is the forecast's own total, which the parts come to exactly. */
export function PartsTable({ forecast, what, nameOf, doorOf }: PartsTableProps) {
  const { series, total, currency } = forecast
  const columns = useMemo((): readonly Column<SpendSeries>[] => {
    const wape = ({ backtest }: SpendSeries) => backtest.wape
    return [
      {
        id: 'part',
        head: `${what} (${currency})`,
        cell: ({ id }) => {
          const door = doorOf(id)
          return door === null ? (
            nameOf(id)
          ) : (
            <a href={door} className="hover:underline">
              {nameOf(id)}
            </a>
          )
        },
        compare: (left, right) => nameOf(left.id).localeCompare(nameOf(right.id)),
        foot: 'Total',
      },
      ...total.points.map(
        ({ t, mean }, index): Column<SpendSeries> => ({
          id: t,
          head: formatMonthShort(t.slice(0, 7)),
          isFigure: true,
          cell: ({ points }) => <Money value={points[index]?.mean ?? '0'} currency={currency} />,
          compare: (left, right) =>
            compareDecimals(left.points[index]?.mean ?? '0', right.points[index]?.mean ?? '0'),
          foot: <Money value={mean} currency={currency} />,
        }),
      ),
      {
        id: 'before',
        head: 'Last month',
        isFigure: true,
        cell: ({ before }) => <Money value={before} currency={currency} />,
        compare: (left, right) => compareDecimals(left.before, right.before),
        foot: <Money value={total.before} currency={currency} />,
      },
      {
        id: 'change',
        head: 'Change',
        isFigure: true,
        cell: (part) => <Money value={changeOf(part)} currency={currency} sign="always" />,
        compare: (left, right) => compareDecimals(changeOf(left), changeOf(right)),
        foot: <Money value={changeOf(total)} currency={currency} sign="always" />,
      },
      {
        id: 'total',
        head: 'Total',
        isFigure: true,
        cell: (part) => <Money value={totalOf(part)} currency={currency} />,
        compare: (left, right) => compareDecimals(totalOf(left), totalOf(right)),
        foot: <Money value={totalOf(total)} currency={currency} />,
      },
      {
        id: 'off',
        head: 'Off by',
        isFigure: true,
        cell: (part) => offBy(wape(part)),
        compare: (left, right) => (wape(left) ?? 0) - (wape(right) ?? 0),
        foot: offBy(wape(total)),
      },
    ]
  }, [total, currency, what, nameOf, doorOf])
  return (
    <DataTable
      caption={`Forecast by ${what.toLowerCase()} and month`}
      testId="forecast-parts"
      columns={columns}
      rows={series}
      rowKey={({ id }) => id}
      className="max-h-112"
    />
  )
}

/** Without a backtest nothing is known, and nothing is made up. */
export function offBy(wape: number | null): string {
  return wape === null ? 'not known' : formatPercent(wape * 100)
}
