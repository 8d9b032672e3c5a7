import { useMemo } from 'react'
import type { Overview } from '../../../analytics/contract/overview'
import { CopyButton } from '../../components/copy-button'
import { type Column, DataTable } from '../../components/data-table'
import { Money } from '../../components/money'
import { compareDecimals, sumOf } from '../../format/decimal'
import { formatMonthShort } from '../../format/time'
import { monthTotals } from './summary'

type Row = Overview['series'][number]

/** Tab-separated and exact, as a spreadsheet wants it. */
export function tableText(overview: Overview): string {
  const totals = monthTotals(overview)
  return [
    ['Service', ...overview.months, 'Total'],
    ...overview.series.map((series) => [series.service, ...series.values, series.total]),
    ['Total', ...totals, sumOf(totals)],
  ]
    .map((cells) => cells.join('\t'))
    .join('\n')
}

interface ServicesTableProps {
  readonly overview: Overview
  readonly colours: ReadonlyMap<string, string>
}

/** The chart's twin: the same figures, with totals that are sums of exactly what stands above them. */
export function ServicesTable({ overview, colours }: ServicesTableProps) {
  const { currency, months } = overview
  const columns = useMemo((): readonly Column<Row>[] => {
    const totals = monthTotals(overview)
    const isPartial = overview.month.days < overview.month.daysInMonth
    return [
      {
        id: 'service',
        head: `Service (${currency})`,
        cell: (row) => (
          <span className="inline-flex items-center gap-2">
            <span
              aria-hidden
              className="size-2.5 rounded-xs"
              style={{ background: colours.get(row.service) }}
            />
            {row.service}
          </span>
        ),
        compare: (left, right) => left.service.localeCompare(right.service),
        foot: 'Total',
      },
      ...months.map(
        (month, index): Column<Row> => ({
          id: month,
          head:
            isPartial && month === overview.month.period
              ? `${formatMonthShort(month)} (${overview.month.days} days)`
              : formatMonthShort(month),
          isFigure: true,
          cell: (row) => <Money value={row.values[index] ?? '0'} currency={currency} />,
          compare: (left, right) => compareDecimals(left.values[index] ?? '0', right.values[index] ?? '0'),
          foot: <Money value={totals[index] ?? '0'} currency={currency} />,
        }),
      ),
      {
        id: 'total',
        head: 'Total',
        isFigure: true,
        cell: (row) => <Money value={row.total} currency={currency} />,
        compare: (left, right) => compareDecimals(left.total, right.total),
        foot: <Money value={sumOf(totals)} currency={currency} />,
      },
    ]
  }, [overview, colours, currency, months])
  return (
    <>
      <DataTable
        caption="Spend by service and month"
        testId="table-services"
        columns={columns}
        rows={overview.series}
        rowKey={(row) => row.service}
        className="max-h-104"
        startsAtEnd
      />
      <div className="mt-1 flex items-center gap-3 text-12 text-muted">
        <span>Totals add the exact figures; each cell is rounded to the cent on its own.</span>
        <CopyButton label="Copy as TSV" text={() => tableText(overview)} />
      </div>
    </>
  )
}
