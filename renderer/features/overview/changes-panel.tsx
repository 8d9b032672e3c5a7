import { useMemo } from 'react'
import type { Overview, SpendChange } from '../../../analytics/contract/overview'
import { Chip } from '../../components/chip'
import { type Column, DataTable } from '../../components/data-table'
import { Money } from '../../components/money'
import { Panel } from '../../components/panel'
import { compareDecimals } from '../../format/decimal'
import { formatPercent } from '../../format/money'
import { formatMonth, formatMonthShort, previousMonth } from '../../format/time'

interface ChangesPanelProps {
  readonly title: string
  readonly what: string
  readonly testId: string
  readonly changes: readonly SpendChange[]
  readonly overview: Overview
}

function ChangeInPercent({ change }: { readonly change: SpendChange }) {
  switch (change.state) {
    case 'new':
      return <Chip title="There was no spend in the days compared with">new</Chip>
    case 'gone':
      return <Chip title="There is no spend in the days of this month">gone</Chip>
    case 'changed':
      return <>{change.changePercent === null ? '–' : formatPercent(change.changePercent, 'always')}</>
  }
}

function percentOrder(change: SpendChange): number {
  if (change.state === 'new') return Number.POSITIVE_INFINITY
  return change.changePercent ?? -100
}

function shownName(change: SpendChange): string {
  return change.label ?? change.value
}

/** This month against the same days of the month before, one row a thing. */
export function ChangesPanel({ title, what, testId, changes, overview }: ChangesPanelProps) {
  const { currency, month } = overview
  const before = previousMonth(month.period)
  const isPartial = month.days < month.daysInMonth
  const columns = useMemo(
    (): readonly Column<SpendChange>[] => [
      {
        id: 'value',
        head: what,
        isElastic: true,
        cell: (row) => (
          <span
            className="block truncate"
            title={row.label === null ? row.value : `${row.label} (${row.value})`}
          >
            {row.label ?? row.value}
            {row.label === null ? null : (
              <span className="ml-2 hidden text-12 text-muted 2xl:inline">{row.value}</span>
            )}
          </span>
        ),
        compare: (left, right) => shownName(left).localeCompare(shownName(right)),
      },
      {
        id: 'current',
        head: formatMonthShort(month.period),
        isFigure: true,
        cell: (row) => <Money value={row.current} currency={currency} />,
        compare: (left, right) => compareDecimals(left.current, right.current),
      },
      {
        id: 'previous',
        head: formatMonthShort(before),
        isFigure: true,
        cell: (row) => <Money value={row.previous} currency={currency} />,
        compare: (left, right) => compareDecimals(left.previous, right.previous),
      },
      {
        id: 'change',
        head: `Change (${currency})`,
        isFigure: true,
        cell: (row) => <Money value={row.change} currency={currency} sign="always" />,
        compare: (left, right) => compareDecimals(left.change, right.change),
      },
      {
        id: 'percent',
        head: 'Change',
        isFigure: true,
        cell: (row) => <ChangeInPercent change={row} />,
        compare: (left, right) => percentOrder(left) - percentOrder(right),
      },
    ],
    [what, month.period, before, currency],
  )
  const hint = isPartial
    ? `First ${month.days} days of ${formatMonth(month.period)} against the same days before`
    : `${formatMonth(month.period)} against ${formatMonth(before)}`
  return (
    <Panel title={title} hint={hint}>
      {changes.length === 0 ? (
        <p className="py-3 text-muted" data-testid={testId}>
          Nothing changed between these days.
        </p>
      ) : (
        <DataTable
          caption={title}
          testId={testId}
          columns={columns}
          rows={changes}
          rowKey={(row) => row.value}
        />
      )}
    </Panel>
  )
}
