import type { KeyboardEvent } from 'react'
import type { Sort } from '../../../analytics/contract/spend'
import type { TableColumn } from './table-columns'

/** Descending first, then ascending, then not at all. Without shift it is the only order. */
export function sorted(sort: readonly Sort[], { name, kind }: TableColumn, adds: boolean): readonly Sort[] {
  const isText = kind === 'dimension' || kind === 'time'
  const order = isText ? (['ascending', 'descending'] as const) : (['descending', 'ascending'] as const)
  const now = sort.find(({ column }) => column === name)
  const direction = now === undefined ? order[0] : now.direction === order[0] ? order[1] : undefined
  const next = direction === undefined ? [] : [{ column: name, direction }]
  if (!adds) return next
  return now === undefined
    ? [...sort, ...next].slice(0, 6)
    : sort.flatMap((each) => (each.column === name ? next : [each]))
}

interface Reach {
  readonly rows: number
  readonly columns: number
  readonly page: number
}

/** The head is row -1 and the totals follow the last row. */
export function keyMove(
  { key, shiftKey, ctrlKey }: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey'>,
  { row, column }: { readonly row: number; readonly column: number },
  { rows, columns, page }: Reach,
): { readonly row: number; readonly column: number } | null {
  const within = (next: number) => Math.min(rows, Math.max(-1, next))
  const across = (next: number) => Math.min(columns - 1, Math.max(0, next))
  if (shiftKey || ctrlKey) return null
  switch (key) {
    case 'ArrowDown':
      return { row: within(row + 1), column }
    case 'ArrowUp':
      return { row: within(row - 1), column }
    case 'ArrowRight':
      return { row, column: across(column + 1) }
    case 'ArrowLeft':
      return { row, column: across(column - 1) }
    case 'PageDown':
      return { row: within(row + page), column }
    case 'PageUp':
      return { row: within(row - page), column }
    case 'Home':
      return { row, column: 0 }
    case 'End':
      return { row, column: across(columns) }
    default:
      return null
  }
}
