import type { IncomingHttpHeaders } from 'node:http'

/** The one address this door answers to. */
export interface OwnAddress {
  readonly origin: string
  readonly host: string
}

export function ownAddress(port: number): OwnAddress {
  const url = new URL(`http://127.0.0.1:${port}`)
  return { origin: url.origin, host: url.host }
}

export interface CheckedRequest {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly rawHeaders: readonly string[]
}

export interface Refusal {
  readonly code: string
  readonly message: string
  readonly hint: string
}

/**
 * Why a request may not come in, or null. The Host check stops a foreign name that was pointed at this machine
 * (DNS rebinding), the rest stops other pages in the same browser.
 */
export function refusalOf(request: CheckedRequest, own: OwnAddress): Refusal | null {
  if (hostsOf(request.rawHeaders).length !== 1 || request.headers.host !== own.host) {
    return {
      code: 'foreign-host',
      message: 'The address of this request is not the address of this program.',
      hint: `Open ${own.origin} in the browser of this machine.`,
    }
  }
  const foreign: Refusal = {
    code: 'foreign-origin',
    message: 'The request was sent by another page, and only the program’s own screens may ask.',
    hint: `Open ${own.origin} directly.`,
  }
  const origin = request.headers.origin
  if (origin !== undefined && origin !== own.origin) return foreign
  const safe = request.method === 'GET' || request.method === 'HEAD'
  if (!safe && origin === undefined) {
    return {
      code: 'origin-missing',
      message: 'The request does not say which page sent it.',
      hint: `Send the header "Origin: ${own.origin}".`,
    }
  }
  const site = headerText(request.headers['sec-fetch-site'])
  if (site === undefined || site === 'same-origin') return null
  if (safe && (site === 'none' || isVisit(request))) return null
  return foreign
}

/** A person following a link from elsewhere to the front door: it gets a page, and that page cannot be framed. */
function isVisit({ path, headers }: CheckedRequest): boolean {
  return (
    (path === '/' || path === '/start') &&
    headerText(headers['sec-fetch-mode']) === 'navigate' &&
    headerText(headers['sec-fetch-dest']) === 'document'
  )
}

function hostsOf(rawHeaders: readonly string[]): readonly string[] {
  return rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host')
}

function headerText(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(',') : value
}
