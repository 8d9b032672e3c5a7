import { readFile, stat } from 'node:fs/promises'
import { contentTypeOf } from '../content-types'
import { securityHeaders } from '../security/content-security-policy'
import { containedFile } from './contained-file'
import type { ProtocolPort } from './electron-ports'
import { host, scheme, stoppedUrl } from './origin'
import { stoppedPage } from './stopped-page'

/** Once, and before the application is ready: later calls are ignored. */
export function registerScheme(protocol: ProtocolPort): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

function respond(status: number, type: string, body: Uint8Array<ArrayBuffer> | string | null): Response {
  return new Response(body, {
    status,
    headers: { ...securityHeaders, 'Content-Type': type, 'Cache-Control': 'no-store' },
  })
}

const plain = 'text/plain; charset=utf-8'

export async function answerRequest(
  folder: string,
  request: Pick<Request, 'method' | 'url'>,
): Promise<Response> {
  const notFound = () => respond(404, plain, 'There is nothing at this address.')
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return respond(405, plain, 'Only reading works here.')
  if (!URL.canParse(request.url)) return notFound()
  const url = new URL(request.url)
  if (url.protocol !== `${scheme}:` || url.host !== host) return notFound()
  const head = request.method === 'HEAD'
  if (url.pathname === new URL(stoppedUrl).pathname) {
    return respond(200, contentTypeOf('stopped.html').type, head ? null : stoppedPage)
  }
  const file = await containedFile(folder, url.pathname)
  if (file === null || !(await stat(file)).isFile()) return notFound()
  return respond(200, contentTypeOf(file).type, head ? null : new Uint8Array(await readFile(file)))
}

export function serveBundle(protocol: ProtocolPort, folder: string, report: (cause: unknown) => void): void {
  protocol.handle(scheme, async (request) => {
    try {
      return await answerRequest(folder, request)
    } catch (cause) {
      report(cause)
      return respond(500, plain, 'This file could not be read.')
    }
  })
}
