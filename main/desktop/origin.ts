/** The program's own pages: a standard, secure scheme instead of file://, so that "same origin" means something. */
export const scheme = 'app'
export const host = 'bundle'
export const startUrl = `${scheme}://${host}/`
export const stoppedUrl = `${startUrl}stopped`

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

function parse(url: string): URL | null {
  return URL.canParse(url) ? new URL(url) : null
}

/** A development server is a loopback address, and never one in an installed program. */
export function developmentServer(address: string | undefined, isPackaged: boolean): URL | null {
  if (isPackaged || address === undefined || address === '') return null
  const url = parse(address)
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null
  return loopback.has(url.hostname) && url.username === '' && url.password === '' ? url : null
}

/** Whether a document at this URL is ours. Everything else is foreign, whatever it looks like. */
export function isOwnUrl(address: string, development: URL | null): boolean {
  const url = parse(address)
  if (url === null || url.username !== '' || url.password !== '') return false
  if (url.protocol === `${scheme}:`) return url.host === host
  return development !== null && url.origin === development.origin
}

/** Whether a page may load this. Nothing here leaves the machine. */
export function mayLoad(address: string, development: URL | null): boolean {
  if (isOwnUrl(address, development)) return true
  const url = parse(address)
  if (url === null) return false
  if (url.protocol === 'blob:' || url.protocol === 'data:') return true
  if (development === null) return false
  const socket = url.protocol === 'ws:' || url.protocol === 'wss:'
  return url.protocol === 'devtools:' || (socket && url.host === development.host)
}
