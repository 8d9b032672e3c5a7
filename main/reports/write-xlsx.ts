import type { Report, ReportCell, ReportUnit } from '../../analytics/contract/reports'
import { aboutRows, figuresOf, type ReportSheet, sheetsOf } from './sheets'
import { isFigure, wordingOf } from './wording'
import { withFixedTimes } from './zip-times'

type Cell =
  | {
      readonly value: string
      readonly type: StringConstructor
      readonly fontWeight?: 'bold'
      readonly wrap?: true
    }
  | {
      readonly value: number
      readonly type: NumberConstructor
      readonly format?: string
      readonly fontWeight?: 'bold'
    }
  | {
      readonly value: string
      readonly type: 'Formula'
      readonly format?: string
      readonly fontWeight?: 'bold'
    }
  | null

const formats: Readonly<Partial<Record<ReportUnit, string>>> = {
  money: '#,##0.00',
  number: '#,##0.######',
  percent: '0.0" %"',
  count: '#,##0',
}

/** A worksheet a table, numbers as numbers, totals as formulas where the rows add up to them. */
export async function writeXlsx(report: Report): Promise<Uint8Array> {
  const { default: writeWorkbook } = await import('write-excel-file/node')
  const figures = figuresOf(report)
  const names = new Set<string>()
  const sheets = [
    {
      data: aboutRows(report).map(([what, value]): Cell[] => [
        bold(what),
        { value, type: String, wrap: true },
      ]),
      sheet: sheetName('About', names),
      columns: [{ width: 26 }, { width: 100 }],
    },
    ...(figures.length === 0
      ? []
      : [
          {
            data: [
              ['Section', 'Figure', 'Value', 'Unit', 'Note', 'Question'].map(bold),
              ...figures.map(({ section, label, value, unit, note, question }): Cell[] => [
                text(section),
                text(label),
                cellOf(value, unit),
                text(unit === 'money' ? (report.currency ?? '') : unit),
                text(note ?? ''),
                text(question),
              ]),
            ],
            sheet: sheetName('Figures', names),
            stickyRowsCount: 1,
            columns: [
              { width: 24 },
              { width: 34 },
              { width: 18 },
              { width: 10 },
              { width: 34 },
              { width: 10 },
            ],
          },
        ]),
    ...sheetsOf(report).map((sheet) => ({
      data: sheetCells(sheet),
      sheet: sheetName(sheet.name, names),
      stickyRowsCount: 1,
      columns: sheet.columns.map((column, at) => ({ width: widthOf(sheet, column.unit, at) })),
    })),
    {
      data: [
        ['No.', 'Asked in a terminal as', 'SHA-256 of the question', 'Data version'].map(bold),
        ...report.questions.map(({ id, command, hash }): Cell[] => [
          text(id),
          text(command),
          text(hash),
          { value: report.dataVersion, type: Number },
        ]),
      ],
      sheet: sheetName('Questions', names),
      stickyRowsCount: 1,
      columns: [{ width: 8 }, { width: 110 }, { width: 66 }, { width: 14 }],
    },
  ]
  return withFixedTimes(await (writeWorkbook(sheets as never).toBuffer as () => Promise<Buffer>)())
}

function sheetCells({ columns, rows, total }: ReportSheet): Cell[][] {
  const last = rows.length + 1
  return [
    columns.map(({ head }) => bold(head)),
    ...rows.map((row) => columns.map(({ unit }, at) => cellOf(row[at] ?? null, unit))),
    ...(total === null
      ? []
      : [
          columns.map(({ unit, adds }, at): Cell => {
            const cell = total[at] ?? null
            if (adds && cell !== null && rows.length > 0) {
              const letters = columnLetters(at)
              return formula(`SUM(${letters}2:${letters}${last})`, unit)
            }
            const own = cellOf(cell, at === 0 ? 'text' : unit)
            return own === null ? null : { ...own, fontWeight: 'bold' }
          }),
        ]),
  ]
}

function formula(value: string, unit: ReportUnit): Cell {
  return {
    value,
    type: 'Formula',
    fontWeight: 'bold',
    ...(formats[unit] === undefined ? {} : { format: formats[unit] }),
  }
}

function bold(value: string): Cell {
  return { value, type: String, fontWeight: 'bold' }
}

function text(value: string): Cell {
  return { value, type: String }
}

/** A worksheet keeps numbers as doubles: money arrives to about 15 digits. The exact figures are in the CSV. */
function cellOf(cell: ReportCell, unit: ReportUnit): Cell {
  if (cell === null) return null
  if (isFigure(unit)) {
    return {
      value: Number(cell),
      type: Number,
      ...(formats[unit] === undefined ? {} : { format: formats[unit] }),
    }
  }
  return text(String(cell))
}

function widthOf({ columns, rows }: ReportSheet, unit: ReportUnit, at: number): number {
  if (isFigure(unit)) return Math.max(14, (columns[at]?.head.length ?? 0) + 2)
  const longest = rows.slice(0, 500).reduce((most, row) => Math.max(most, String(row[at] ?? '').length), 0)
  return Math.min(60, Math.max(12, longest + 2))
}

/** A, B ... Z, AA: as spreadsheets count columns. */
function columnLetters(at: number): string {
  const rest = Math.floor(at / 26)
  return `${rest > 0 ? columnLetters(rest - 1) : ''}${String.fromCharCode(65 + (at % 26))}`
}

/** At most 31 characters, none of those that a reference uses, and each name once. */
function sheetName(name: string, taken: Set<string>): string {
  const plain = wordingOf('en-GB')
    .cell(name, 'text')
    .replaceAll(/[[\]:*?/\\']/g, ' ')
    .trim()
  for (let number = 1; ; number += 1) {
    const ending = number === 1 ? '' : ` ${number}`
    const one = `${plain.slice(0, 31 - ending.length)}${ending}` || 'Table'
    if (taken.has(one.toLowerCase())) continue
    taken.add(one.toLowerCase())
    return one
  }
}
