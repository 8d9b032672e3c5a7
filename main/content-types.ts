import { extname } from 'node:path'

interface ContentType {
  readonly type: string
  /** Worth compressing: fonts and pictures are compressed already. */
  readonly text: boolean
}

const text = (type: string): ContentType => ({ type: `${type}; charset=utf-8`, text: true })
const binary = (type: string): ContentType => ({ type, text: false })

const byExtension: ReadonlyMap<string, ContentType> = new Map([
  ['.html', text('text/html')],
  ['.js', text('text/javascript')],
  ['.mjs', text('text/javascript')],
  ['.css', text('text/css')],
  ['.json', text('application/json')],
  ['.map', text('application/json')],
  ['.svg', text('image/svg+xml')],
  ['.txt', text('text/plain')],
  ['.webmanifest', text('application/manifest+json')],
  ['.woff2', binary('font/woff2')],
  ['.woff', binary('font/woff')],
  ['.ttf', binary('font/ttf')],
  ['.png', binary('image/png')],
  ['.jpg', binary('image/jpeg')],
  ['.jpeg', binary('image/jpeg')],
  ['.webp', binary('image/webp')],
  ['.ico', binary('image/x-icon')],
  ['.wasm', binary('application/wasm')],
])

/** Sent with nosniff: a file of a type not listed here is handed over as bytes and never run. */
export function contentTypeOf(path: string): ContentType {
  return byExtension.get(extname(path).toLowerCase()) ?? binary('application/octet-stream')
}
