import type { Readable } from 'node:stream'
import { type Entry, open, type ZipFile } from 'yauzl'

export class ZipRefused extends Error {
  constructor(
    readonly code: 'zip-unreadable' | 'zip-without-csv' | 'zip-bomb',
    message: string,
  ) {
    super(message)
    this.name = 'ZipRefused'
  }
}

export interface ZipEntry {
  readonly stream: Readable
  readonly bytes: number
}

/** More than a bill ever compresses: AWS's come to about one in twenty. */
const highestRatio = 300
const alwaysFine = 64 * 1024 * 1024

/**
 * The one CSV of a billing ZIP as a stream. Its name inside the archive is never used as a path, and names that
 * try to climb out are refused by the reader before any byte of them is looked at.
 */
export async function openZipEntry(path: string): Promise<ZipEntry> {
  const zip = await openZip(path)
  const entry = await firstCsv(zip, path)
  if (entry.uncompressedSize > Math.max(alwaysFine, entry.compressedSize * highestRatio)) {
    zip.close()
    throw new ZipRefused(
      'zip-bomb',
      `${path} would unpack to ${entry.uncompressedSize} bytes from ${entry.compressedSize}: no bill does. It was not unpacked.`,
    )
  }
  return await new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) reject(unreadableZip(path, error))
      else {
        stream.once('close', () => zip.close())
        resolve({ stream, bytes: entry.uncompressedSize })
      }
    })
  })
}

async function openZip(path: string): Promise<ZipFile> {
  return await new Promise((resolve, reject) => {
    open(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true }, (error, zip) => {
      if (error) reject(unreadableZip(path, error))
      else resolve(zip)
    })
  })
}

async function firstCsv(zip: ZipFile, path: string): Promise<Entry> {
  return await new Promise((resolve, reject) => {
    zip.on('error', (error) => reject(unreadableZip(path, error)))
    zip.on('end', () => reject(new ZipRefused('zip-without-csv', `${path} holds no CSV file.`)))
    zip.on('entry', (entry: Entry) => {
      if (/\.csv$/i.test(entry.fileName)) resolve(entry)
      else zip.readEntry()
    })
    zip.readEntry()
  })
}

export function unreadableZip(path: string, cause: unknown): ZipRefused {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new ZipRefused('zip-unreadable', `${path} is not a ZIP archive that can be read (${why}).`)
}
