import type { Report, ReportCell, ReportColumn, ReportUnit } from '../../analytics/contract/reports'
import { aboutReport } from './report-words'
import { wordingOf } from './wording'

/** A table of a report as a spreadsheet or a CSV has it: every figure in full. */
export interface ReportSheet {
  readonly section: string
  readonly name: string
  readonly columns: readonly ReportColumn[]
  readonly rows: readonly (readonly ReportCell[])[]
  readonly total: readonly ReportCell[] | null
  readonly question: string
}

export interface FigureRow {
  readonly section: string
  readonly label: string
  readonly value: ReportCell
  readonly unit: ReportUnit
  readonly note: string | null
  readonly question: string
}

export function sheetsOf({ sections, currency }: Report): readonly ReportSheet[] {
  return sections.flatMap(({ title, blocks }) =>
    blocks.flatMap((block): readonly ReportSheet[] => {
      if (block.kind !== 'table') return []
      const { name, rows, total, question } = block
      const columns = block.columns.map((column) => ({ ...column, head: headWithCurrency(column, currency) }))
      return [{ section: title, name, columns, rows, total, question }]
    }),
  )
}

export function figuresOf({ sections }: Report): readonly FigureRow[] {
  return sections.flatMap(({ title, blocks }) =>
    blocks.flatMap((block) =>
      block.kind === 'figures' ? block.figures.map((figure) => ({ section: title, ...figure })) : [],
    ),
  )
}

export function notesOf({
  sections,
}: Report): readonly { readonly section: string; readonly text: string }[] {
  return sections.flatMap(({ title, blocks }) =>
    blocks.flatMap((block) => (block.kind === 'note' ? [{ section: title, text: block.text }] : [])),
  )
}

export function headWithCurrency({ head, unit }: ReportColumn, currency: string | null): string {
  return unit === 'money' && currency !== null ? `${head} (${currency})` : head
}

/** What a file says of itself. */
export function aboutRows(report: Report): readonly (readonly [what: string, value: string])[] {
  return [
    ['Report', report.title],
    ['First day (UTC)', report.window.from],
    ['Day after the last', report.window.to],
    ['Currency', report.currency ?? 'none'],
    ['Data as of', report.asOf ?? 'none'],
    ['Data version', String(report.dataVersion)],
    ...aboutReport(report, wordingOf('en-GB')).map((line): readonly [string, string] => ['About', line]),
    ...notesOf(report).map(({ section, text }): readonly [string, string] => [section, text]),
  ]
}
