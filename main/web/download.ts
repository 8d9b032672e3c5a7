import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { FileContent } from '../exports/file-content'
import { baseHeaders, refuse } from './answers'

/** The part of the application this needs. */
export interface DownloadSource {
  takeDownload(token: string): FileContent | null
}

/** Streams a file to the browser, as fast as it takes it. An answer that breaks off is no complete file to it. */
export async function answerDownload(
  source: DownloadSource,
  token: string,
  path: string,
  response: ServerResponse,
): Promise<void> {
  const content = source.takeDownload(token)
  if (content === null) {
    const message = 'This download was fetched already, or waited too long.'
    refuse(response, path, { status: 404, code: 'no-such-download', message, hint: 'Export once more.' })
    return
  }
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  response.writeHead(200, {
    ...baseHeaders,
    'Content-Type': content.type,
    'Content-Disposition': `attachment; filename="${content.name}"`,
  })
  for await (const chunk of content.chunks(gone.signal)) {
    if (gone.signal.aborted) return
    if (!response.write(chunk)) await once(response, 'drain', { signal: gone.signal }).catch(() => undefined)
  }
  response.end()
}
