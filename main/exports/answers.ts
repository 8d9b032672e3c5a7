import type { ExportAnswer, ExportRequest } from '../../analytics/contract/exports'
import { fail, type Result, succeed } from '../../analytics/contract/result'
import type { PickTarget } from '../application'
import type { ReportArchive } from '../reports/report-archive'
import type { Downloads } from './downloads'
import { prepareExport } from './prepare'
import type { Ask } from './rejected-lines'
import { saveFile } from './save-file'

export interface ExportParts {
  readonly ask: Ask
  /** A native dialog, where the door has one. */
  readonly pickTarget: PickTarget | undefined
  /** Where a browser fetches files; null for a door that has none. */
  readonly downloads: Downloads | null
  readonly archive: ReportArchive
}

/** Saves to where the person says, or hands the browser an address; the command line writes its files itself. */
export async function answerExport(
  request: ExportRequest,
  { ask, pickTarget, downloads, archive }: ExportParts,
  signal: AbortSignal,
): Promise<Result<ExportAnswer>> {
  const prepared = await prepareExport(request, ask, archive, signal)
  if (!prepared.ok) return prepared
  const content = prepared.value
  if (pickTarget !== undefined) {
    const path = await pickTarget(content.name)
    if (path === null) return succeed({ state: 'cancelled' })
    const saved = await saveFile(content, path, signal)
    return saved.ok ? succeed({ state: 'saved', label: saved.value.path, bytes: saved.value.bytes }) : saved
  }
  if (downloads !== null) {
    return succeed({
      state: 'download',
      address: `/api/download/${downloads.offer(content)}`,
      name: content.name,
    })
  }
  return fail('no-dialog', 'This door cannot ask where to save.', 'Name the file with --out.')
}
