import type { UnitCosts } from '../../../analytics/contract/unit-costs'
import { changeView } from '../../app/route'
import { type Column, DataTable } from '../../components/data-table'
import { Money } from '../../components/money'
import { compareDecimals } from '../../format/decimal'
import { formatMoney, formatPercent } from '../../format/money'
import { unitDigits, unitsText } from './unit-words'

type Row = UnitCosts['labels'][number]

/** The newest change that has two whole sides. */
function lastChange({ points }: Row) {
  return points.findLast(({ change, partial }) => change !== null && !partial)?.change ?? null
}

/** Labels side by side; each is a door to its own course. */
export function LabelTable({ costs, by }: { readonly costs: UnitCosts; readonly by: string }) {
  const { driver, labels, labelCount, unmatched, total } = costs
  const currency = costs.currency ?? ''
  const digits = unitDigits(labels.map((one) => one.total.unitCost))
  const unitCost = (value: string | null) => (value === null ? '–' : formatMoney(value, { digits }))
  const columns: readonly Column<Row>[] = [
    {
      id: 'label',
      head: 'Label',
      isElastic: true,
      cell: ({ label }) => (
        <button
          type="button"
          className="max-w-full truncate rounded text-accent hover:underline"
          aria-label={`${label}, over time`}
          onClick={() => changeView({ label })}
        >
          {label}
        </button>
      ),
      compare: (left, right) => left.label.localeCompare(right.label),
      foot: 'All labels',
    },
    {
      id: 'unit',
      head: `Per ${driver.unit} (${currency})`,
      isFigure: true,
      cell: (row) => <span title={row.total.unitCost ?? undefined}>{unitCost(row.total.unitCost)}</span>,
      compare: (left, right) => compareDecimals(left.total.unitCost ?? '0', right.total.unitCost ?? '0'),
      foot: unitCost(total.unitCost),
    },
    {
      id: 'change',
      head: 'Last change',
      isFigure: true,
      cell: (row) => {
        const percent = lastChange(row)?.percent ?? null
        return percent === null ? '–' : formatPercent(percent, 'always')
      },
      compare: (left, right) => (lastChange(left)?.percent ?? 0) - (lastChange(right)?.percent ?? 0),
    },
    {
      id: 'cost',
      head: 'Cost',
      isFigure: true,
      cell: (row) => <Money value={row.total.cost} currency={currency} />,
      compare: (left, right) => compareDecimals(left.total.cost, right.total.cost),
      foot: <Money value={total.cost} currency={currency} />,
    },
    {
      id: 'units',
      head: 'Units',
      isFigure: true,
      cell: (row) => unitsText(row.total.units),
      compare: (left, right) => compareDecimals(left.total.units, right.total.units),
      foot: unitsText(total.units),
    },
    {
      id: 'missing',
      head: `${driver.grain === 'day' ? 'Days' : 'Months'} without a value`,
      isFigure: true,
      cell: (row) => row.total.missing,
      compare: (left, right) => left.total.missing - right.total.missing,
    },
  ]
  return (
    <div className="flex flex-col gap-2">
      <DataTable
        caption={`Cost per ${driver.unit} by label`}
        testId="units-labels"
        columns={columns}
        rows={labels}
        rowKey={({ label }) => label}
        className="max-h-104"
      />
      {labels.length < labelCount ? (
        <p className="text-12 text-muted">
          The {labels.length} labels with most cost of {labelCount} are shown.
        </p>
      ) : null}
      {unmatched.values.length === 0 ? null : (
        <p className="text-12 text-muted">
          <Money value={unmatched.cost} currency={currency} /> {currency} stands under values of {by} that are
          no label of {driver.name}:{' '}
          {unmatched.values
            .slice(0, 6)
            .map(({ value }) => value)
            .join(', ')}
          {unmatched.values.length > 6 ? ' and more' : ''}.
        </p>
      )}
    </div>
  )
}
