import type { Anomalies } from '../../../analytics/contract/anomalies'
import { type Column, DataTable } from '../../components/data-table'
import { Money } from '../../components/money'
import { Panel } from '../../components/panel'
import { compareDecimals } from '../../format/decimal'
import { formatDay } from '../../format/time'

type Adjustment = Anomalies['adjustments'][number]

const columnsIn = (currency: string): readonly Column<Adjustment>[] => [
  {
    id: 'day',
    head: 'Day',
    cell: ({ day }) => formatDay(day),
    compare: (left, right) => left.day.localeCompare(right.day),
  },
  { id: 'category', head: 'What', cell: ({ category }) => category },
  {
    id: 'service',
    head: 'Service',
    cell: ({ service }) => service,
    compare: (left, right) => left.service.localeCompare(right.service),
  },
  {
    id: 'amount',
    head: `Amount (${currency})`,
    isFigure: true,
    cell: ({ amount }) => <Money value={amount} currency={currency} sign="always" />,
    compare: (left, right) => compareDecimals(left.amount, right.amount),
  },
]

/** Told apart from anomalies, because usage did not cause them. */
export function Adjustments({ found, currency }: { readonly found: Anomalies; readonly currency: string }) {
  const newestFirst = found.adjustments.toSorted((left, right) => right.day.localeCompare(left.day))
  return (
    <Panel title="Credits, refunds, adjustments" hint="not from usage">
      {newestFirst.length === 0 ? (
        <p className="text-muted">There are none.</p>
      ) : (
        <DataTable
          caption="Credits, refunds and adjustments"
          testId="adjustments"
          columns={columnsIn(currency)}
          rows={newestFirst}
          rowKey={({ day, category, service, amount }) => [day, category, service, amount].join(' ')}
          className="max-h-60"
        />
      )}
    </Panel>
  )
}
