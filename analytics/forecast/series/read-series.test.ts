import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codeOf, mustSucceed, temporaryFolder } from '../../testing/open-test-store'
import { readSeriesFile } from './read-series'
import { regularSeries } from './regular-series'
import { timeAt, timeText } from './spacing'

let folder: string
beforeAll(async () => {
  folder = await temporaryFolder()
})
afterAll(async () => {
  const { rm } = await import('node:fs/promises')
  await rm(folder, { recursive: true })
})

const never = new AbortController().signal

async function read(text: string) {
  const path = join(folder, 'series.csv')
  await writeFile(path, text)
  return await readSeriesFile(path, never)
}

/** The first series of a file as models see it. */
async function regular(text: string, season: number | null = null) {
  const file = mustSucceed(await read(text))
  const [first] = file.series
  if (!first) throw new Error('The file holds no series.')
  return regularSeries(first, season)
}

/** Values, the times of the first one and of the step after the last, and the cycles looked for. */
async function shown(text: string) {
  const { values, start, spacing, seasons, filled, duplicates } = mustSucceed(await regular(text))
  return {
    values: [...values],
    from: timeText(start, spacing),
    next: timeText(timeAt(start, values.length, spacing), spacing),
    seasons,
    filled,
    duplicates,
  }
}

describe('a file of series', () => {
  const two = {
    values: [1, 2],
    from: '2026-01-01',
    next: '2026-01-03',
    seasons: [7],
    filled: 0,
    duplicates: 0,
  }

  it.each([
    ['without headings', '2026-01-01,1\n2026-01-02,2\n'],
    ['with headings', 'timestamp,value\n2026-01-01,1\n2026-01-02,2\n'],
    [
      'with a byte order mark and Windows line ends',
      '\ufefftimestamp,value\r\n2026-01-01,1\r\n2026-01-02,2\r\n',
    ],
    ['with semicolons and decimal commas', 'timestamp;value\n2026-01-01;1,0\n2026-01-02;2,0\n'],
    ['with tabs', '2026-01-01\t1\n2026-01-02\t2\n'],
    ['with quotes', '"series","timestamp","value"\n"a, b","2026-01-01","1"\n"a, b","2026-01-02","2"\n'],
    ['in another order of columns', 'value,ds\n1,2026-01-01\n2,2026-01-02\n'],
    ['out of order', '2026-01-02,2\n2026-01-01,1\n'],
    ['in seconds since 1970', '1767225600,1\n1767312000,2\n'],
    ['in milliseconds since 1970', '1767225600000,1\n1767312000000,2\n'],
    ['in days without dashes', '20260101,1\n20260102,2\n'],
    ['with times of day', '2026-01-01T00:00:00Z,1\n2026-01-02 00:00:00,2\n'],
    ['in another time zone', '2026-01-01T02:00:00+02:00,1\n2026-01-02T02:00:00+0200,2\n'],
  ])('%s is read', async (_how, text) => {
    expect(await shown(text)).toEqual(two)
  })

  it('keeps series apart, in the order of the file', async () => {
    const { series } = mustSucceed(await read('b,2026-01-01,1\na,2026-01-01,2\nb,2026-01-02,3\n'))
    expect(series.map(({ id, values }) => [id, ...values])).toEqual([
      ['b', 1, 3],
      ['a', 2],
    ])
  })

  it('tells for each series how its times are written', async () => {
    const { series } = mustSucceed(
      await read('a,2026-01-01,1\na,2026-01-02,2\nb,1767225600,0\nb,1767312000,0\nc,1,5\n'),
    )
    expect(series.map(({ clock, times }) => [clock, times.length])).toEqual([
      ['calendar', 2],
      ['calendar', 2],
      ['index', 1],
    ])
  })

  it('says what it left out', async () => {
    const { series } = mustSucceed(await read('2026-01-01,1\nyesterday,2\n2026-01-03,much\n2026-01-04,\n'))
    expect(series).toMatchObject([{ unreadable: 2, example: 'yesterday, 2' }])
    expect([...(series[0]?.values ?? [])]).toEqual([1])
  })

  it.each([
    ['nothing', '', 'empty-file'],
    ['one column', '1\n2\n', 'not-a-series'],
    ['many columns without names', '1,2,3,4\n1,2,3,4\n', 'not-a-series'],
  ])('with %s is refused', async (_what, text, code) => {
    expect(codeOf(await read(text))).toBe(code)
  })

  it('that is not there, or is a folder, is refused', async () => {
    expect(codeOf(await readSeriesFile(join(folder, 'gone.csv'), never))).toBe('file-unreadable')
    expect(codeOf(await readSeriesFile(folder, never))).toBe('not-a-file')
  })
})

describe('a series', () => {
  it.each([
    ['of text', 'a,2026-01-01,x\na,2026-01-02,y\n', 'no-values'],
    ['of one value', 'a,2026-01-01,1\n', 'one-value'],
    ['of one time', 'a,2026-01-01,1\na,2026-01-01,2\n', 'one-value'],
  ])('%s has a reason for no answer', async (_what, text, code) => {
    const result = await regular(text)
    expect(codeOf(result)).toBe(code)
    expect(result.ok ? '' : result.failure.message).toMatch(/^a has .+\.$/)
  })

  it('takes the last row of a time', async () => {
    expect(await shown('2026-01-01,1\n2026-01-02,2\n2026-01-01,5\n2026-01-03,3\n')).toMatchObject({
      values: [5, 2, 3],
      duplicates: 1,
    })
  })

  it('fills gaps between their neighbours, with the week in mind', async () => {
    expect(await shown('2026-01-01,1\n2026-01-02,2\n2026-01-05,8\n2026-01-06,9\n')).toMatchObject({
      values: [1, 2, 4, 6, 8, 9],
      filled: 2,
    })
    const weeks = Array.from({ length: 21 }, (_, day) => [day, day % 7 === 6 ? 10 : 100] as const)
    const rows = weeks.filter(([day]) => day !== 13).map(([day, value]) => `${dayText(day)},${value}`)
    expect((await shown(rows.join('\n'))).values[13]).toBe(10)
  })

  it.each([
    [
      'minutes',
      [0, 1, 2, 3].map((step) => `2026-01-01T00:0${step}:00Z,1`),
      '2026-01-01T00:04:00Z',
      [1440, 10_080],
    ],
    [
      'five minutes',
      ['00', '05', '10'].map((m) => `2026-01-01 00:${m},1`),
      '2026-01-01T00:15:00Z',
      [288, 2_016],
    ],
    ['hours', ['21', '22', '23'].map((h) => `2026-01-01 ${h}:00,1`), '2026-01-02T00:00:00Z', [24, 168]],
    ['weeks', ['2026-01-05,1', '2026-01-12,1', '2026-01-19,2'], '2026-01-26', [52]],
    ['months', ['2026-01,1', '2026-02,1', '2026-03,2'], '2026-04-01', [12]],
    ['month ends', ['2026-01-31,1', '2026-02-28,1', '2026-03-31,2'], '2026-04-30', [12]],
    ['quarters', ['2025-10-01,1', '2026-01-01,1', '2026-04-01,2'], '2026-07-01', [4]],
    ['years', ['2023-01-01,1', '2024-01-01,1', '2025-01-01,2'], '2026-01-01', []],
    ['numbers', ['1,1', '2,1', '3,2'], '4', []],
    ['numbers by ten', ['10,1', '20,1', '30,2'], '40', []],
  ])('of %s goes on as it went', async (_what, rows, next, seasons) => {
    const one = await shown(rows.join('\n'))
    expect(one).toMatchObject({ next, seasons })
    expect(one.values).toHaveLength(rows.length)
  })

  it('of office days leaves the weekends out', async () => {
    const office = Array.from({ length: 28 }, (_, day) => day).filter((day) => ![0, 6].includes(weekday(day)))
    const one = await shown(office.map((day) => `${dayText(day)},${day}`).join('\n'))
    // 2026-01-28 was a Wednesday, and the 29th a Thursday.
    expect(one).toMatchObject({ next: '2026-01-29', seasons: [5], filled: 0 })
    expect(one.values).toEqual(office)
  })

  it('without any rhythm is taken as evenly spaced', async () => {
    const one = await shown('2020-01-01,1\n2020-01-02T03:04:05Z,2\n2023-05-06,3\n2026-01-01,4\n')
    expect(one.values).toHaveLength(4)
  })

  it('finds the cycle of numbered steps in the data, and takes a given one', async () => {
    const rows = Array.from({ length: 200 }, (_, step) => `${step + 1},${step % 12 === 3 ? 50 : 10}`).join(
      '\n',
    )
    expect((await shown(rows)).seasons).toEqual([12])
    expect(mustSucceed(await regular(rows, 24)).seasons).toEqual([24, 168])
    expect(mustSucceed(await regular(rows, 5)).seasons).toEqual([5])
  })
})

function dayText(day: number): string {
  return new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10)
}

function weekday(day: number): number {
  return new Date(Date.UTC(2026, 0, 1 + day)).getUTCDay()
}
