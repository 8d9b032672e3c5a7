import { ArrowDown, ArrowUp } from 'lucide-react'
import { type PointerEvent, useRef } from 'react'
import type { Sort } from '../../../analytics/contract/spend'
import { classNames } from '../../components/class-names'
import { isFigure, type TableColumn } from './table-columns'

interface HeadCellProps {
  readonly id: string
  readonly column: TableColumn
  readonly at: number
  readonly sort: readonly Sort[]
  readonly isActive: boolean
  readonly width: number
  readonly onSort: (adds: boolean) => void
  readonly onResize: (width: number) => void
}

/** A head sorts where it is pressed, and is drawn wider at its edge. */
export function HeadCell({ id, column, at, sort, isActive, width, onSort, onResize }: HeadCellProps) {
  const grip = useRef<{ readonly x: number; readonly width: number } | null>(null)
  const place = sort.findIndex((each) => each.column === column.name)
  const direction = sort[place]?.direction
  const isNumber = isFigure(column)
  const Arrow = direction === 'ascending' ? ArrowUp : ArrowDown
  const take = (event: PointerEvent) => {
    grip.current = { x: event.clientX, width }
    event.currentTarget.setPointerCapture(event.pointerId)
  }
  const draw = (event: PointerEvent) => {
    if (grip.current !== null) onResize(grip.current.width + event.clientX - grip.current.x)
  }
  return (
    <th
      id={id}
      scope="col"
      aria-colindex={at + 1}
      aria-sort={direction ?? 'none'}
      title={`${column.head}: sort; with shift add to the order`}
      onClick={(event) => onSort(event.shiftKey)}
      className={classNames(
        'relative cursor-pointer select-none',
        isNumber && 'figure',
        at === 0 && 'pinned',
        column.isTotal && 'pinned-end',
        isActive && 'cell-active',
      )}
    >
      <span className={classNames('flex items-center gap-1', isNumber && 'justify-end')}>
        <span className="truncate">{column.head}</span>
        {direction === undefined ? null : (
          <span className="inline-flex shrink-0 items-center text-accent">
            <Arrow size={12} aria-hidden />
            {sort.length > 1 ? <span>{place + 1}</span> : null}
          </span>
        )}
      </span>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: for a pointer only; the keyboard has shift and arrows. */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: see above. */}
      <span
        className="absolute top-0 right-0 bottom-0 w-1.5 cursor-col-resize hover:bg-accent"
        onClick={(event) => event.stopPropagation()}
        onPointerDown={take}
        onPointerMove={draw}
        onPointerUp={() => {
          grip.current = null
        }}
      />
    </th>
  )
}
