import type { ReportFormat, ReportStyle } from '../../analytics/contract/report-files'
import type { Report, ReportRequest } from '../../analytics/contract/reports'
import { ExportFailedError } from '../exports/export-failed'
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

/** A report is made whole before its first byte leaves: a file is never half of one. */
export function reportFile(file: ReportFile, ask: Ask, keep: KeepReport): FileContent {
  const { format, request, style } = file
  const stem = [
    request.title ?? `${request.kind}-report`,
    request.period ?? `${request.from}-to-${request.to}`,
  ].join('-')
  return {
    name: fileName(stem, format),
    type: reportTypes[format],
    async *chunks(signal) {
      const made = await ask('reports/make', request, { signal })
      if (!made.ok) throw new ExportFailedError(made.failure.message)
      const bytes = await renderFile(made.value, style, format, signal)
      await keep(made.value, file, bytes)
      yield bytes
    },
  }
}
