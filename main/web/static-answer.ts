import type { IncomingMessage, ServerResponse } from 'node:http'
import { answer } from './answers'
import type { Encoding, RendererFile } from './renderer-files'

export async function answerFile(
  request: IncomingMessage,
  response: ServerResponse,
  file: RendererFile,
): Promise<void> {
  const encoding = file.compressible ? acceptedEncoding(request.headers['accept-encoding']) : 'identity'
  // Each encoding is a representation of its own and needs a tag of its own.
  const etag = `"${file.etag}-${encoding}"`
  const headers = {
    'Content-Type': file.contentType,
    'Cache-Control': file.cacheControl,
    ETag: etag,
    ...(file.compressible ? { Vary: 'Accept-Encoding' } : {}),
  }
  if (matches(request.headers['if-none-match'], etag)) {
    answer(response, 304, headers, '')
    return
  }
  const body = await file.body(encoding)
  const encoded = encoding === 'identity' ? headers : { ...headers, 'Content-Encoding': encoding }
  // Node leaves the body of an answer to HEAD away by itself.
  answer(response, 200, encoded, body)
}

function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false
  return ifNoneMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)
}

function acceptedEncoding(header: string | string[] | undefined): Encoding {
  const accepted = new Set(
    String(header ?? '')
      .split(',')
      .map((part) => part.trim().toLowerCase())
      .filter((part) => !/;\s*q=0(\.0*)?$/.test(part))
      .map((part) => part.split(';')[0]?.trim() ?? ''),
  )
  if (accepted.has('br')) return 'br'
  return accepted.has('gzip') ? 'gzip' : 'identity'
}
