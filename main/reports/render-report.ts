import type { ReportFormat, ReportPreview, ReportStyle } from '../../analytics/contract/report-files'
import { type Report, reportSchema } from '../../analytics/contract/reports'
import { type Differences, differencesOf } from './compare-reports'
import { layReport } from './lay-report'
import { writeCsv } from './write-csv'
import { writeHtml } from './write-html'
import { writePdf } from './write-pdf'
import { writeXlsx } from './write-xlsx'

export type RenderJob =
  | { readonly as: ReportFormat; readonly report: Report; readonly style: ReportStyle }
  | { readonly as: 'preview'; readonly report: Report; readonly style: ReportStyle }
  | { readonly as: 'differences'; readonly before: string; readonly report: Report }

/** More are not looked through on a screen; the file has all of them. */
const mostPreviewed = 40

export async function renderReport(job: RenderJob): Promise<Uint8Array | ReportPreview | Differences> {
  const { report } = job
  switch (job.as) {
    case 'pdf':
      return await writePdf(report, job.style)
    case 'html':
      return writeHtml(report, job.style)
    case 'xlsx':
      return await writeXlsx(report)
    case 'csv':
      return writeCsv(report)
    case 'preview': {
      const { pages } = layReport(report, job.style)
      return { pages: pages.slice(0, mostPreviewed), pageCount: pages.length }
    }
    case 'differences':
      return differencesOf(reportSchema.parse(JSON.parse(job.before)), report)
  }
}
