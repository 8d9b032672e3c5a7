import type { ReportFormat, ReportPreview, ReportStyle } from '../../analytics/contract/report-files'
import type { Report } from '../../analytics/contract/reports'
import { layReport } from './lay-report'
import { writeCsv } from './write-csv'
import { writeHtml } from './write-html'
import { writePdf } from './write-pdf'
import { writeXlsx } from './write-xlsx'

export type RenderJob =
  | { readonly as: ReportFormat; readonly report: Report; readonly style: ReportStyle }
  | { readonly as: 'preview'; readonly report: Report; readonly style: ReportStyle }

/** More are not looked through on a screen; the file has all of them. */
const mostPreviewed = 40

export async function renderReport({ as, report, style }: RenderJob): Promise<Uint8Array | ReportPreview> {
  switch (as) {
    case 'pdf':
      return await writePdf(report, style)
    case 'html':
      return writeHtml(report, style)
    case 'xlsx':
      return await writeXlsx(report, style)
    case 'csv':
      return writeCsv(report)
    case 'preview': {
      const { pages } = layReport(report, style)
      return { pages: pages.slice(0, mostPreviewed), pageCount: pages.length }
    }
  }
}
