import type { Report } from '../../analytics/contract/reports'
import { csvRecord } from '../exports/csv'
import { aboutRows, figuresOf, sheetsOf } from './sheets'

type Cells = readonly (string | number | null)[]

/**
 * Every table of a report in one file: each record begins with the name of its table, and the first of a table are
 * its heads. All have equally many fields, so that whatever reads CSV reads this one.
 */
export function writeCsv(report: Report): Uint8Array {
  const records: Cells[] = [
    ['about', 'what', 'value'],
    ...aboutRows(report).map(([what, value]) => ['about', what, value]),
    ['figures', 'section', 'figure', 'value', 'unit', 'note', 'question'],
    ...figuresOf(report).map(({ section, label, value, unit, note, question }) => [
      'figures',
      section,
      label,
      value,
      unit === 'money' ? report.currency : unit,
      note,
      question,
    ]),
  ]
  for (const { name, columns, rows, total, question } of sheetsOf(report)) {
    records.push([name, ...columns.map(({ head }) => head), 'question'])
    for (const row of rows) records.push([name, ...row, question])
    if (total !== null) records.push([name, ...total, question])
  }
  records.push(['questions', 'no', 'asked in a terminal as', 'hash', 'data version'])
  for (const { id, command, hash } of report.questions) {
    records.push(['questions', id, command, hash, report.dataVersion])
  }
  const width = Math.max(...records.map((cells) => cells.length))
  const padded = records.map((cells) => [
    ...cells,
    ...Array.from({ length: width - cells.length }, () => null),
  ])
  return Buffer.from(`\uFEFF${padded.map(csvRecord).join('')}`)
}
