import type { ImportReport } from '../../analytics/contract/imports'
import type { Result } from '../../analytics/contract/result'
import type { UploadRequest } from '../../analytics/contract/uploads'
import type { Bridge, ChosenFile } from './bridge'

type Call = Bridge['call']

/**
 * Sends files to the application of this machine, which may read nothing that a browser only names. The import is
 * asked for first: its task shows how much has arrived, and cancelling it ends the sending.
 */
export async function uploadAndImport(
  call: Call,
  files: readonly ChosenFile[],
): Promise<Result<ImportReport>> {
  const announced: UploadRequest['files'] = files.map(({ file, path }) => ({ path, bytes: file.size }))
  const opened = await call('uploads/open', { files: announced })
  if (!opened.ok) return opened
  const { id } = opened.value
  const stop = new AbortController()
  const imported = call('uploads/import', { id }).finally(() => stop.abort())
  const sent = await sendAll(id, files, stop.signal)
  if (!sent && !stop.signal.aborted) await call('uploads/abandon', { id })
  return await imported
}

/** One after the other: the disk at the other end is the same for all of them. */
async function sendAll(id: string, files: readonly ChosenFile[], signal: AbortSignal): Promise<boolean> {
  for (const [index, { file }] of files.entries()) {
    if (signal.aborted || !(await send(`/api/upload/${id}/${index}`, file, signal))) return false
  }
  return true
}

async function send(url: string, file: File, signal: AbortSignal): Promise<boolean> {
  try {
    const response = await fetch(url, {
      method: 'PUT',
      headers: { 'content-type': 'application/octet-stream' },
      body: file,
      credentials: 'same-origin',
      signal,
    })
    const answer: unknown = await response.json()
    return typeof answer === 'object' && answer !== null && 'ok' in answer && answer.ok === true
  } catch {
    // Why is told by the import that waits for the file.
    return false
  }
}
