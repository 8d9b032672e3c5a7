import { type FileHandle, mkdir, open, readFile, rename } from 'node:fs/promises'
import { hostname, userInfo } from 'node:os'
import { join } from 'node:path'
import type {
  Identity,
  JournalEntry,
  JournalEvent,
  JournalHealth,
  JournalPage,
} from '../../analytics/contract/journal'
import { fail, type Result, succeed } from '../../analytics/contract/result'
import { type ChainedEntry, digestOf, genesis, type Head, headSchema, readChain, writeLine } from './chain'

export interface JournalPorts {
  readonly now?: () => number
  readonly user?: string
}

/**
 * The record of every approval and every call that changes something: one line an entry, each with the digest of the
 * one before, on the disk before `append` returns. Only the application that has the workspace open writes it.
 */
export class Journal {
  readonly #folder: string
  readonly #now: () => number
  readonly user: string
  #file: FileHandle | null = null
  #bytes = 0
  #entries: ChainedEntry[] = []
  #health: JournalHealth = { state: 'sound', entries: 0, head: genesis }
  #turn: Promise<unknown> = Promise.resolve()

  private constructor(folder: string, ports: JournalPorts) {
    this.#folder = folder
    this.#now = ports.now ?? Date.now
    this.user = ports.user ?? `${userInfo().username}@${hostname()}`
  }

  /** A line that a power cut left half written is taken off, and that is the first thing written. */
  static async open(folder: string, ports: JournalPorts = {}): Promise<Journal> {
    const journal = new Journal(folder, ports)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const bytes = await readIfThere(journal.path)
    const { entries, health, soundBytes } = readChain(bytes, await readHead(journal.headPath))
    journal.#entries = [...entries]
    journal.#bytes = soundBytes
    journal.#health = health
    if (health.state !== 'torn') return journal
    const torn = bytes.subarray(soundBytes)
    const file = await journal.#opened()
    await file.truncate(soundBytes)
    journal.#health = { state: 'sound', entries: entries.length, head: entries.at(-1)?.digest ?? genesis }
    await journal.append({ kind: 'torn-line-removed', bytes: torn.length, digest: digestOf(torn) })
    return journal
  }

  /** Reads the file as it is now, for whoever wants to know; writes nothing. */
  static async verify(folder: string): Promise<JournalHealth> {
    const head = await readHead(join(folder, 'journal-head.json'))
    return readChain(await readIfThere(join(folder, 'journal.jsonl')), head).health
  }

  get path(): string {
    return join(this.#folder, 'journal.jsonl')
  }

  get headPath(): string {
    return join(this.#folder, 'journal-head.json')
  }

  get health(): JournalHealth {
    return this.#health
  }

  get entries(): readonly ChainedEntry[] {
    return this.#entries
  }

  /** Nothing is approved or changed while the record of it cannot be trusted. */
  demandSound(): Result<null> {
    const health = this.#health
    if (health.state === 'sound') return succeed(null)
    return fail(
      'journal-damaged',
      `The journal of this workspace is damaged: ${health.detail} Nothing was changed.`,
      `Put journal.jsonl and journal-head.json back from a backup, or move both away to begin a new journal. They lie in ${this.#folder}.`,
    )
  }

  /** One entry after the other, and each on the disk before the next. */
  async append(event: JournalEvent, identity: Identity | null = null): Promise<ChainedEntry> {
    const written = this.#turn.then(() => this.#write(event, identity))
    this.#turn = written.catch(() => undefined)
    return await written
  }

  page(request: {
    readonly before?: number | undefined
    readonly limit: number
    readonly execution?: string | undefined
  }): JournalPage {
    const { before = Number.POSITIVE_INFINITY, limit, execution } = request
    const wanted = this.#entries.filter(
      ({ line, entry: { event } }) =>
        line < before && (execution === undefined || ('execution' in event && event.execution === execution)),
    )
    const entries = wanted.slice(-limit).reverse()
    return { health: this.#health, entries, more: wanted.length > entries.length }
  }

  async close(): Promise<void> {
    await this.#turn
    await this.#file?.close()
    this.#file = null
  }

  async #write(event: JournalEvent, identity: Identity | null): Promise<ChainedEntry> {
    if (this.#health.state !== 'sound') throw new Error('a journal that is damaged is not written to')
    const file = await this.#opened()
    const entry: JournalEntry = {
      seq: this.#entries.length + 1,
      at: new Date(this.#now()).toISOString(),
      user: this.user,
      identity,
      event,
      previous: this.#health.head,
    }
    const { line, digest } = writeLine(entry)
    try {
      await file.write(line, 0, line.length, this.#bytes)
      await file.sync()
    } catch (error) {
      // A part of a line on a full disk must not stand before the next one.
      await file.truncate(this.#bytes).catch(() => undefined)
      throw error
    }
    this.#bytes += line.length
    const chained = { line: entry.seq, digest, entry }
    this.#entries.push(chained)
    this.#health = { state: 'sound', entries: entry.seq, head: digest }
    await writeHead(this.headPath, { seq: entry.seq, digest, bytes: this.#bytes })
    return chained
  }

  async #opened(): Promise<FileHandle> {
    if (this.#file) return this.#file
    const isNew = this.#bytes === 0
    if (isNew) await (await open(this.path, 'a', 0o600)).close()
    // Not for appending: where a line goes is known, and a part of one is written over.
    const file = await open(this.path, 'r+', 0o600)
    this.#file = file
    if (isNew) await syncFolder(this.#folder)
    return file
  }
}

async function readIfThere(path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0)
    throw error
  }
}

/** `damaged` is no head that any journal fits: where there was one, it is missed. */
async function readHead(path: string): Promise<Head | null> {
  const text = (await readIfThere(path)).toString('utf8')
  if (text === '') return null
  try {
    return headSchema.parse(JSON.parse(text))
  } catch {
    return { seq: 1, digest: genesis, bytes: 1 }
  }
}

/** Written beside and renamed: it is the old one or the new one. Behind the journal by one is no damage. */
async function writeHead(path: string, head: Head): Promise<void> {
  const file = await open(`${path}.part`, 'w', 0o600)
  try {
    await file.writeFile(JSON.stringify(head))
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}.part`, path)
}

async function syncFolder(folder: string): Promise<void> {
  // Windows has no folder to sync.
  if (process.platform === 'win32') return
  const opened = await open(folder, 'r')
  try {
    await opened.sync()
  } finally {
    await opened.close()
  }
}
