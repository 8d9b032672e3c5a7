import type { IncomingMessage, ServerResponse } from 'node:http'
import { answer, answerHtml, isApiPath, refuse } from './answers'
import { answerCall, type Caller } from './calls'
import { answerDownload, type DownloadSource } from './download'
import type { EventStreams } from './events'
import { continuePage, freshLinkSentence, linkNeededPage } from './pages'
import type { RendererFiles } from './renderer-files'
import { type OwnAddress, refusalOf } from './request-check'
import type { Sessions } from './sessions'
import type { StartTokens } from './start-tokens'
import { answerFile } from './static-answer'
import { parseTarget, type Target } from './target'
import { answerUpload, type Receiver, uploadPath } from './upload'

export interface RouterParts {
  readonly own: OwnAddress
  readonly tokens: StartTokens
  readonly sessions: Sessions
  readonly streams: EventStreams
  readonly application: Caller & DownloadSource & { readonly intake: Receiver }
  readonly files: RendererFiles
}

type Route = (request: IncomingMessage, response: ServerResponse) => Promise<void>

const mostStreams = 64
const downloadPath = /^\/api\/download\/([0-9a-f-]{36})$/
const callPath = /^\/api\/call\/([a-z][a-z0-9-]{0,63}\/[a-z][a-z0-9-]{0,63})$/

export function createRouter(parts: RouterParts): Route {
  return async (request, response) => {
    const method = request.method ?? ''
    const target = parseTarget(request.url ?? '')
    const path = target?.path ?? '/'
    const { headers, rawHeaders } = request
    const refusal = refusalOf({ method, path, headers, rawHeaders }, parts.own)
    if (refusal !== null) refuse(response, path, { status: 403, ...refusal }, { Connection: 'close' })
    else if (target === null) {
      refuse(response, path, { status: 400, code: 'malformed-address', message: 'The address is malformed.' })
    } else if (target.path === '/start') start(parts, target, request, response)
    else if (!parts.sessions.holds(headers.cookie)) askForLink(response, target.path)
    else await inside(parts, target, request, response)
  }
}

/** Exchanges the token of a start link for a session. */
function start(parts: RouterParts, target: Target, request: IncomingMessage, response: ServerResponse): void {
  // Only GET spends the token: a program that looks at links with HEAD must not use it up.
  if (request.method !== 'GET') {
    methodNotAllowed(response, target.path, 'GET')
    return
  }
  const cookie = parts.tokens.redeem(target.query.get('token') ?? '') ? parts.sessions.open() : null
  // The link of a window that has a session already, opened again: it leads to where the window is.
  if (cookie === null && !parts.sessions.holds(request.headers.cookie)) {
    answerHtml(response, 401, linkNeededPage)
    return
  }
  const headers = cookie === null ? {} : { 'Set-Cookie': cookie }
  const site = request.headers['sec-fetch-site']
  if (site === 'cross-site' || site === 'same-site') answerHtml(response, 200, continuePage, headers)
  else answer(response, 303, { ...headers, Location: '/' }, '')
}

function askForLink(response: ServerResponse, path: string): void {
  if (isApiPath(path)) {
    const message = 'The session of this window has ended.'
    refuse(response, path, { status: 401, code: 'session-required', message, hint: freshLinkSentence })
  } else answerHtml(response, 401, linkNeededPage)
}

async function inside(
  parts: RouterParts,
  { path }: Target,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const channel = callPath.exec(path)?.[1]
  if (channel !== undefined) {
    if (request.method === 'POST') await answerCall(parts.application, channel, request, response)
    else methodNotAllowed(response, path, 'POST')
    return
  }
  const download = downloadPath.exec(path)?.[1]
  if (download !== undefined) {
    if (request.method === 'GET') await answerDownload(parts.application, download, path, response)
    else methodNotAllowed(response, path, 'GET')
    return
  }
  const upload = uploadPath.exec(path)
  if (upload?.[1] !== undefined) {
    const { intake } = parts.application
    if (request.method === 'PUT') await answerUpload(intake, upload[1], Number(upload[2]), request, response)
    else methodNotAllowed(response, path, 'PUT')
    return
  }
  if (path === '/api/events') {
    if (request.method !== 'GET') methodNotAllowed(response, path, 'GET')
    else if (parts.streams.size >= mostStreams) tooManyWindows(response, path)
    else parts.streams.open(response)
    return
  }
  const file = parts.files.get(path)
  if (file === undefined) {
    refuse(response, path, { status: 404, code: 'not-found', message: 'There is nothing at this address.' })
  } else if (request.method === 'GET' || request.method === 'HEAD') await answerFile(request, response, file)
  else methodNotAllowed(response, path, 'GET, HEAD')
}

function methodNotAllowed(response: ServerResponse, path: string, allowed: string): void {
  const message = `This address is asked with ${allowed}.`
  const headers = { Allow: allowed, Connection: 'close' }
  refuse(response, path, { status: 405, code: 'method-not-allowed', message }, headers)
}

function tooManyWindows(response: ServerResponse, path: string): void {
  const message = 'Too many windows of this workspace are open.'
  refuse(response, path, { status: 503, code: 'too-many-windows', message, hint: 'Close some of them.' })
}
