import { useMemo } from 'react'
import type { ChangeSplit, Movers, Overview } from '../../../analytics/contract/overview'
import { changeView, useRoute } from '../../app/route'
import { Chip } from '../../components/chip'
import { type Column, DataTable } from '../../components/data-table'
import { Money } from '../../components/money'
import { Panel } from '../../components/panel'
import { Segmented } from '../../components/segmented'
import { compareDecimals, differenceOf } from '../../format/decimal'
import { formatPercent } from '../../format/money'
import { formatMonth, formatMonthShort, previousMonth } from '../../format/time'
import type { ChannelAnswer } from '../../queries/use-channel'
import { valueName } from '../explorer/group-names'
import { moverDoor, usageTypeDoor } from './doors'
import { type MoverRow, moverRows } from './mover-rows'

const sides = [
  { value: 'service', title: 'Services' },
  { value: 'account', title: 'Accounts' },
] as const
type Side = (typeof sides)[number]['value']

const causes = [
  { id: 'usage', head: 'Usage', title: 'More or less of what was used before, at its former price' },
  { id: 'price', head: 'Price', title: 'The same usage at another price a unit' },
  { id: 'mix', head: 'New, gone', title: 'Usage that appeared or went away' },
  { id: 'fees', head: 'No usage', title: 'Fees, taxes, credits and refunds' },
] as const satisfies readonly { id: keyof ChangeSplit; head: string; title: string }[]

function ChangeInPercent({ row }: { readonly row: MoverRow }) {
  switch (row.state) {
    case 'new':
      return <Chip title="There was no spend in the days compared with">new</Chip>
    case 'gone':
      return <Chip title="There is no spend in the days of this month">gone</Chip>
    case 'changed':
      return <>{row.changePercent === null ? '–' : formatPercent(row.changePercent, 'always')}</>
  }
}

function percentOrder(row: MoverRow): number {
  if (row.state === 'new') return Number.POSITIVE_INFINITY
  return row.changePercent ?? -100
}

function Lead({ row, side }: { readonly row: MoverRow; readonly side: Side }) {
  if (row.lead === null) return null
  return (
    <a
      href={usageTypeDoor(side, row.value, row.lead.usageType)}
      title={`${row.lead.usageType}: ${row.lead.change}`}
      className="block truncate rounded font-mono text-12 text-muted underline-offset-2 hover:text-ink hover:underline"
    >
      {row.lead.usageType}
    </a>
  )
}

function nameOf({ kind, value, label }: MoverRow, side: Side): string {
  if (kind === 'rest') return side === 'service' ? 'Other services' : 'Other accounts'
  return label ?? valueName(value, side, {})
}

interface MoversPanelProps {
  readonly overview: Overview
  readonly movers: ChannelAnswer<Movers>
}

/** This month against the same days of the month before, one row a thing, and what each change is made of. */
export function MoversPanel({ overview, movers }: MoversPanelProps) {
  const { view } = useRoute()
  const side: Side = view.movers === 'account' ? 'account' : 'service'
  const { currency, month } = overview
  const before = previousMonth(month.period)
  const { data } = movers
  const rows = useMemo(
    () =>
      side === 'service'
        ? moverRows(overview.movers, data?.services, data?.total, overview)
        : moverRows(overview.accounts, data?.accounts, data?.total, overview),
    [side, overview, data],
  )
  const columns = useMemo(
    (): readonly Column<MoverRow>[] => [
      {
        id: 'value',
        head: side === 'service' ? 'Service' : 'Account',
        isElastic: true,
        cell: (row) => (
          <span
            className="block truncate"
            title={row.label === null ? row.value : `${row.label} (${row.value})`}
          >
            {row.kind === 'rest' ? (
              <span className="text-muted">{nameOf(row, side)}</span>
            ) : (
              <a href={moverDoor(side, row.value)} className="rounded underline-offset-2 hover:underline">
                {nameOf(row, side)}
              </a>
            )}
            {row.label === null ? null : (
              <span className="ml-2 hidden text-12 text-muted 2xl:inline">{row.value}</span>
            )}
          </span>
        ),
        compare: (left, right) => nameOf(left, side).localeCompare(nameOf(right, side)),
        foot: 'Total',
      },
      {
        id: 'current',
        head: formatMonthShort(month.period),
        isFigure: true,
        cell: (row) => <Money value={row.current} currency={currency} />,
        compare: (left, right) => compareDecimals(left.current, right.current),
        foot: <Money value={overview.monthToDate} currency={currency} />,
      },
      {
        id: 'previous',
        head: formatMonthShort(before),
        isFigure: true,
        cell: (row) => <Money value={row.previous} currency={currency} />,
        compare: (left, right) => compareDecimals(left.previous, right.previous),
        foot: <Money value={overview.sameDaysBefore} currency={currency} />,
      },
      {
        id: 'change',
        head: `Change (${currency})`,
        isFigure: true,
        cell: (row) => <Money value={row.change} currency={currency} sign="always" />,
        compare: (left, right) => compareDecimals(left.change, right.change),
        foot: (
          <Money
            value={differenceOf(overview.monthToDate, overview.sameDaysBefore)}
            currency={currency}
            sign="always"
          />
        ),
      },
      {
        id: 'percent',
        head: 'Change',
        isFigure: true,
        cell: (row) => <ChangeInPercent row={row} />,
        compare: (left, right) => percentOrder(left) - percentOrder(right),
        foot: overview.changePercent === null ? null : formatPercent(overview.changePercent, 'always'),
      },
      ...causes.map(
        ({ id, head }): Column<MoverRow> => ({
          id,
          head,
          isFigure: true,
          cell: (row) =>
            row.split === null ? (
              <span className="text-muted">{data === undefined ? '…' : '–'}</span>
            ) : (
              <Money value={row.split[id]} currency={currency} sign="always" />
            ),
          compare: (left, right) => compareDecimals(left.split?.[id] ?? '0', right.split?.[id] ?? '0'),
          foot:
            data === undefined ? (
              '…'
            ) : (
              <Money value={data.total.split[id]} currency={currency} sign="always" />
            ),
        }),
      ),
      { id: 'lead', head: 'Mostly', isWideOnly: true, cell: (row) => <Lead row={row} side={side} /> },
    ],
    [side, month.period, before, currency, overview, data],
  )
  const hint =
    month.days < month.daysInMonth
      ? `First ${month.days} days of ${formatMonth(month.period)} against the same days before`
      : `${formatMonth(month.period)} against ${formatMonth(before)}`
  return (
    <Panel
      title="What moved"
      hint={hint}
      actions={
        <Segmented
          label="What moved, by"
          value={side}
          options={sides}
          onChange={(next) => changeView({ movers: next === 'account' ? 'account' : '' })}
        />
      }
    >
      {rows.length === 0 ? (
        <p className="py-3 text-muted" data-testid="movers">
          Nothing changed between these days.
        </p>
      ) : (
        <DataTable
          caption={`What moved, by ${side}`}
          testId="movers"
          columns={columns}
          rows={rows}
          rowKey={(row) => row.value}
        />
      )}
      <p className="mt-1 text-12 text-muted">
        {movers.failure === null ? (
          causes.map(({ id, head, title }) => (
            <span key={id} className="mr-3 inline-block">
              <span className="text-ink">{head}</span>: {title.charAt(0).toLowerCase() + title.slice(1)}.
            </span>
          ))
        ) : (
          <>The causes could not be had: {movers.failure.message}</>
        )}
      </p>
    </Panel>
  )
}
