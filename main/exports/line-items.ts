import type { ExportRequest } from '../../analytics/contract/exports'
import type { Lines, LinesRequest } from '../../analytics/contract/line-items'
import { ExportFailedError } from './export-failed'
import type { FileContent } from './file-content'
import type { Ask } from './rejected-lines'
import { filterText } from './spend-table'
import { type Sheet, type SheetColumn, tableFile } from './table-file'

export type LineItemsExport = Extract<ExportRequest, { readonly kind: 'line-items' }>

const page = 1_000

/** Every line item behind a figure. */
export function lineItems({ format, mark, request }: LineItemsExport, ask: Ask): FileContent {
  const stem = ['line-items', request.period ?? `${request.from}-to-${request.to}`].join('-')
  return tableFile({ stem, format, mark }, (signal) => sheetOf(request, ask, signal))
}

async function sheetOf(request: LinesRequest, ask: Ask, signal: AbortSignal): Promise<Sheet> {
  const readPage = async (after: string | undefined): Promise<Lines> => {
    const { after: _first, ...rest } = request
    const asked = { ...rest, limit: page, ...(after === undefined ? {} : { after }) }
    const answer = await ask('spend/lines', asked, { signal })
    if (!answer.ok) throw new ExportFailedError(answer.failure.message)
    return answer.value
  }
  const first = await readPage(undefined)
  return {
    name: 'Line items',
    columns: first.columns.map(({ name, kind }): SheetColumn => {
      if (kind === 'money') return { head: name, kind: 'money' }
      return { head: name, kind: kind === 'number' ? 'number' : 'text' }
    }),
    rowCount: first.count,
    about: [
      ['First day (UTC)', first.about.window.from],
      ['Day after the last', first.about.window.to],
      ['Filters', (request.where ?? []).map(filterText).join('; ') || 'none'],
      ['Data as of', first.about.asOf ?? 'none'],
      ['Data version', String(first.about.dataVersion)],
    ],
    async *pages() {
      for (let lines = first; ; lines = await readPage(lines.next)) {
        yield lines.rows.map((row) =>
          row.map((cell) => (cell === null || typeof cell === 'string' ? cell : JSON.stringify(cell))),
        )
        if (lines.next === null) return
      }
    },
  }
}
