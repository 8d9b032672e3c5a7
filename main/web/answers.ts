import type { ServerResponse } from 'node:http'
import { fail, type Result } from '../../analytics/contract/result'
import { securityHeaders } from '../security/content-security-policy'

type Headers = Readonly<Record<string, string | number>>

/** What every answer begins with, so that none leaves without the hardening headers. */
export const baseHeaders: Headers = { ...securityHeaders, 'Cache-Control': 'no-store' }

export function answer(
  response: ServerResponse,
  status: number,
  headers: Headers,
  body: string | Buffer,
): void {
  response.writeHead(status, {
    ...baseHeaders,
    ...(hasUnreadBody(response) ? { Connection: 'close' } : {}),
    ...headers,
    'Content-Length': Buffer.byteLength(body),
  })
  response.end(body)
}

export function answerHtml(
  response: ServerResponse,
  status: number,
  html: string,
  headers: Headers = {},
): void {
  answer(response, status, { 'Content-Type': 'text/html; charset=utf-8', ...headers }, html)
}

export function answerResult(
  response: ServerResponse,
  status: number,
  result: Result<unknown>,
  headers: Headers = {},
): void {
  answer(
    response,
    status,
    { 'Content-Type': 'application/json; charset=utf-8', ...headers },
    JSON.stringify(result),
  )
}

/** Keeping such a connection would mean reading, to its end, what was refused. */
function hasUnreadBody({ req }: ServerResponse): boolean {
  const announced = req.headers['content-length'] ?? req.headers['transfer-encoding']
  return announced !== undefined && announced !== '0' && !req.complete
}

export interface Refused {
  readonly status: number
  readonly code: string
  readonly message: string
  readonly hint?: string
}

/** A program asking through the API reads a Result; a person reads the same sentences. */
export function refuse(
  response: ServerResponse,
  path: string,
  refused: Refused,
  headers: Headers = {},
): void {
  const { status, code, message, hint } = refused
  if (isApiPath(path)) {
    answerResult(response, status, fail(code, message, hint), headers)
    return
  }
  const text = hint === undefined ? `${message}\n` : `${message} ${hint}\n`
  answer(response, status, { 'Content-Type': 'text/plain; charset=utf-8', ...headers }, text)
}

export function isApiPath(path: string): boolean {
  return path === '/api' || path.startsWith('/api/')
}
