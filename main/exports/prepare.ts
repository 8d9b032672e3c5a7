import type { ExportRequest } from '../../analytics/contract/exports'
import type { FileContent } from './file-content'
import { type Ask, rejectedLinesCsv } from './rejected-lines'

/** Everything that can be saved to a file. A new kind is an entry of the contract and a case here. */
export function prepareExport(request: ExportRequest, ask: Ask): FileContent {
  switch (request.kind) {
    case 'rejected-lines':
      return rejectedLinesCsv(request, ask)
  }
}
