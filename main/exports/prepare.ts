import type { ExportRequest } from '../../analytics/contract/exports'
import type { FileContent } from './file-content'
import { lineItems } from './line-items'
import { type Ask, rejectedLinesCsv } from './rejected-lines'
import { spendTable } from './spend-table'

/** Everything that can be saved to a file. A new kind is an entry of the contract and a case here. */
export function prepareExport(request: ExportRequest, ask: Ask): FileContent {
  switch (request.kind) {
    case 'rejected-lines':
      return rejectedLinesCsv(request, ask)
    case 'spend-table':
      return spendTable(request, ask)
    case 'line-items':
      return lineItems(request, ask)
  }
}
