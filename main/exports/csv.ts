/** A cell of a CSV: text is guarded, a number is written as it is. */
export type CsvCell = string | number | null

/** Spreadsheets run a cell that begins with one of these; full-width twins are read as the same by some. */
const formulaStart = /^[=+\-@\t\r\n＝＋－＠]/

const decimal = /^-?\d+(\.\d+)?$/

/**
 * One record of RFC 4180. Text that a spreadsheet would run as a formula gets an apostrophe in front; a plain
 * decimal, negative or not, is no formula and stays a number.
 */
export function csvRecord(cells: readonly CsvCell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(cell: CsvCell): string {
  if (cell === null) return ''
  const text = String(cell)
  const guarded = formulaStart.test(text) && !decimal.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded
}
