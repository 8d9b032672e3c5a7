import { createHash } from 'node:crypto'
import { z } from 'zod'
import {
  digestSchema,
  type JournalEntry,
  type JournalHealth,
  journalEntrySchema,
} from '../../analytics/contract/journal'

export const genesis = '0'.repeat(64)

export interface ChainedEntry {
  /** Counted from 1. */
  readonly line: number
  readonly digest: string
  readonly entry: JournalEntry
}

/** How far the journal reached when it was last written: what is missing after it was taken away. */
export const headSchema = z.strictObject({
  seq: z.number().int().positive(),
  digest: digestSchema,
  bytes: z.number().int().positive(),
})
export type Head = Readonly<z.infer<typeof headSchema>>

export interface ReadChain {
  readonly entries: readonly ChainedEntry[]
  /** Bytes up to the end of the last sound line. */
  readonly soundBytes: number
  readonly health: JournalHealth
}

export const digestOf = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex')

const open = '{"digest":"'
const middle = '","entry":'
const entryAt = open.length + 64 + middle.length

/** The digest is of the very bytes of the entry, so that no two spellings are the same line. */
export function writeLine(entry: JournalEntry): { readonly line: Buffer; readonly digest: string } {
  const text = JSON.stringify(entry)
  const digest = digestOf(text)
  return { line: Buffer.from(`${open}${digest}${middle}${text}}\n`), digest }
}

/** Reads as far as every line is what was written, and says what the first one is that is not. */
export function readChain(bytes: Buffer, head: Head | null): ReadChain {
  const entries: ChainedEntry[] = []
  let previous = genesis
  let from = 0
  const ended = (health: JournalHealth): ReadChain => ({ entries, soundBytes: from, health })
  const broken = (state: 'torn' | 'truncated' | 'changed', detail: string) =>
    ended({ state, entries: entries.length, line: entries.length + 1, detail })

  while (from < bytes.length) {
    const line = entries.length + 1
    const end = bytes.indexOf(0x0a, from)
    if (end < 0) {
      const covered = head !== null && head.seq >= line
      if (!covered) return broken('torn', `Line ${line} was never written to its end.`)
      return bytes.length < head.bytes
        ? broken('truncated', `Line ${line} was whole once and is cut off now.`)
        : broken('changed', `Line ${line} does not end as it was written.`)
    }
    const read = readLine(bytes.subarray(from, end))
    if (read === null) return broken('changed', `Line ${line} does not match its digest.`)
    if (read.entry.previous !== previous || read.entry.seq !== line)
      return broken('changed', `Line ${line} does not follow the one before it.`)
    if (head?.seq === line && (head.digest !== read.digest || head.bytes !== end + 1))
      return broken('changed', `Line ${line} is not the entry that was last written there.`)
    entries.push({ line, ...read })
    previous = read.digest
    from = end + 1
  }
  // A first entry may stand there before the head is written; a second one never does.
  if (head === null && entries.length > 1)
    return broken('truncated', 'What says how far the journal reached, journal-head.json, is gone.')
  const missing = (head?.seq ?? 0) - entries.length
  if (missing > 0) {
    return broken(
      'truncated',
      `${missing} ${missing === 1 ? 'entry is' : 'entries are'} missing after line ${entries.length}.`,
    )
  }
  return ended({ state: 'sound', entries: entries.length, head: previous })
}

function readLine(line: Buffer): { readonly digest: string; readonly entry: JournalEntry } | null {
  const start = line.subarray(0, entryAt).toString('latin1')
  const digest = start.slice(open.length, open.length + 64)
  if (start !== `${open}${digest}${middle}` || line.at(-1) !== 0x7d) return null
  const text = line.subarray(entryAt, -1)
  if (digestOf(text) !== digest) return null
  try {
    return { digest, entry: journalEntrySchema.parse(JSON.parse(text.toString('utf8'))) }
  } catch {
    return null
  }
}
