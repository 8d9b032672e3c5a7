import type { ReportFormat, ReportStyle } from '../../analytics/contract/report-files'
import type { Report, ReportRequest } from '../../analytics/contract/reports'
import { type Result, succeed } from '../../analytics/contract/result'
import { type FileContent, fileName } from '../exports/file-content'
import type { Ask } from '../exports/rejected-lines'
import { renderFile } from './render-apart'

export const reportTypes: Readonly<Record<ReportFormat, string>> = {
  pdf: 'application/pdf',
  html: 'text/html; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
}

export interface ReportFile {
  readonly format: ReportFormat
  readonly request: ReportRequest
  readonly style: ReportStyle
}

/** What becomes of a report that was made, before anybody has it: the workspace keeps a copy. */
export type KeepReport = (report: Report, file: ReportFile, bytes: Uint8Array) => Promise<void>

/** A report is made whole before its first byte leaves: what goes wrong is told, and a file is never half of one. */
export async function reportFile(
  file: ReportFile,
  ask: Ask,
  keep: KeepReport,
  signal: AbortSignal,
): Promise<Result<FileContent & { readonly report: Report }>> {
  const { format, request, style } = file
  const made = await ask('reports/make', request, { signal })
  if (!made.ok) return made
  const report = made.value
  const bytes = await renderFile(report, style, format, signal)
  await keep(report, file, bytes)
  return succeed({
    report,
    name: fileName(`${report.title}-${report.window.from}-to-${report.window.to}`, format),
    type: reportTypes[format],
    async *chunks() {
      yield bytes
    },
  })
}
