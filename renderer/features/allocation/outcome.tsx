import type { Allocated, Allocation, AllocationMoves } from '../../../analytics/contract/allocation'
import type { Preset } from '../../../analytics/contract/periods'
import { writeRoute } from '../../app/route'
import { type Column, DataTable } from '../../components/data-table'
import { Figure } from '../../components/figure'
import { Money } from '../../components/money'
import { Panel } from '../../components/panel'
import { compareDecimals } from '../../format/decimal'
import { digitsOf, formatMoney, formatPercent } from '../../format/money'
import { formatDays, formatMonth } from '../../format/time'
import { writeAddress } from '../explorer/address'
import { unallocatedValue } from '../explorer/dimension-words'
import { startState } from '../explorer/state'

export function shownValue(value: string): string {
  return value === unallocatedValue ? 'Unallocated' : value
}

/** The bill, and what of it has an owner. */
export function AllocationFigures({ shown }: { readonly shown: Allocation }) {
  const { currency, total, allocated, unallocated, unallocatedShare, window } = shown
  const money = (amount: string) => formatMoney(amount, { digits: digitsOf(currency ?? '') })
  const unit = currency === null ? {} : { unit: currency }
  return (
    <dl className="mb-4 grid grid-cols-3 gap-y-2">
      <Figure label="The bill" testId="allocation-total" exact={total} shown={money(total)} {...unit}>
        {formatDays(window.from, window.to)}
      </Figure>
      <Figure
        label="Allocated"
        testId="allocation-allocated"
        exact={allocated}
        shown={money(allocated)}
        {...unit}
      />
      <Figure
        label="Unallocated"
        testId="allocation-unallocated"
        exact={unallocated}
        shown={money(unallocated)}
        {...unit}
      >
        {unallocatedShare === null ? null : `${formatPercent(unallocatedShare)} of the bill`}
      </Figure>
    </dl>
  )
}

function originWords({ origins }: Allocated): string {
  return origins
    .map(({ rule, from, via, share }) => {
      const part = share === null || from === null ? '' : ` ${formatPercent(share)}`
      const way = [...(from === null ? [] : [from]), ...via].join(' → ')
      return rule === null ? 'no rule matches' : way === '' ? rule : `${rule} (${way}${part})`
    })
    .join(', ')
}

interface ValuesTableProps {
  readonly shown: Allocation
  readonly period: Preset
  /** What is not saved cannot be asked for elsewhere. */
  readonly isSaved: boolean
}

/** What each value is given, and by which rules. */
export function ValuesTable({ shown, period, isSaved }: ValuesTableProps) {
  const currency = shown.currency ?? ''
  const addressOf = (value: string) =>
    writeRoute(
      'explorer',
      writeAddress({
        ...startState,
        period: { preset: period },
        where: [{ dimension: `allocation:${shown.name}`, operator: '=', value }],
      }),
    )
  const columns: readonly Column<Allocated>[] = [
    {
      id: 'value',
      head: 'Value',
      cell: ({ value }) =>
        isSaved ? (
          <a className="rounded text-accent hover:underline" href={addressOf(value)}>
            {shownValue(value)}
          </a>
        ) : (
          shownValue(value)
        ),
      compare: (left, right) => left.value.localeCompare(right.value),
      foot: 'The bill',
    },
    {
      id: 'amount',
      head: 'Amount',
      isFigure: true,
      cell: ({ amount }) => <Money value={amount} currency={currency} />,
      compare: (left, right) => compareDecimals(left.amount, right.amount),
      foot: <Money value={shown.total} currency={currency} />,
    },
    {
      id: 'direct',
      head: 'Own',
      isFigure: true,
      cell: ({ direct }) => <Money value={direct} currency={currency} />,
      compare: (left, right) => compareDecimals(left.direct, right.direct),
    },
    {
      id: 'shared',
      head: 'Shared',
      isFigure: true,
      cell: ({ shared }) => <Money value={shared} currency={currency} />,
      compare: (left, right) => compareDecimals(left.shared, right.shared),
    },
    {
      id: 'origins',
      head: 'From',
      isElastic: true,
      cell: (row) => (
        <span className="block truncate text-12 text-muted" title={originWords(row)}>
          {originWords(row)}
        </span>
      ),
    },
  ]
  return (
    <DataTable
      caption="Values"
      testId="allocated"
      columns={columns}
      rows={shown.values}
      rowKey={({ value }) => value}
    />
  )
}

/** What no rule matches, and what could not be divided. */
export function UnallocatedPanel({ shown }: { readonly shown: Allocation }) {
  const currency = shown.currency ?? ''
  const { unmatched, unmatchedRest, undivided, accountNames } = shown
  if (unmatched.length === 0 && undivided.length === 0) return null
  const nameOf = (account: string) => accountNames[account] ?? account
  return (
    <Panel title="What is unallocated" hint="The biggest parts that no rule matches">
      {undivided.length === 0 ? null : (
        <ul className="mb-2 flex flex-col gap-0.5">
          {undivided.map(({ of, month, amount, reason }) => (
            <li key={`${of} ${month}`} className="rounded bg-warn-soft px-2 py-1 text-warn">
              {of} of {formatMonth(month.slice(0, 7))}, {formatMoney(amount)} {currency}, is not divided.{' '}
              {reason}
            </li>
          ))}
        </ul>
      )}
      {unmatched.length === 0 ? null : (
        <DataTable
          caption="Unallocated spend"
          columns={[
            { id: 'service', head: 'Service', cell: ({ service }) => service, isElastic: true },
            { id: 'account', head: 'Account', cell: ({ account }) => nameOf(account) },
            {
              id: 'amount',
              head: 'Amount',
              isFigure: true,
              cell: ({ amount }) => <Money value={amount} currency={currency} />,
            },
          ]}
          rows={
            compareDecimals(unmatchedRest, '0') === 0
              ? unmatched
              : [...unmatched, { service: 'The rest', account: '', amount: unmatchedRest }]
          }
          rowKey={({ service, account }) => `${service} ${account}`}
        />
      )}
    </Panel>
  )
}

/** Which amounts go to another value. */
export function MovesTable({ moves }: { readonly moves: AllocationMoves }) {
  const currency = moves.currency ?? ''
  if (moves.moves.length === 0) return <p className="text-muted">Every amount goes where it went before.</p>
  return (
    <DataTable
      caption="Moved amounts"
      columns={[
        { id: 'from', head: 'From', cell: ({ from }) => shownValue(from) },
        { id: 'to', head: 'To', cell: ({ to }) => shownValue(to), isElastic: true },
        {
          id: 'amount',
          head: 'Amount',
          isFigure: true,
          cell: ({ amount }) => <Money value={amount} currency={currency} />,
        },
      ]}
      rows={moves.moves.slice(0, 100)}
      rowKey={({ from, to }) => JSON.stringify([from, to])}
    />
  )
}
