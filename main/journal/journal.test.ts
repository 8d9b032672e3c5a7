import { appendFile, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import type { JournalEvent } from '../../analytics/contract/journal'
import { temporaryFolders } from '../testing/temporary-folder'
import { readChain } from './chain'
import { Journal } from './journal'

const rejected = (note: string): JournalEvent => ({
  kind: 'rejected',
  recommendation: 'r-0123456789ab',
  note,
})
const ports = { now: () => Date.UTC(2026, 10, 1), user: 'ana@laptop' }

const newFolder = temporaryFolders('journal')
let folder: string
beforeEach(async () => {
  folder = await newFolder()
})

async function written(...notes: readonly string[]): Promise<Journal> {
  const journal = await Journal.open(folder, ports)
  for (const note of notes) await journal.append(rejected(note))
  await journal.close()
  return journal
}

const file = () => join(folder, 'journal.jsonl')
const headFile = () => join(folder, 'journal-head.json')

describe('the journal', () => {
  it('goes on where it ended, and tells who, when and what', async () => {
    await written('one', 'größer, "quoted"\nand on a second line')
    const journal = await Journal.open(folder, ports)
    await journal.append(rejected('three'), {
      account: '111122223333',
      arn: 'arn:aws:iam::111122223333:user/ana',
    })
    await journal.close()
    const page = journal.page({ limit: 2 })
    expect(page.more).toBe(true)
    expect(page.entries.map(({ entry }) => entry)).toMatchObject([
      { seq: 3, user: 'ana@laptop', identity: { account: '111122223333' }, event: { note: 'three' } },
      { seq: 2, at: '2026-11-01T00:00:00.000Z', identity: null },
    ])
    expect(await Journal.verify(folder)).toEqual(journal.health)
  })

  it('keeps what is appended at the same time in one order', async () => {
    const journal = await Journal.open(folder, ports)
    await Promise.all(Array.from({ length: 20 }, (_, at) => journal.append(rejected(String(at)))))
    await journal.close()
    expect(await Journal.verify(folder)).toMatchObject({ state: 'sound', entries: 20 })
  })

  it('finds and locates any byte that was flipped', async () => {
    await written('one', 'zwölf', 'three')
    const bytes = await readFile(file())
    const head = JSON.parse(await readFile(headFile(), 'utf8'))
    const lineOf = (at: number) => bytes.subarray(0, at).filter((byte) => byte === 0x0a).length + 1
    for (let at = 0; at < bytes.length; at += 1) {
      const flipped = Buffer.from(bytes)
      flipped[at] = (bytes[at] ?? 0) ^ (1 << (at % 8))
      expect(readChain(flipped, head).health, `byte ${at}`).toMatchObject({
        state: 'changed',
        line: lineOf(at),
        entries: lineOf(at) - 1,
      })
    }
  })

  it('finds a flipped byte of the head too', async () => {
    await written('one', 'two')
    const text = await readFile(headFile())
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 1), fc.nat(7), async (at, bit) => {
        const flipped = Buffer.from(text)
        flipped[at] = (text[at] ?? 0) ^ (1 << bit)
        await writeFile(headFile(), flipped)
        expect((await Journal.verify(folder)).state).not.toBe('sound')
      }),
      { seed: 3, numRuns: 60 },
    )
  })

  it('tells lines that were cut off from one that was never written to its end', async () => {
    await written('one', 'two', 'three')
    const bytes = await readFile(file())
    const head = JSON.parse(await readFile(headFile(), 'utf8'))
    const ends = [...bytes.keys()].filter((at) => bytes[at] === 0x0a).map((at) => at + 1)
    for (let length = 0; length < bytes.length; length += 1) {
      const whole = ends.filter((end) => end <= length).length
      expect(readChain(bytes.subarray(0, length), head).health, `cut at ${length}`).toMatchObject({
        state: 'truncated',
        line: whole + 1,
      })
    }
    // The power went before the head was written: the line is all there is of that entry.
    const before = { ...head, seq: 2, digest: digestOfLine(bytes, ends, 2), bytes: ends[1] }
    for (let length = (ends[1] ?? 0) + 1; length < bytes.length; length += 1) {
      expect(readChain(bytes.subarray(0, length), before).health).toMatchObject({ state: 'torn', line: 3 })
    }
    expect(readChain(bytes, before).health).toMatchObject({ state: 'sound', entries: 3 })
  })

  it('notices lines that are swapped, repeated, taken out, or signed anew without the rest', async () => {
    await written('one', 'two', 'three')
    const lines = (await readFile(file(), 'utf8')).split('\n').slice(0, 3)
    const [one = '', two = '', three = ''] = lines
    const head = JSON.parse(await readFile(headFile(), 'utf8'))
    const healthOf = (...of: readonly string[]) =>
      readChain(Buffer.from(of.map((line) => `${line}\n`).join('')), head).health
    expect(healthOf(one, two, three).state).toBe('sound')
    expect(healthOf(two, one, three)).toMatchObject({ state: 'changed', line: 1 })
    expect(healthOf(one, one, two)).toMatchObject({ state: 'changed', line: 2 })
    expect(healthOf(one, three)).toMatchObject({ state: 'changed', line: 2 })
    expect(healthOf(one, two)).toMatchObject({ state: 'truncated', line: 3 })
    expect(healthOf(one, two, three, three)).toMatchObject({ state: 'changed', line: 4 })
  })

  it('takes a torn line off at the next start, says so, and goes on', async () => {
    await written('one')
    await appendFile(file(), '{"digest":"0123')
    expect(await Journal.verify(folder)).toMatchObject({ state: 'torn', line: 2, entries: 1 })
    const journal = await Journal.open(folder, ports)
    await journal.append(rejected('two'))
    await journal.close()
    expect(journal.entries.map(({ entry }) => entry.event.kind)).toEqual([
      'rejected',
      'torn-line-removed',
      'rejected',
    ])
    expect(await Journal.verify(folder)).toMatchObject({ state: 'sound', entries: 3 })
  })

  it('writes nothing after damage, and says what to do', async () => {
    await written('one', 'two')
    await truncate(file(), 40)
    const before = await readFile(file())
    const journal = await Journal.open(folder, ports)
    expect(journal.demandSound()).toMatchObject({ ok: false, failure: { code: 'journal-damaged' } })
    await expect(journal.append(rejected('three'))).rejects.toThrow('damaged')
    await journal.close()
    expect(await readFile(file())).toEqual(before)
  })

  it('misses the head when it is taken away', async () => {
    await written('one', 'two')
    await rm(headFile())
    expect(await Journal.verify(folder)).toMatchObject({ state: 'truncated' })
  })
})

function digestOfLine(bytes: Buffer, ends: readonly number[], line: number): string {
  const from = line === 1 ? 0 : (ends[line - 2] ?? 0)
  return bytes.subarray(from + 11, from + 75).toString()
}
