import type { ChannelOutput } from '../../../analytics/contract/channels'
import type { LineColumn } from '../../../analytics/contract/line-items'
import { classNames } from '../../components/class-names'
import { Money } from '../../components/money'
import { ScrollRegion } from '../../components/scroll-region'
import { formatMoney } from '../../format/money'
import { capitalised, dimensionTitle } from './dimension-words'

export type Lines = ChannelOutput<'spend/lines'>

export interface LineSort {
  readonly column: LineColumn
  readonly direction: 'ascending' | 'descending'
}

function textOf(cell: Lines['rows'][number][number]): string {
  if (cell === null) return ''
  return typeof cell === 'string'
    ? cell
    : Object.entries(cell)
        .map(([key, value]) => `${key}=${value}`)
        .join(', ')
}

/** Exact, as it came. */
export function pageText(lines: Lines): string {
  return [
    lines.columns.map(({ name }) => name),
    ...lines.rows.map((row) => row.map((cell) => textOf(cell).replaceAll(/[\t\r\n]/g, ' '))),
  ]
    .map((cells) => cells.join('\t'))
    .join('\n')
}

const heads: Readonly<Partial<Record<LineColumn, string>>> = { start: 'Start (UTC)' }

interface LineTableProps {
  readonly lines: Lines
  readonly sort: LineSort
  readonly onSort: (column: LineColumn) => void
}

type Column = Lines['columns'][number]

function isFigure({ kind }: Column): boolean {
  return kind === 'money' || kind === 'number'
}

export function LineTable({ lines, sort, onSort }: LineTableProps) {
  return (
    <ScrollRegion label="Line items: table" className="max-h-[calc(100vh-15rem)]">
      <table className="grid-table wide" data-testid="table-lines">
        <caption className="sr-only">Line items</caption>
        <thead>
          <tr>
            {lines.columns.map((column, at) => (
              <th
                key={column.name}
                scope="col"
                className={classNames(isFigure(column) && 'figure', at === 0 && 'pinned')}
                {...(column.kind === 'tags'
                  ? {}
                  : { 'aria-sort': sort.column === column.name ? sort.direction : ('none' as const) })}
              >
                {column.kind === 'tags' ? (
                  'Tags'
                ) : (
                  <button
                    type="button"
                    className="rounded hover:text-ink"
                    onClick={() => onSort(column.name)}
                  >
                    {heads[column.name] ?? capitalised(dimensionTitle(column.name))}
                    {sort.column === column.name ? (sort.direction === 'ascending' ? ' ↑' : ' ↓') : ''}
                  </button>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of a bill may be alike in every cell.
            <tr key={index}>
              {lines.columns.map((column, at) =>
                at === 0 ? (
                  <th key={column.name} scope="row" className="pinned">
                    <LineCell column={column} row={row} at={at} lines={lines} />
                  </th>
                ) : (
                  <td key={column.name} className={classNames(isFigure(column) && 'figure')}>
                    <LineCell column={column} row={row} at={at} lines={lines} />
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

interface LineCellProps {
  readonly column: Column
  readonly row: Lines['rows'][number]
  readonly at: number
  readonly lines: Lines
}

function LineCell({ column, row, at, lines }: LineCellProps) {
  const cell = row[at] ?? null
  const text = textOf(cell)
  if (cell === null) return null
  switch (column.kind) {
    case 'money': {
      const currencyAt = lines.columns.findIndex(({ name }) => name === 'currency')
      return <Money value={text} currency={String(row[currencyAt] ?? 'USD')} />
    }
    case 'number':
      return <span title={text}>{formatMoney(text, { digits: 4 })}</span>
    case 'time':
      return <>{text.replace('T', ' ').replace(/(:00)?Z$/, '')}</>
    case 'text':
    case 'tags':
      return (
        <span className="inline-block max-w-72 truncate align-middle" title={text}>
          {column.name === 'account' ? (lines.accountNames[text] ?? text) : text}
        </span>
      )
  }
}
