import { isUtf8 } from 'node:buffer'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { PassThrough, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { csvTable } from './csv-table'
import type { Bill } from './open-bill'
import { peek } from './peek'
import { type Fault, faults, LineTooLongError, RecordScan } from './record-scan'

/** A line that is none of the bill's, as it was. */
export interface BrokenLine {
  readonly file: string
  readonly line: number
  readonly reason: Fault
  readonly content: string
}

/** What stands in the place of a broken line: a line that belongs nowhere, known by a sign that no text has. */
export const brokenMark = '\u0001'

/** Kept for looking at; counted beyond that. */
export const mostKept = 10_000
const mostContent = 10_000

/** Few enough that a bill of a hundred files does not hold a hundred buffers. */
const atOnce = 2
const mebibyte = 1024 * 1024

/**
 * Reads all text to its end before DuckDB does. A gzip that is cut off or does not have the checksum it names is
 * refused: DuckDB would take it for one that ended. Text that DuckDB would misread is written once more, with one kind
 * of line end and a mark for each line that is none.
 */
export async function withSoundText<T>(
  home: string,
  bill: Bill,
  signal: AbortSignal,
  tell: (part: number) => void,
  work: (bill: Bill, broken: readonly BrokenLine[]) => Promise<T>,
): Promise<T> {
  if (bill.csv === null) return await work(bill, [])
  const unsound = await unsoundTexts(bill, signal, tell)
  if (unsound.size === 0) return await work(bill, [])
  const folder = join(home, 'tmp', `text-${process.pid}-${Date.now()}`)
  await mkdir(folder)
  try {
    const broken: BrokenLine[] = []
    for (const path of unsound) {
      await writeSound(path, join(folder, basename(path)), signal, (line) => {
        if (broken.length < mostKept) broken.push(line)
      })
    }
    const groups = bill.csv.map(({ header, paths }) => ({
      header,
      paths: paths.map((path) => (unsound.has(path) ? join(folder, basename(path)) : path)),
    }))
    const paths = groups.flatMap((group) => group.paths)
    return await work({ ...bill, csv: groups, paths, from: csvTable(groups) }, broken)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function unsoundTexts(
  bill: Bill,
  signal: AbortSignal,
  tell: (part: number) => void,
): Promise<ReadonlySet<string>> {
  const unsound = new Set<string>()
  const left = (bill.csv ?? []).flatMap(({ header, paths }) => paths.map((path) => ({ path, header })))
  const all = left.length
  let done = 0
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) {
        if (!(await isSound(next.path, next.header.length, signal))) unsound.add(next.path)
        done += 1
        tell(done / all)
      }
    }),
  )
  return unsound
}

async function isSound(path: string, width: number, signal: AbortSignal): Promise<boolean> {
  if ((await peek(path)).encoding !== 'utf-8') return false
  const scan = new RecordScan()
  const text = new Utf8Watch()
  await named(path, signal, async () => {
    for await (const chunk of bytesOf(path)) {
      signal.throwIfAborted()
      scan.see(chunk as Buffer)
      text.see(chunk as Buffer)
    }
    scan.finish()
    if (scan.width !== width) throw new Error('its headings cannot be told apart')
  })
  return scan.faulty === 0 && scan.steady && text.sound()
}

async function writeSound(
  path: string,
  target: string,
  signal: AbortSignal,
  onBroken: (line: BrokenLine) => void,
): Promise<void> {
  const packed = path.endsWith('.gz') ? createGzip({ level: 1 }) : new PassThrough()
  await named(path, signal, () =>
    pipeline(soundLines(path, onBroken), packed, createWriteStream(target, { flags: 'wx' }), { signal }),
  )
}

async function* soundLines(path: string, onBroken: (line: BrokenLine) => void): AsyncGenerator<Buffer> {
  const { encoding } = await peek(path)
  let chunk: Buffer = Buffer.alloc(0)
  let carried: Buffer[] = []
  let out: Buffer[] = []
  const scan = new RecordScan((from, to, found, line) => {
    const bytes = Buffer.concat([...carried, chunk.subarray(from, to)])
    carried = []
    const fault = found ?? (isUtf8(bytes) ? null : faults.bytes)
    // The first line is skipped, whatever stands there.
    if (fault === null) out.push(bytes, Buffer.from('\n'))
    else out.push(Buffer.from(`${brokenMark}${','.repeat(scan.width - 1)}\n`))
    if (fault !== null && line > 1) {
      const content = bytes.toString('utf8').slice(0, mostContent)
      onBroken({ file: basename(path), line, reason: fault, content })
    }
  })
  const decoder = encoding === 'utf-8' ? null : new TextDecoder(encoding)
  for await (const read of bytesOf(path)) {
    chunk = decoder ? Buffer.from(decoder.decode(read as Buffer, { stream: true })) : (read as Buffer)
    scan.see(chunk)
    carried.push(Buffer.from(chunk.subarray(scan.begun)))
    yield Buffer.concat(out)
    out = []
  }
  chunk = Buffer.alloc(0)
  scan.begun = 0
  scan.finish()
  yield Buffer.concat(out)
}

function bytesOf(path: string): Readable {
  const raw = createReadStream(path, { highWaterMark: mebibyte })
  if (!path.endsWith('.gz')) return raw
  const plain = createGunzip({ chunkSize: mebibyte })
  raw.on('error', (error) => plain.destroy(error))
  return raw.pipe(plain)
}

/** Whatever goes wrong with a file says which. */
async function named(path: string, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (signal.aborted || !(error instanceof Error) || 'syscall' in error) throw error
    const what =
      error instanceof LineTooLongError || !path.endsWith('.gz') ? '' : 'truncated or corrupt gzip: '
    throw new Error(`Invalid Input: ${basename(path)}: ${what}${error.message}`, { cause: error })
  }
}

/** Is text in UTF-8, read in pieces that may part a character? */
class Utf8Watch {
  private good = true
  private rest = Buffer.alloc(0)

  see(chunk: Buffer): void {
    if (!this.good) return
    const bytes = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk])
    let whole = bytes.length
    // A character has at most four bytes, and only its first is neither plain nor a continuation.
    for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
      const byte = bytes[bytes.length - back] ?? 0
      if (byte < 0x80) break
      if (byte >= 0xc0) {
        whole = bytes.length - back
        break
      }
    }
    this.good = isUtf8(bytes.subarray(0, whole))
    this.rest = Buffer.from(bytes.subarray(whole))
  }

  sound(): boolean {
    return this.good && isUtf8(this.rest)
  }
}
