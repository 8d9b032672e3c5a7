import type { UnitCosts, UnitGrain, UnitPoint } from '../../../analytics/contract/unit-costs'
import { Chip } from '../../components/chip'
import { type Column, DataTable } from '../../components/data-table'
import { Money } from '../../components/money'
import { compareDecimals } from '../../format/decimal'
import { formatMoney, formatPercent } from '../../format/money'
import { missingText, timeText, unitDigits, unitsText } from './unit-words'

interface UnitTableProps {
  readonly costs: UnitCosts
  readonly grain: UnitGrain
  readonly points: readonly UnitPoint[]
  readonly total: UnitCosts['total']
  readonly of: string | null
}

/** The chart's twin: newest first, what was divided by what, and what changed it. */
export function UnitTable({ costs, grain, points, total, of }: UnitTableProps) {
  const { driver, currency } = costs
  const code = currency ?? ''
  const digits = unitDigits(points.map(({ unitCost }) => unitCost))
  const unitCost = (value: string | null) =>
    value === null ? (
      <span className="text-muted">–</span>
    ) : (
      <span className="figures" title={`${value} ${code}`.trim()}>
        {formatMoney(value, { digits })}
      </span>
    )
  const money = (value: string | undefined, sign: 'auto' | 'always' = 'auto') =>
    value === undefined ? (
      <span className="text-muted">–</span>
    ) : (
      <Money value={value} currency={code} sign={sign} />
    )
  const columns: readonly Column<UnitPoint>[] = [
    {
      id: 'time',
      head: 'Period',
      cell: ({ time }) => timeText(time, grain),
      compare: (left, right) => left.time.localeCompare(right.time),
      foot: 'All of it',
    },
    {
      id: 'unit',
      head: `Per ${driver.unit} (${code})`,
      isFigure: true,
      cell: (row) => unitCost(row.unitCost),
      compare: (left, right) => compareDecimals(left.unitCost ?? '0', right.unitCost ?? '0'),
      foot: unitCost(total.unitCost),
    },
    {
      id: 'percent',
      head: 'Change',
      isFigure: true,
      cell: ({ change }) =>
        change === null || change.percent === null ? (
          <span className="text-muted">–</span>
        ) : (
          formatPercent(change.percent, 'always')
        ),
    },
    {
      id: 'cost',
      head: 'Cost',
      isFigure: true,
      cell: ({ cost }) => money(cost),
      compare: (left, right) => compareDecimals(left.cost, right.cost),
      foot: money(total.cost),
    },
    {
      id: 'counted',
      head: 'Divided',
      isFigure: true,
      cell: ({ counted }) => money(counted),
      foot: money(total.counted),
    },
    {
      id: 'units',
      head: 'Units',
      isFigure: true,
      cell: ({ units }) => <span title={units}>{unitsText(units)}</span>,
      compare: (left, right) => compareDecimals(left.units, right.units),
      foot: unitsText(total.units),
    },
    {
      id: 'volume',
      head: 'By volume',
      isFigure: true,
      cell: ({ change }) => money(change?.whole ? change.volume : undefined, 'always'),
    },
    {
      id: 'rate',
      head: 'By price',
      isFigure: true,
      cell: ({ change }) => money(change?.whole ? change.rate : undefined, 'always'),
    },
    {
      id: 'missing',
      head: 'Left out',
      cell: (row) => {
        const text = missingText(row, driver)
        return text === null ? null : <Chip tone={row.missing > 0 ? 'warn' : 'plain'}>{text}</Chip>
      },
    },
  ]
  return (
    <>
      <DataTable
        caption={of === null ? `Cost per ${driver.unit}` : `Cost per ${driver.unit} of ${of}`}
        testId="units-table"
        columns={columns}
        rows={points.toReversed()}
        rowKey={({ time }) => time}
        className="max-h-104"
      />
      <p className="mt-1 text-12 text-muted">
        Cost per {driver.unit}: what was divided, the cost of the {driver.grain}s that have a value, by the
        units. By volume: more or fewer units at the former price. By price: the rest of the change. Neither
        is told for a period that is not over.
      </p>
    </>
  )
}
