import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codeOf, mustSucceed } from '../testing/open-test-store'
import { readSeries } from './read-series'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'series-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function read(text: string) {
  const path = join(folder, 'series.csv')
  await writeFile(path, text)
  return await readSeries(path, new AbortController().signal)
}

async function series(text: string) {
  const file = mustSucceed(await read(text))
  return file.series.map(({ id, times, values, rows }) => ({
    id,
    days: [...times].map((time) => (file.dated ? new Date(time * 1_000).toISOString() : String(time))),
    values: [...values],
    rows: [...rows],
  }))
}

const twoDays = (id: string) => [
  { id, days: ['2026-03-01T00:00:00.000Z', '2026-03-02T00:00:00.000Z'], values: [1, 2.5], rows: [0, 1] },
]

describe('a file of series', () => {
  it.each([
    ['a heading', 'timestamp,value\n2026-03-01,1\n2026-03-02,2.5\n'],
    ['no heading', '2026-03-01,1\n2026-03-02,2.5'],
    ['a byte order mark and Windows line ends', '\uFEFFdate,cost\r\n2026-03-01,1\r\n2026-03-02,2.5\r\n'],
    ['semicolons and decimal commas', '2026-03-01;1\n2026-03-02;2,5\n'],
    ['tabs', '2026-03-01\t1\n2026-03-02\t2.5\n'],
    ['quotes', '"timestamp","value"\n"2026-03-01","1"\n"2026-03-02","2.5"\n'],
    ['seconds', '1772323200,1\n1772409600,2.5\n'],
    ['milliseconds', '1772323200000,1\n1772409600000,2.5\n'],
    ['times with a zone', '2026-03-01T02:00:00+02:00,1\n2026-03-02 00:00:00,2.5\n'],
    ['columns in another order', 'value,timestamp\n1,2026-03-01\n2.5,2026-03-02\n'],
  ])('is read with %s', async (_, text) => {
    expect(await series(text)).toEqual(twoDays(''))
  })

  it('holds several series, whose names may hold a comma', async () => {
    const text = 'series,timestamp,value\n"a, b",2026-03-01,1\nc,2026-03-01,9\n"a, b",2026-03-02,2.5\n'
    expect(await series(text)).toEqual([
      ...twoDays('a, b'),
      { id: 'c', days: ['2026-03-01T00:00:00.000Z'], values: [9], rows: [0] },
    ])
  })

  it('is put in the order of time and remembers the order of the file', async () => {
    const [one] = await series('2026-03-03,3\n2026-03-01,1\n2026-03-02,2\n')
    expect(one).toMatchObject({ values: [1, 2, 3], rows: [1, 2, 0] })
  })

  it('may count instead of dating, and may have holes', async () => {
    expect(await series('1,5\n2,\n3,text\n4,7\n')).toEqual([
      { id: '', days: ['1', '2', '3', '4'], values: [5, Number.NaN, Number.NaN, 7], rows: [0, 1, 2, 3] },
    ])
  })

  it('says which lines had no time', async () => {
    expect(mustSucceed(await read('2026-03-01,1\nsoon,2\n2026-03-02,3\n')).rejected).toBe(1)
  })

  it('is refused in plain words when it is none', async () => {
    expect(codeOf(await read(''))).toBe('not-a-series')
    expect(codeOf(await read('one column\n1\n2\n'))).toBe('not-a-series')
    expect(codeOf(await read('2026-03-01,1\n17,2\n'))).toBe('series-times')
    expect(codeOf(await readSeries(join(folder, 'gone.csv'), new AbortController().signal))).toBe(
      'unreadable-file',
    )
  })
})
