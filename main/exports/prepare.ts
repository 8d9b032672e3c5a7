import type { ExportRequest } from '../../analytics/contract/exports'
import type { FileContent } from './file-content'
import { lineItems } from './line-items'
import { type Ask, rejectedLinesCsv } from './rejected-lines'
import { spendTable } from './spend-table'
import { tagCoverage, untaggedSpend } from './tag-tables'
import { unitCosts } from './unit-costs'

/** Everything that can be saved to a file. A new kind is an entry of the contract and a case here. */
export function prepareExport(request: ExportRequest, ask: Ask): FileContent {
  switch (request.kind) {
    case 'rejected-lines':
      return rejectedLinesCsv(request, ask)
    case 'spend-table':
      return spendTable(request, ask)
    case 'line-items':
      return lineItems(request, ask)
    case 'tag-coverage':
      return tagCoverage(request, ask)
    case 'untagged-spend':
      return untaggedSpend(request, ask)
    case 'unit-costs':
      return unitCosts(request, ask)
  }
}
