import type { ReportTable } from '../../analytics/contract/reports'
import type { TypeCase } from './fonts'
import { ink, lineHeight, type PageWriter } from './page-writer'
import { isFigure, type Wording } from './wording'

const sizes = [8, 7.5, 7, 6.5, 6] as const
const gap = 10
const padding = 3.4
/** A text column may be made this narrow before the type gets smaller. */
const narrowest = 64
/** A name that goes on and on is cut here; the other formats have all of it. */
const mostLines = 24
/** Tables this long measure their columns by a part of their rows: every row is still wrapped by its own width. */
const measuredRows = 600

interface Column {
  readonly head: string
  readonly isFigure: boolean
  readonly width: number
}

interface Layout {
  readonly size: number
  readonly columns: readonly Column[]
}

/** Title, head on each page, rows that are never cut, and a total that does not stand alone. */
export function layTable(writer: PageWriter, table: ReportTable, wording: Wording, unit: string): void {
  const cells = table.rows.map((row) =>
    table.columns.map((column, at) => writer.type.printable(wording.cell(row[at] ?? null, column.unit))),
  )
  const total = table.total?.map((cell, at) => {
    const column = table.columns[at]
    return cell === null || column === undefined ? '' : wording.cell(cell, at === 0 ? 'text' : column.unit)
  })
  const upright = fitColumns(writer.type, table, cells, total, writer.width)
  const isTurned = upright === null
  if (isTurned) writer.newPage('across')
  const layout =
    upright ??
    fitColumns(writer.type, table, cells, total, writer.width) ??
    squeezed(writer.type, table, cells, total, writer.width)
  const number = writer.nextTable()
  const step = layout.size * lineHeight
  const wrapped = (row: readonly string[], weight: 'regular' | 'semibold') =>
    row.map((cell, at) => {
      const column = layout.columns[at]
      if (column === undefined) return []
      if (column.isFigure) return [cell]
      const lines = writer.type.lines(cell, layout.size, column.width, weight)
      return lines.length <= mostLines ? lines : [...lines.slice(0, mostLines - 1), '…']
    })
  const heightOf = (row: readonly (readonly string[])[]) =>
    Math.max(1, ...row.map((lines) => lines.length)) * step + 2 * padding

  const heads = layout.columns.map((column) => headLines(writer.type, column, layout.size))
  const headHeight = heightOf(heads)
  let row = 0
  const draw = (lines: readonly (readonly string[])[], weight: 'regular' | 'semibold', isHead: boolean) => {
    const height = heightOf(lines)
    let x = writer.left
    for (const [at, column] of layout.columns.entries()) {
      const own = lines[at] ?? []
      // Heads of one and of two lines stand on the same line.
      const from = isHead ? writer.y + height - padding - own.length * step : writer.y + padding
      for (const [line, text] of own.entries()) {
        writer.text(text, x, from + line * step, column.width, {
          size: layout.size,
          weight,
          colour: isHead ? ink.quiet : ink.text,
          align: column.isFigure ? 'right' : 'left',
          part: { kind: 'cell', table: number, row, head: isHead },
        })
      }
      x += column.width + gap
    }
    writer.y += height
    row += 1
  }
  const drawHead = () => {
    draw(heads, 'semibold', true)
    writer.rule(writer.left, writer.y, writer.width, ink.quiet, 0.7)
  }

  const rows = cells.map((row) => wrapped(row, 'regular'))
  const totalLines = total === undefined ? null : wrapped(total, 'semibold')
  const totalHeight = totalLines === null ? 0 : heightOf(totalLines)
  const titleHeight = 9.5 * lineHeight + 4
  const firstRows = rows.slice(0, 2).reduce((sum, lines) => sum + heightOf(lines), 0)
  const whole = rows.reduce((sum, lines) => sum + heightOf(lines), 0) + titleHeight + headHeight + totalHeight
  // A short table is kept in one piece, and of a long one no head is left behind.
  writer.need(
    whole < writer.pageRoom / 4
      ? whole
      : titleHeight + headHeight + firstRows + (rows.length <= 2 ? totalHeight : 0),
  )
  const right = writer.type.width(unit, 7)
  writer.text(
    writer.type.oneLine(writer.type.printable(table.title), 9.5, writer.width - right - gap, 'semibold'),
    writer.left,
    writer.y,
    writer.width,
    { size: 9.5, weight: 'semibold', part: { kind: 'heading', level: 3 } },
  )
  writer.text(unit, writer.left, writer.y + 2, writer.width, { size: 7, colour: ink.quiet, align: 'right' })
  writer.y += titleHeight
  drawHead()
  if (rows.length === 0) {
    draw([['There is none.'], ...layout.columns.slice(1).map(() => [])], 'regular', false)
  }
  for (const [at, lines] of rows.entries()) {
    const height = heightOf(lines) + (at === rows.length - 1 ? totalHeight : 0)
    if (writer.y + height > writer.bottom) {
      writer.newPage(writer.isAcross ? 'across' : 'upright')
      drawHead()
    }
    draw(lines, 'regular', false)
    writer.rule(writer.left, writer.y, writer.width)
  }
  if (totalLines !== null) {
    writer.rule(writer.left, writer.y, writer.width, ink.quiet, 0.7)
    draw(totalLines, 'semibold', false)
  }
  writer.y += 16
  if (isTurned) writer.newPage('upright')
}

/** Widths in which every figure stands on one line; null when even the smallest type is too large. */
function fitColumns(
  type: TypeCase,
  table: ReportTable,
  cells: readonly (readonly string[])[],
  total: readonly string[] | undefined,
  available: number,
): Layout | null {
  for (const size of sizes) {
    for (const heads of ['whole', 'wrapped'] as const) {
      const wanted = naturalWidths(type, table, cells, total, size, heads)
      const room = available - gap * (wanted.length - 1)
      const fixed = wanted.filter(({ isFigure: figure }) => figure).reduce((sum, { width }) => sum + width, 0)
      const texts = wanted.filter(({ isFigure: figure }) => !figure)
      const least = texts.reduce((sum, { width }) => sum + Math.min(width, narrowest), 0)
      if (fixed + least > room) continue
      return { size, columns: shared(wanted, room) }
    }
  }
  return null
}

/** Nothing fits: figures are given what there is in equal parts, and the smallest type. */
function squeezed(
  type: TypeCase,
  table: ReportTable,
  cells: readonly (readonly string[])[],
  total: readonly string[] | undefined,
  available: number,
): Layout {
  const [size = 6] = sizes.toReversed()
  const wanted = naturalWidths(type, table, cells, total, size, 'wrapped')
  const room = available - gap * (wanted.length - 1)
  const sum = wanted.reduce((all, { width }) => all + width, 0)
  return { size, columns: wanted.map((column) => ({ ...column, width: (column.width / sum) * room })) }
}

function naturalWidths(
  type: TypeCase,
  table: ReportTable,
  cells: readonly (readonly string[])[],
  total: readonly string[] | undefined,
  size: number,
  heads: 'whole' | 'wrapped',
): readonly Column[] {
  return table.columns.map(({ head, unit }, at) => {
    const figure = isFigure(unit)
    const measured = figure ? cells : cells.slice(0, measuredRows)
    const words = (heads === 'whole' ? [head] : head.split(' ')).map((word) =>
      type.width(word, size, 'semibold'),
    )
    // Digits are equally wide, so that the longest figure is the widest.
    const texts = figure
      ? [longest(measured.map((row) => row[at] ?? ''))]
      : measured.map((row) => row[at] ?? '')
    const widths = texts.map((text) => type.width(text, size))
    const width = Math.max(...words, type.width(total?.[at] ?? '', size, 'semibold'), ...widths)
    return { head: type.printable(head), isFigure: figure, width: width + 0.5 }
  })
}

function longest(texts: readonly string[]): string {
  return texts.reduce((one, other) => (other.length > one.length ? other : one), '')
}

/** What figures leave is for texts: the short ones get what they want, the long ones share the rest. */
function shared(wanted: readonly Column[], room: number): readonly Column[] {
  const fixed = wanted.filter(({ isFigure: figure }) => figure).reduce((sum, { width }) => sum + width, 0)
  let left = room - fixed
  let open = wanted.filter(({ isFigure: figure }) => !figure)
  const widths = new Map<Column, number>()
  while (open.length > 0) {
    const fair = left / open.length
    const modest = open.filter(({ width }) => width <= fair)
    if (modest.length === 0) {
      for (const column of open) widths.set(column, fair)
      break
    }
    for (const column of modest) {
      widths.set(column, column.width)
      left -= column.width
    }
    open = open.filter((column) => !modest.includes(column))
  }
  const taken = [...widths.values()].reduce((sum, width) => sum + width, 0) + fixed
  // What nobody needs goes to the texts: figures stay together on the right.
  const texts = wanted.filter(({ isFigure: figure }) => !figure).length
  const spare = Math.max(0, room - taken) / Math.max(1, texts)
  return wanted.map((column) => {
    if (column.isFigure) return column
    return { ...column, width: (widths.get(column) ?? column.width) + spare }
  })
}

function headLines(type: TypeCase, { head, width }: Column, size: number): readonly string[] {
  return type.lines(head, size, width, 'semibold')
}
