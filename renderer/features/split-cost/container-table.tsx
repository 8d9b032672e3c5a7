import type { SplitTable } from '../../../analytics/contract/split-cost'
import { type Column, DataTable } from '../../components/data-table'
import { Money } from '../../components/money'
import { compareDecimals, forDrawing } from '../../format/decimal'
import { formatPercent } from '../../format/money'
import { capitalised } from '../explorer/dimension-words'

type Row = SplitTable['rows'][number]

const none = '(untagged)'

/** What a container is in; AWS names no namespace of a task, and not every pod's workload. */
export function containerName(value: string): string {
  return value === none ? '(not named)' : value
}

export function ContainerTable({ table }: { readonly table: SplitTable }) {
  const currency = table.currency ?? ''
  const total = forDrawing(table.total.total)
  const amount = (part: 'used' | 'unused' | 'total', head: string): Column<Row> => ({
    id: part,
    head,
    isFigure: true,
    cell: (row) => <Money value={row[part]} currency={currency} />,
    compare: (left, right) => compareDecimals(left[part], right[part]),
    foot: <Money value={table.total[part]} currency={currency} />,
  })
  // The share and the unused part are told beside the amounts and add to nothing: doubles will do.
  const percent = (part: number, of: number) => (of === 0 ? '–' : formatPercent((part / of) * 100))
  const columns: readonly Column<Row>[] = [
    ...table.by.toReversed().map(
      (dimension, at): Column<Row> => ({
        id: dimension,
        head: capitalised(dimension),
        ...(at === 0 ? { isElastic: true, foot: 'Total' } : {}),
        cell: ({ values }) => containerName(values[table.by.length - 1 - at] ?? ''),
        compare: (left, right) =>
          (left.values[table.by.length - 1 - at] ?? '').localeCompare(
            right.values[table.by.length - 1 - at] ?? '',
          ),
      }),
    ),
    amount('used', `Used (${currency})`),
    amount('unused', 'Unused'),
    amount('total', 'Total'),
    {
      id: 'idle',
      head: 'Unused in %',
      isFigure: true,
      cell: (row) => percent(forDrawing(row.unused), forDrawing(row.total)),
      foot: percent(forDrawing(table.total.unused), total),
    },
    {
      id: 'share',
      head: 'Share',
      isFigure: true,
      cell: (row) => percent(forDrawing(row.total), total),
    },
  ]
  return (
    <>
      <DataTable
        caption="Cost of containers"
        testId="containers"
        columns={columns}
        rows={table.rows}
        rowKey={({ values }) => values.join('\n')}
        className="max-h-104"
      />
      {table.rows.length < table.rowCount ? (
        <p className="mt-1 text-12 text-muted">
          The {table.rows.length} biggest of {table.rowCount} are shown; the total is of all.
        </p>
      ) : null}
    </>
  )
}
