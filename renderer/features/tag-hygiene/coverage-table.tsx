import type { TagHygiene, TagKey } from '../../../analytics/contract/tag-hygiene'
import { changeView } from '../../app/route'
import { classNames } from '../../components/class-names'
import { type Column, DataTable } from '../../components/data-table'
import { Money } from '../../components/money'
import { compareDecimals, differenceOf } from '../../format/decimal'
import { formatPercent } from '../../format/money'
import { formatMonthShort } from '../../format/time'

interface CoverageTableProps {
  readonly hygiene: TagHygiene
  readonly chosen: string | null
}

/** Keys by how much of the spend they cover, and month by month. A key is a door to what lacks it. */
export function CoverageTable({ hygiene, chosen }: CoverageTableProps) {
  const { keys, months, taggable } = hygiene
  const currency = hygiene.currency ?? ''
  const percent = (coverage: number | null | undefined) =>
    coverage === null || coverage === undefined ? '–' : formatPercent(coverage)
  const columns: readonly Column<TagKey>[] = [
    {
      id: 'key',
      head: 'Key',
      cell: ({ dimension, key, isAws, spellings }) => (
        <span className="inline-flex items-center gap-2">
          <button
            type="button"
            aria-pressed={dimension === chosen}
            title={spellings.length > 1 ? `In the data as ${spellings.join(', ')}` : undefined}
            className={classNames(
              'rounded text-accent hover:underline',
              dimension === chosen && 'font-semibold',
            )}
            onClick={() => changeView({ key: dimension })}
          >
            {key}
          </button>
          {isAws ? <span className="text-12 text-muted">made by AWS</span> : null}
        </span>
      ),
      compare: (left, right) => left.key.localeCompare(right.key),
    },
    {
      id: 'coverage',
      head: 'Coverage',
      isFigure: true,
      cell: (row) => (
        <span className="inline-flex w-full items-center justify-end gap-2">
          <span aria-hidden className="h-1.5 w-16 overflow-hidden rounded-full bg-sunken">
            <span
              className="block h-full bg-accent"
              style={{ width: `${Math.max(0, Math.min(100, row.coverage ?? 0))}%` }}
            />
          </span>
          <span className="w-14">{percent(row.coverage)}</span>
        </span>
      ),
      compare: (left, right) => (left.coverage ?? 0) - (right.coverage ?? 0),
    },
    {
      id: 'untagged',
      head: `Untagged (${currency})`,
      isFigure: true,
      cell: (row) => <Money value={differenceOf(taggable, row.amount)} currency={currency} />,
      compare: (left, right) => compareDecimals(right.amount, left.amount),
    },
    {
      id: 'values',
      head: 'Values',
      isFigure: true,
      cell: (row) => row.values,
      compare: (left, right) => left.values - right.values,
    },
    ...(months.length < 2 ? [] : months).map(
      ({ month }, at): Column<TagKey> => ({
        id: month,
        head: formatMonthShort(month.slice(0, 7)),
        isFigure: true,
        cell: (row) => percent(row.months[at]?.coverage),
        compare: (left, right) => (left.months[at]?.coverage ?? 0) - (right.months[at]?.coverage ?? 0),
      }),
    ),
  ]
  return (
    <DataTable
      caption="Coverage by key"
      testId="tag-coverage"
      columns={columns}
      rows={keys}
      rowKey={({ dimension }) => dimension}
      className="max-h-104"
    />
  )
}
