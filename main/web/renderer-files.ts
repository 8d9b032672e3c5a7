import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { contentTypeOf } from '../content-types'

export type Encoding = 'br' | 'gzip' | 'identity'

export interface RendererFile {
  readonly contentType: string
  readonly etag: string
  readonly cacheControl: string
  readonly bytes: Buffer
  /** Whether other encodings than `identity` exist. */
  readonly compressible: boolean
  body(encoding: Encoding): Promise<Buffer>
}

/** By the path a browser asks for, percent-decoded: `/assets/index-Bx12.js`. */
export type RendererFiles = ReadonlyMap<string, RendererFile>

/**
 * Reads the built screens once. A request can then only name what was found here, so there is no path to climb out
 * of, and a rebuild while the program is open does not mix two builds. Links are not followed.
 */
export async function loadRendererFiles(folder: string): Promise<RendererFiles> {
  const files = new Map<string, RendererFile>()
  const visit = async (directory: string, prefix: string): Promise<void> => {
    const entries = await readdir(directory, { withFileTypes: true })
    await Promise.all(
      entries.map(async (entry) => {
        const path = `${prefix}/${entry.name}`
        if (entry.isDirectory()) await visit(join(directory, entry.name), path)
        else if (entry.isFile())
          files.set(path, rendererFile(path, await readFile(join(directory, entry.name))))
      }),
    )
  }
  await visit(folder, '')
  const index = files.get('/index.html')
  if (index !== undefined) files.set('/', index)
  return files
}

const compressGzip = promisify(gzip)
const compressBrotli = promisify(brotliCompress)
const smallestWorthCompressing = 1_024

function rendererFile(path: string, bytes: Buffer): RendererFile {
  const { type, text } = contentTypeOf(path)
  const compressed = new Map<Encoding, Promise<Buffer>>()
  const compress = (encoding: Encoding): Promise<Buffer> => {
    switch (encoding) {
      case 'br':
        return compressBrotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })
      case 'gzip':
        return compressGzip(bytes)
      case 'identity':
        return Promise.resolve(bytes)
    }
  }
  return {
    contentType: type,
    etag: createHash('sha256').update(bytes).digest('base64url').slice(0, 27),
    cacheControl: cacheControlOf(path),
    bytes,
    compressible: text && bytes.length >= smallestWorthCompressing,
    body: (encoding) => {
      const known = compressed.get(encoding)
      if (known !== undefined) return known
      const made = compress(encoding)
      compressed.set(encoding, made)
      return made
    },
  }
}

function cacheControlOf(path: string): string {
  if (path.endsWith('.html')) return 'no-store'
  // The name carries a hash of the content: another content has another name.
  if (/^\/assets\/.+-[\w-]{8}\.\w+$/.test(path)) return 'private, max-age=31536000, immutable'
  return 'no-cache'
}
