import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type MouseEvent, useEffect, useId, useRef, useState } from 'react'
import type { CostQuery, CostTable } from '../../../analytics/contract/spend'
import { otherSeries } from '../../colours/series'
import { Busy } from '../../components/busy'
import { Button } from '../../components/button'
import { classNames } from '../../components/class-names'
import { FailureNotice } from '../../components/failure-notice'
import { Skeleton } from '../../components/skeleton'
import { useSettings } from '../../queries/settings'
import { Cell } from './cell'
import { useColumnWidths } from './column-widths'
import { openDrill } from './drill-menu'
import { GridCell } from './grid-cell'
import { keyMove, sorted } from './grid-moves'
import { groupFilters, groupName } from './group-names'
import { HeadCell } from './head-cell'
import { asked, type ExplorerState } from './state'
import { grainOf, isFigure, type TableColumn, tableColumns } from './table-columns'
import { timeTitle, windowOf } from './times'
import { change } from './use-explorer'
import { pageRows, type TableRow, usePages } from './use-pages'

interface SpendTableProps {
  readonly question: CostQuery
  readonly state: ExplorerState
  readonly colours: ReadonlyMap<string, string>
  readonly highlighted: string | null
  readonly onHover: (name: string | null) => void
  readonly onTable: (table: CostTable | undefined, isStale: boolean) => void
}

/** The chart's twin. Head and totals stay; rows come from the engine page by page, and only those in sight are drawn. */
export function SpendTable(props: SpendTableProps) {
  const { question, state, colours, highlighted, onHover, onTable } = props
  const { settings } = useSettings()
  const id = useId().replace(/[^\w]/g, '')
  const frame = useRef<HTMLDivElement>(null)
  const [seen, setSeen] = useState({ first: 0, last: pageRows - 1 })
  const [cursor, setCursor] = useState<{ readonly row: number; readonly column: number } | null>(null)
  const { widths, resize } = useColumnWidths()
  const pages = usePages(question, seen)
  const { answer } = pages
  const { data } = answer
  const rowHeight = settings.density === 'compact' ? 26 : 30
  const rowCount = data?.rowCount ?? 0
  const virtual = useVirtualizer({
    count: rowCount,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    // The head and the totals lie over the first and the last row.
    scrollPaddingStart: rowHeight,
    scrollPaddingEnd: rowHeight,
  })
  const items = virtual.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  useEffect(
    () => setSeen((before) => (before.first === first && before.last === last ? before : { first, last })),
    [first, last],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another height stand elsewhere.
  useEffect(() => virtual.measure(), [rowHeight, virtual])
  useEffect(() => onTable(data, answer.isStale), [onTable, data, answer.isStale])
  useEffect(() => {
    if (cursor === null) return
    document
      .getElementById(`${id}-${cursor.row}-${cursor.column}`)
      ?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' })
  }, [id, cursor])
  const asking = JSON.stringify(question)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question begins at its top.
  useEffect(() => {
    if (frame.current !== null) frame.current.scrollTop = 0
    setCursor(null)
  }, [asking])

  if (data === undefined) {
    return (
      <div className="relative" aria-busy={answer.isFetching}>
        <Busy active={answer.isFetching} onCancel={answer.cancel} />
        {answer.failure === null ? null : <FailureNotice failure={answer.failure} onRetry={answer.retry} />}
        {answer.wasCancelled ? (
          <p className="flex items-center gap-3 py-4 text-muted">
            Cancelled before there was an answer. <Button onClick={answer.retry}>Ask again</Button>
          </p>
        ) : null}
        {answer.isFirstLoad ? <Skeleton className="h-60" /> : null}
      </div>
    )
  }
  const by = data.columns.filter(({ kind }) => kind === 'dimension').map(({ name }) => name)
  const timeColumn = grainOf(data)
  const grain = timeColumn ?? question.grain ?? null
  const columns = tableColumns(data).filter(({ name }) => !state.without.includes(name))
  const widthOf = ({ name, width }: TableColumn) => widths[name] ?? width
  const partial = new Set(data.about.times.filter((time) => time.partial).map(({ time }) => time))
  const shown = data.rows.map((cells) => cells.slice(0, by.length).map(String))

  const nameOf = (row: TableRow) =>
    groupName(row.cells.slice(0, by.length).map(String), by, data.accountNames)
  // What the chart gathers has its place there all the same.
  const drawnAs = (name: string) => (colours.has(name) ? name : otherSeries)
  const currencyOf = (row: TableRow) => {
    const at = data.columns.findIndex(({ name }) => name === 'currency')
    return at === -1 ? data.currency : String(row.cells[at])
  }
  const drill = (index: number, column: TableColumn | undefined, element: Element | null) => {
    const row = index < rowCount ? pages.row(index) : undefined
    if (index < rowCount && row === undefined) return
    const box = element?.getBoundingClientRect() ?? new DOMRect()
    const values = row?.cells.slice(0, by.length).map(String) ?? []
    const time =
      column?.time ?? (row === undefined || timeColumn === null ? null : String(row.cells[by.length]))
    const name = row === undefined || by.length === 0 ? 'Total' : nameOf(row)
    const title = time === null || grain === null ? name : `${name}, ${timeTitle(time, grain)}`
    const cells = (row ?? totals).cells
    const value = column === undefined ? null : (cells[column.at] ?? null)
    openDrill({
      x: box.left + 12,
      y: box.bottom - 4,
      title,
      filters: row === undefined ? [] : groupFilters(values, by, shown),
      time:
        time === null || grain === null
          ? null
          : { title: timeTitle(time, grain), ...windowOf(time, grain, data.about.window) },
      value: value === null ? null : String(value),
      row: columns.map(({ at }) => cells[at] ?? '').join('\t'),
    })
  }
  const sortBy = (column: TableColumn, adds: boolean) =>
    change((now) => asked(now, { sort: sorted(now.sort, column, adds) }))
  const cellId = (row: number, column: number) => `${id}-${row}-${column}`
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const at = cursor ?? { row: 0, column: 0 }
    const page = Math.max(1, Math.floor((frame.current?.clientHeight ?? 300) / rowHeight) - 3)
    const to = keyMove(event, at, { rows: rowCount, columns: columns.length, page })
    const column = columns[at.column]
    if (to !== null) {
      setCursor(to)
      if (to.row >= 0 && to.row < rowCount) virtual.scrollToIndex(to.row, { align: 'auto' })
    } else if (event.shiftKey && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
      if (column !== undefined) resize(column.name, widthOf(column) + (event.key === 'ArrowLeft' ? -16 : 16))
    } else if ((event.key === 'Enter' || event.key === ' ') && cursor !== null && column !== undefined) {
      if (at.row === -1) sortBy(column, event.shiftKey)
      else drill(at.row, column, document.getElementById(cellId(at.row, at.column)))
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  const onClick = (event: MouseEvent) => {
    const cell = event.target instanceof Element ? event.target.closest('[data-cell]') : null
    const [row, column] = (cell?.getAttribute('data-cell') ?? '').split(' ').map(Number)
    if (row === undefined || column === undefined || Number.isNaN(row)) return
    setCursor({ row, column })
    drill(row, columns[column], cell)
  }
  const isActive = (row: number, column: number) => cursor?.row === row && cursor.column === column
  const totals: TableRow = {
    cells: data.columns.map(({ name }) => data.total[name] ?? null),
    state: null,
    unit: data.units?.at(-1) ?? null,
  }
  const before = items[0]?.start ?? 0
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0)
  return (
    <div className="relative flex min-h-0 grow flex-col" aria-busy={pages.isFetching}>
      <Busy active={pages.isFetching} onCancel={answer.cancel} />
      {answer.failure === null ? null : (
        <FailureNotice
          failure={answer.failure}
          onRetry={answer.retry}
          effect="What is shown below is from before."
        />
      )}
      <div ref={frame} className={classNames('explorer-grid overflow-auto', answer.isStale && 'opacity-60')}>
        <table
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its cells are walked and opened.
          role="grid"
          aria-label="Spend"
          aria-rowcount={rowCount + 2}
          aria-colcount={columns.length}
          aria-describedby={`${id}-keys`}
          {...(cursor === null ? {} : { 'aria-activedescendant': cellId(cursor.row, cursor.column) })}
          // One stop for all cells, which are walked with the arrow keys.
          tabIndex={0}
          data-testid="table-spend"
          data-by={by.join(',')}
          className="grid-table explorer-table"
          style={{ width: columns.reduce((sum, column) => sum + widthOf(column), 0) }}
          onKeyDown={onKeyDown}
          onClick={onClick}
          onMouseLeave={() => onHover(null)}
          onFocus={() => setCursor((now) => now ?? { row: 0, column: 0 })}
        >
          <colgroup>
            {columns.map((column) => (
              <col key={column.name} style={{ width: widthOf(column) }} />
            ))}
          </colgroup>
          <thead>
            <tr aria-rowindex={1}>
              {columns.map((column, at) => (
                <HeadCell
                  key={column.name}
                  id={cellId(-1, at)}
                  column={column}
                  at={at}
                  sort={state.sort}
                  isActive={isActive(-1, at)}
                  width={widthOf(column)}
                  onSort={(adds) => sortBy(column, adds)}
                  onResize={(width) => resize(column.name, width)}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {before > 0 ? <tr aria-hidden style={{ height: before }} /> : null}
            {items.map(({ index }) => {
              const row = pages.row(index)
              const name = row === undefined ? null : nameOf(row)
              return (
                <tr
                  key={index}
                  aria-rowindex={index + 2}
                  className={classNames(name !== null && drawnAs(name) === highlighted && 'row-pointed')}
                  onMouseEnter={() => onHover(name === null ? null : drawnAs(name))}
                >
                  {columns.map((column, at) => (
                    <GridCell
                      key={column.name}
                      id={cellId(index, at)}
                      row={index}
                      at={at}
                      column={column}
                      isActive={isActive(index, at)}
                    >
                      {row === undefined ? (
                        <span className="text-muted">…</span>
                      ) : (
                        <>
                          {at === 0 && name !== null && by.length > 0 ? (
                            <span
                              aria-hidden
                              className="mr-2 inline-block size-2.5 rounded-xs"
                              style={{ background: colours.get(drawnAs(name)) ?? 'transparent' }}
                            />
                          ) : null}
                          <Cell
                            column={column}
                            row={row}
                            currency={currencyOf(row)}
                            accountNames={data.accountNames}
                            isPartial={column.kind === 'time' && partial.has(String(row.cells[column.at]))}
                          />
                        </>
                      )}
                    </GridCell>
                  ))}
                </tr>
              )
            })}
            {after > 0 ? <tr aria-hidden style={{ height: after }} /> : null}
          </tbody>
          <tfoot>
            <tr aria-rowindex={rowCount + 2}>
              {columns.map((column, at) => (
                <GridCell
                  key={column.name}
                  id={cellId(rowCount, at)}
                  row={rowCount}
                  at={at}
                  column={column}
                  isActive={isActive(rowCount, at)}
                  total={column.name}
                >
                  {isFigure(column) ? (
                    <span data-value={data.total[column.name] ?? undefined}>
                      <Cell column={column} row={totals} currency={data.currency} accountNames={{}} />
                    </span>
                  ) : at === 0 ? (
                    'Total'
                  ) : null}
                </GridCell>
              ))}
            </tr>
          </tfoot>
        </table>
      </div>
      <p id={`${id}-keys`} className="sr-only">
        Arrow keys walk the cells, Enter opens what can be done with one, Enter on a head sorts by it and with
        shift adds it to the order, shift with left and right makes a column narrower or wider.
      </p>
    </div>
  )
}
