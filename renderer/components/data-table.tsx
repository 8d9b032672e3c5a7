import { ArrowDown, ArrowUp } from 'lucide-react'
import { type ReactNode, useMemo, useState } from 'react'
import { classNames } from './class-names'
import { ScrollRegion } from './scroll-region'

export interface Column<Row> {
  readonly id: string
  readonly head: string
  readonly cell: (row: Row) => ReactNode
  readonly isFigure?: boolean
  /** Takes the width the others leave, and cuts its text rather than push them out of sight. */
  readonly isElastic?: boolean
  /** Left out where the window is narrow. */
  readonly isWideOnly?: boolean
  /** Ascending. Present where sorting by this column means something. */
  readonly compare?: (left: Row, right: Row) => number
  readonly foot?: ReactNode
}

interface DataTableProps<Row> {
  readonly caption: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  readonly testId?: string
  readonly className?: string
  /** Scrolled to the last column at first: where columns are months, the newest matter most. */
  readonly startsAtEnd?: boolean
}

const narrowHidden = 'max-2xl:hidden'

interface Sorting {
  readonly column: string
  readonly descending: boolean
}

function sorted<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sorting: Sorting | null,
): readonly Row[] {
  const compare = columns.find((column) => column.id === sorting?.column)?.compare
  if (compare === undefined || sorting === null) return rows
  return [...rows].sort((left, right) => (sorting.descending ? compare(right, left) : compare(left, right)))
}

function headSort(column: string, sorting: Sorting | null): 'ascending' | 'descending' | 'none' {
  if (sorting?.column !== column) return 'none'
  return sorting.descending ? 'descending' : 'ascending'
}

/** A short table: every row in the page, head and totals always in sight, sorted by any column that can be. */
export function DataTable<Row>({
  caption,
  columns,
  rows,
  rowKey,
  testId,
  className,
  startsAtEnd = false,
}: DataTableProps<Row>) {
  const [sorting, setSorting] = useState<Sorting | null>(null)
  const shown = useMemo(() => sorted(rows, columns, sorting), [rows, columns, sorting])
  const toggle = (column: string) =>
    setSorting((before) => ({ column, descending: before?.column === column ? !before.descending : true }))
  const hasFoot = columns.some((column) => column.foot !== undefined)
  return (
    <ScrollRegion label={`${caption}: table`} className={className} startsAtEnd={startsAtEnd}>
      <table
        className={classNames('grid-table', startsAtEnd && 'wide')}
        {...(testId === undefined ? {} : { 'data-testid': testId })}
      >
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column, index) => (
              <th
                key={column.id}
                scope="col"
                className={classNames(
                  column.isFigure && 'figure',
                  column.isElastic && 'elastic',
                  column.isWideOnly && narrowHidden,
                  index === 0 && 'pinned',
                )}
                {...(column.compare === undefined ? {} : { 'aria-sort': headSort(column.id, sorting) })}
              >
                {column.compare === undefined ? (
                  column.head
                ) : (
                  <SortButton sort={headSort(column.id, sorting)} onClick={() => toggle(column.id)}>
                    {column.head}
                  </SortButton>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column, index) =>
                index === 0 ? (
                  <th
                    key={column.id}
                    scope="row"
                    className={classNames('pinned', column.isElastic && 'elastic')}
                  >
                    {column.cell(row)}
                  </th>
                ) : (
                  <td
                    key={column.id}
                    className={classNames(column.isFigure && 'figure', column.isWideOnly && narrowHidden)}
                  >
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
        {hasFoot ? (
          <tfoot>
            <tr>
              {columns.map((column, index) =>
                index === 0 ? (
                  <th key={column.id} scope="row" className="pinned">
                    {column.foot}
                  </th>
                ) : (
                  <td
                    key={column.id}
                    className={classNames(column.isFigure && 'figure', column.isWideOnly && narrowHidden)}
                  >
                    {column.foot}
                  </td>
                ),
              )}
            </tr>
          </tfoot>
        ) : null}
      </table>
    </ScrollRegion>
  )
}

interface SortButtonProps {
  readonly sort: 'ascending' | 'descending' | 'none'
  readonly onClick: () => void
  readonly children: ReactNode
}

function SortButton({ sort, onClick, children }: SortButtonProps) {
  return (
    <button type="button" className="inline-flex items-center gap-1 rounded hover:text-ink" onClick={onClick}>
      {children}
      {sort === 'ascending' ? <ArrowUp size={12} aria-hidden /> : null}
      {sort === 'descending' ? <ArrowDown size={12} aria-hidden /> : null}
    </button>
  )
}
