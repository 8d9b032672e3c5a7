import type { Readable } from 'node:stream'
import { csvRecord } from './csv'
import { ExportFailedError } from './export-failed'
import { type FileContent, fileName } from './file-content'

export interface SheetColumn {
  readonly head: string
  readonly kind: 'text' | 'money' | 'number'
}

type Row = readonly (string | number | null)[]

/** A table that is about to become a file, page by page. */
export interface Sheet {
  readonly name: string
  readonly columns: readonly SheetColumn[]
  readonly rowCount: number
  /** What the rows are about: a file travels without its screen. */
  readonly about: readonly (readonly [what: string, value: string])[]
  pages(): AsyncIterable<readonly Row[]>
}

interface TableFile {
  readonly stem: string
  readonly format: 'csv' | 'xlsx'
  readonly mark: boolean | undefined
}

/** What a worksheet can hold, less its head. */
const mostSheetRows = 1_048_575

export function tableFile(
  { stem, format, mark = true }: TableFile,
  open: (signal: AbortSignal) => Promise<Sheet>,
): FileContent {
  switch (format) {
    case 'csv':
      return {
        name: fileName(stem, 'csv'),
        type: 'text/csv; charset=utf-8',
        async *chunks(signal) {
          const sheet = await open(signal)
          yield `${mark ? '\uFEFF' : ''}${csvRecord(sheet.columns.map(({ head }) => head))}`
          for await (const rows of sheet.pages()) if (rows.length > 0) yield rows.map(csvRecord).join('')
        },
      }
    case 'xlsx':
      return {
        name: fileName(stem, 'xlsx'),
        type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        async *chunks(signal) {
          yield* workbook(await open(signal))
        },
      }
  }
}

/** Loaded when a workbook is asked for: few are, and a start should not wait for it. */
async function* workbook(sheet: Sheet): AsyncIterable<Uint8Array> {
  if (sheet.rowCount > mostSheetRows) {
    throw new ExportFailedError(
      `a workbook holds at most ${mostSheetRows} rows, and these are ${sheet.rowCount}. Choose CSV.`,
    )
  }
  const { default: writeWorkbook } = await import('write-excel-file/node')
  const rows: Cell[][] = [sheet.columns.map(({ head }) => ({ value: head, fontWeight: 'bold' }))]
  for await (const page of sheet.pages()) {
    for (const row of page) rows.push(row.map((cell, at) => cellOf(cell, sheet.columns[at]?.kind ?? 'text')))
  }
  const file = writeWorkbook([
    {
      data: rows,
      sheet: sheet.name,
      stickyRowsCount: 1,
      columns: sheet.columns.map(({ kind }) => ({ width: kind === 'text' ? 28 : 18 })),
    },
    {
      data: sheet.about.map(([what, value]): Cell[] => [
        { value: what, fontWeight: 'bold' },
        { value, type: String },
      ]),
      sheet: 'About',
      columns: [{ width: 24 }, { width: 80 }],
    },
  ])
  // Its type leaves open which of two forms it has; without a target it is the one that answers a stream.
  const stream = await (file.toStream as () => Promise<Readable>)()
  yield* stream as AsyncIterable<Uint8Array>
}

type Cell =
  | { readonly value: string; readonly type?: StringConstructor; readonly fontWeight?: 'bold' }
  | { readonly value: number; readonly type: NumberConstructor; readonly format?: string }
  | null

const decimal = /^-?\d+(\.\d+)?$/

/** A worksheet keeps numbers as doubles: money arrives there to about 15 digits. The exact figures are in the CSV. */
function cellOf(cell: string | number | null, kind: SheetColumn['kind']): Cell {
  if (cell === null) return null
  const isFigure = kind !== 'text' && (typeof cell === 'number' || decimal.test(cell))
  if (!isFigure) return { value: String(cell), type: String }
  return {
    value: Number(cell),
    type: Number,
    ...(kind === 'money' ? { format: '#,##0.00' } : {}),
  }
}
