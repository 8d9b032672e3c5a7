import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { BillColumns } from './formats/bill-columns'
import { formatOf } from './formats/bill-format'
import { openZipEntry } from './zip-entry'

export type FileContent = 'parquet' | 'gzip' | 'zip' | 'text' | 'empty'

export interface Peek {
  readonly content: FileContent
  /** Headings of a CSV; null where there is no readable first line, and for Parquet. */
  readonly header: readonly string[] | null
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be'
}

/** No bill has headings of this length; a file without a line break ends here. */
const longestHeader = 1024 * 1024

/** What a file is, told by its first bytes and its first line; names are only where it lay. */
export async function peek(path: string): Promise<Peek> {
  const content = await contentOf(path)
  if (content === 'parquet' || content === 'empty') return { content, header: null, encoding: 'utf-8' }
  const { text, encoding } = await firstLine(await plainText(path, content))
  return { content, header: text === null ? null : splitHeader(text), encoding }
}

/** A CSV whose headings are those of a bill; Parquet is looked into later, by DuckDB. */
export function looksLikeBill({ content, header }: Peek): boolean {
  if (content === 'parquet') return true
  return (
    header !== null && formatOf(new BillColumns(header.map((name) => ({ name, type: 'VARCHAR' })))) !== null
  )
}

export async function contentOf(path: string): Promise<FileContent> {
  const file = await open(path, 'r')
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(4), 0, 4, 0)
    if (bytesRead === 0) return 'empty'
    if (buffer.toString('latin1') === 'PAR1') return 'parquet'
    if (buffer[0] === 0x1f && buffer[1] === 0x8b) return 'gzip'
    return buffer.subarray(0, 2).toString('latin1') === 'PK' ? 'zip' : 'text'
  } finally {
    await file.close()
  }
}

async function plainText(path: string, content: FileContent): Promise<Readable> {
  if (content === 'zip') return (await openZipEntry(path)).stream
  const raw = createReadStream(path)
  if (content !== 'gzip') return raw
  const plain = createGunzip()
  raw.on('error', (error) => plain.destroy(error))
  return raw.pipe(plain)
}

async function firstLine(stream: Readable): Promise<{ text: string | null; encoding: Peek['encoding'] }> {
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of stream) {
      chunks.push(chunk as Buffer)
      length += (chunk as Buffer).length
      if ((chunk as Buffer).includes(0x0a) || length > longestHeader) break
    }
  } catch (error) {
    // Cut off or no archive at all: then there is no first line to tell it by, and reading it will say why.
    if (!(error instanceof Error)) throw error
    return { text: null, encoding: 'utf-8' }
  } finally {
    stream.destroy()
  }
  const bytes = Buffer.concat(chunks)
  const encoding = encodingOf(bytes)
  const text = new TextDecoder(encoding).decode(bytes)
  const end = text.search(/\r?\n/)
  return { text: end < 0 ? (length > longestHeader ? null : text) : text.slice(0, end), encoding }
}

function encodingOf(bytes: Buffer): Peek['encoding'] {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
}

function splitHeader(line: string): readonly string[] {
  return [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)]
    .slice(0, -1)
    .map((match) => (match[1] ?? '').replace(/^"([\s\S]*)"$/, '$1').replaceAll('""', '"'))
}
