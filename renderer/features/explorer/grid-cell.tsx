import type { ReactNode } from 'react'
import { classNames } from '../../components/class-names'
import { isFigure, type TableColumn } from './table-columns'

interface GridCellProps {
  readonly id: string
  readonly row: number
  readonly at: number
  readonly column: TableColumn
  readonly isActive: boolean
  readonly total?: string
  readonly children: ReactNode
}

/** One cell of the grid: the first of a row names it. */
export function GridCell({ id, row, at, column, isActive, total, children }: GridCellProps) {
  const props = {
    id,
    'data-cell': `${row} ${at}`,
    ...(total === undefined ? {} : { 'data-total': total }),
    'aria-colindex': at + 1,
    className: classNames(
      isFigure(column) && 'figure',
      at === 0 && 'pinned',
      column.isTotal && 'pinned-end',
      'cursor-pointer',
      isActive && 'cell-active',
    ),
  }
  return at === 0 ? (
    <th scope="row" {...props}>
      {children}
    </th>
  ) : (
    <td {...props}>{children}</td>
  )
}
