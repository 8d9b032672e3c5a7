import { describe, expect, it } from 'vitest'
import { createRandom } from '../sample/random'
import { strictLines } from './fuzz/strict-csv'
import { faults, LineTooLongError, longestLine, RecordScan } from './record-scan'

interface Seen {
  readonly text: string
  readonly fault: string | null
  readonly line: number
}

/** The records of a text that comes in pieces of some size. */
function scanned(
  bytes: Buffer,
  piece: number,
): { readonly records: readonly Seen[]; readonly steady: boolean } {
  const records: Seen[] = []
  let carried: Buffer[] = []
  let chunk: Buffer = Buffer.alloc(0)
  const scan = new RecordScan((from, to, fault, line) => {
    records.push({ text: Buffer.concat([...carried, chunk.subarray(from, to)]).toString(), fault, line })
    carried = []
  })
  for (let at = 0; at < bytes.length; at += piece) {
    chunk = bytes.subarray(at, at + piece)
    scan.see(chunk)
    carried.push(Buffer.from(chunk.subarray(scan.begun)))
  }
  chunk = Buffer.alloc(0)
  scan.begun = 0
  scan.finish()
  return { records, steady: scan.steady }
}

describe('the records of a CSV', () => {
  it('are those that a strict reader finds, wherever the pieces end', () => {
    const random = createRandom(31)
    const fields = [
      'a',
      '',
      '"b"',
      '"c,d"',
      '"e""f"',
      '"g\nh"',
      '"\r\n"',
      'é',
      'x"y',
      '"z"w',
      '""',
      '"""q"',
    ] as const
    for (let round = 0; round < 400; round += 1) {
      const lines = Array.from({ length: random.integer(1, 9) }, () =>
        Array.from({ length: random.integer(2, 4) }, () => random.pick(fields)).join(','),
      )
      const text = ['h1,h2,h3', ...lines]
        .map((line) => `${line}${random.pick(['\n', '\n', '\r\n', '\n\n'])}`)
        .join('')
      const bytes = Buffer.from(random.chance(0.2) ? text.slice(0, -3) : text)
      const strict = [...strictLines(bytes)]
      const { records } = scanned(bytes, random.integer(1, 12))
      expect(records.length, text).toBe(strict.length)
      for (const [at, { fields: found, odd }] of strict.entries()) {
        const { fault } = records[at] ?? { fault: 'missing' }
        if (found.length !== 3) expect(fault, text).not.toBeNull()
        else if (!odd) expect(fault, text).toBeNull()
      }
    }
  })

  it('say on which line they begin and what is wrong with them', () => {
    const text = 'a,b\n"1\n1",2\n\n3,4,\n"5"x,6\n7,8\n"9,10\n'
    expect(scanned(Buffer.from(text), 3).records.map(({ line, fault }) => [line, fault])).toEqual([
      [1, null],
      [2, null],
      [5, faults.fields],
      [6, faults.quote],
      [7, null],
      [8, faults.open],
    ])
  })

  it.each<readonly [text: string, steady: boolean]>([
    ['a,b\n1,2\n', true],
    ['a,b\r\n1,2\r\n', true],
    ['a,b\r\n"1\n",2\r\n', true],
    ['a,b\r\n1,2\n', false],
    ['a,b\n1,2\r\n', false],
    ['a,b\r1,2\r', false],
  ])('%j have one kind of end: %s', (text, steady) => {
    for (const piece of [1, 2, 100]) expect(scanned(Buffer.from(text), piece).steady).toBe(steady)
  })

  it('end where no bill goes on, and nothing is kept of them', () => {
    const scan = new RecordScan()
    const piece = Buffer.alloc(longestLine / 4, 'x')
    expect(() => {
      for (let count = 0; count < 5; count += 1) scan.see(piece)
    }).toThrow(LineTooLongError)
  })
})
