import type { Delivery, RestatedLine } from '../../../analytics/contract/restatements'
import { Chip } from '../../components/chip'
import { type Column, DataTable } from '../../components/data-table'
import { Money } from '../../components/money'
import { compareDecimals } from '../../format/decimal'
import { formatCount } from '../../format/money'

function columnsOf(currencies: readonly string[]): readonly Column<RestatedLine>[] {
  const unit = currencies.length === 1 ? ` (${currencies[0]})` : ''
  return [
    {
      id: 'account',
      head: 'Account',
      cell: (row) => <span title={row.account ?? ''}>{row.accountName ?? row.account}</span>,
    },
    {
      id: 'service',
      head: 'Service',
      cell: (row) => (
        <span className="block max-w-44 truncate" title={row.service ?? ''}>
          {row.service}
        </span>
      ),
    },
    {
      id: 'type',
      head: 'Line type',
      cell: (row) => (
        <>
          {row.lineType} {row.kind === 'changed' ? null : <Chip>{row.kind}</Chip>}
        </>
      ),
    },
    {
      id: 'before',
      head: `Before${unit}`,
      isFigure: true,
      cell: (row) => <Money value={row.billedBefore} currency={row.currency} />,
    },
    {
      id: 'billed',
      head: 'Billed',
      isFigure: true,
      cell: (row) => <Money value={row.billed} currency={row.currency} />,
    },
    {
      id: 'billed-change',
      head: 'Billed change',
      isFigure: true,
      cell: (row) => <Money value={row.billedChange} currency={row.currency} sign="always" />,
      compare: (left, right) => compareDecimals(left.billedChange, right.billedChange),
    },
    {
      id: 'effective-change',
      head: 'Effective',
      isFigure: true,
      cell: (row) => <Money value={row.effectiveChange} currency={row.currency} sign="always" />,
      compare: (left, right) => compareDecimals(left.effectiveChange, right.effectiveChange),
    },
    ...(unit === '' ? [{ id: 'currency', head: 'Currency', cell: (row: RestatedLine) => row.currency }] : []),
  ]
}

/** What a delivery changed of the one before it, the largest first. */
export function RestatedLines({
  delivery,
  caption,
}: {
  readonly delivery: Delivery
  readonly caption: string
}) {
  const { changes, changeCount } = delivery
  if (changeCount === 0) return <p className="text-muted">The same amounts as before.</p>
  return (
    <>
      <DataTable
        caption={caption}
        columns={columnsOf([...new Set(changes.map(({ currency }) => currency))])}
        rows={changes}
        rowKey={(row) => `${row.account} ${row.service} ${row.lineType} ${row.currency}`}
        className="max-h-96"
      />
      {changeCount > changes.length ? (
        <p className="mt-1 text-12 text-muted">
          {formatCount(changes.length)} of {formatCount(changeCount)} changes are shown, the largest first.
        </p>
      ) : null}
    </>
  )
}
