import type { ExportRequest } from '../../analytics/contract/exports'
import { type Result, succeed } from '../../analytics/contract/result'
import type { ReportArchive } from '../reports/report-archive'
import { reportFile } from '../reports/report-file'
import type { FileContent } from './file-content'
import { lineItems } from './line-items'
import { type Ask, rejectedLinesCsv } from './rejected-lines'
import { spendTable } from './spend-table'
import { tagCoverage, untaggedSpend } from './tag-tables'
import { unitCosts } from './unit-costs'

/** Everything that can be saved to a file. A new kind is an entry of the contract and a case here. */
export async function prepareExport(
  request: ExportRequest,
  ask: Ask,
  archive: ReportArchive,
  signal: AbortSignal,
): Promise<Result<FileContent>> {
  switch (request.kind) {
    case 'rejected-lines':
      return succeed(rejectedLinesCsv(request, ask))
    case 'spend-table':
      return succeed(spendTable(request, ask))
    case 'line-items':
      return succeed(lineItems(request, ask))
    case 'tag-coverage':
      return succeed(tagCoverage(request, ask))
    case 'untagged-spend':
      return succeed(untaggedSpend(request, ask))
    case 'unit-costs':
      return succeed(unitCosts(request, ask))
    case 'report':
      return await reportFile(request, ask, archive.keep, signal)
    case 'kept-report': {
      const kept = await archive.read(request.id)
      return kept.ok ? succeed(archive.contentOf(kept.value)) : kept
    }
  }
}
