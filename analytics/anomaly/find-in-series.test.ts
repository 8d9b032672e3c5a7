import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type SeriesAnomaliesRequest, seriesAnomaliesSchema } from '../contract/anomalies'
import { createRandom } from '../sample/random'
import { mustSucceed } from '../testing/open-test-store'
import { dayName, dayNumber } from './daily/calendar'
import { findInSeries } from './find-in-series'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anomalies-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function find(lines: readonly string[], more: Partial<SeriesAnomaliesRequest> = {}) {
  const path = join(folder, 'series.csv')
  await writeFile(path, lines.join('\n'))
  const found = mustSucceed(await findInSeries({ path, ...more }, { signal: new AbortController().signal }))
  expect(seriesAnomaliesSchema.parse(found)).toEqual(found)
  return found.series
}

const first = dayNumber('2025-06-01')
const random = createRandom(3)
const cost = Array.from({ length: 150 }, (_, day) => (day === 120 ? 250 : 100 + 4 * (random.next() - 0.5)))
const daily = (id: string, values: readonly number[], from = 0) =>
  values.map((value, day) => `${id},${dayName(first + from + day)},${value}`)

describe('anomalies of a file', () => {
  it('have the days of the file, and a score a row in its order', async () => {
    const lines = daily('a', cost)
    const [one] = await find(lines, { scores: true })
    expect(one?.anomalies).toMatchObject([
      {
        start: dayName(first + 120),
        end: dayName(first + 121),
        detected: dayName(first + 120),
        kind: 'spike',
      },
    ])
    expect(one?.scores).toHaveLength(150)
    expect(one?.scores?.[120]).toBeGreaterThan(0.5)
    const [turned] = await find(lines.toReversed(), { scores: true })
    expect(turned?.scores?.toReversed()).toEqual(one?.scores)
    expect(turned?.anomalies).toEqual(one?.anomalies)
  })

  it('know that a series began or ended while others go on', async () => {
    const lines = ['a', 'b', 'c', 'd', 'e'].flatMap((id) => daily(id, cost.slice(0, 110)))
    const found = await find([
      ...lines,
      ...daily('late', cost.slice(0, 60), 50),
      ...daily('short', cost.slice(0, 80)),
    ])
    const of = (id: string) => found.find((one) => one.id === id)?.anomalies
    expect(of('a')).toEqual([])
    expect(of('late')).toMatchObject([
      { kind: 'new', start: dayName(first + 50), detected: dayName(first + 50) },
    ])
    expect(of('short')).toMatchObject([
      { kind: 'gone', start: dayName(first + 80), detected: dayName(first + 80) },
    ])
  })

  it('do not change when later days are cut off, whatever begins and ends then', async () => {
    const lines = Array.from({ length: 24 }, (_, id) =>
      daily(`s${id}`, cost.slice(0, id % 3 === 0 ? 60 : 90), id < 10 ? 0 : 20 + id),
    ).flat()
    const dayOfLine = (line: string) => line.split(',')[1] ?? ''
    const whole = await find(lines, { scores: true })
    for (const cut of [30, 45, 60, 75, 100]) {
      const until = dayName(first + cut)
      const before = await find(
        lines.filter((line) => dayOfLine(line) < until),
        { scores: true },
      )
      for (const one of before) {
        const same = whole.find(({ id }) => id === one.id)
        expect(one.scores).toEqual(same?.scores?.slice(0, one.scores?.length))
        const alarms = (found: typeof one | undefined) =>
          found?.anomalies.map(({ detected }) => detected).filter((detected) => detected < until)
        expect(alarms(one)).toEqual(alarms(same))
      }
    }
  })

  it('are found in readings of minutes, months and plain counts alike', async () => {
    const readings = Array.from({ length: 3_000 }, (_, at) => {
      const time = new Date(Date.UTC(2025, 5, 1) + at * 300_000).toISOString()
      return `${time},${at === 2_500 ? 900 : 100 + 10 * Math.sin(at / 45) + random.next()}`
    })
    const [metric] = await find(readings)
    expect(metric?.anomalies.map(({ detected }) => detected)).toContain(
      new Date(Date.UTC(2025, 5, 1) + 2_500 * 300_000).toISOString().replace('.000Z', 'Z'),
    )
    const [months] = await find(
      Array.from(
        { length: 60 },
        (_, at) =>
          `${2020 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}-01,${at === 50 ? 500 : 100 + random.next()}`,
      ),
    )
    expect(months?.anomalies).toMatchObject([{ detected: '2024-03-01T00:00:00Z', kind: 'spike' }])
    const [counted] = await find(cost.map((value, at) => `${at + 1},${value}`))
    expect(counted?.anomalies).toMatchObject([{ detected: '121' }])
  })

  it.each([
    ['one row', ['2025-06-01,5']],
    ['two rows', ['2025-06-01,5', '2025-06-02,7']],
    ['a constant', daily('a', Array(60).fill(5))],
    ['zeros', daily('a', Array(60).fill(0))],
    ['duplicates', [...daily('a', cost), ...daily('a', cost)]],
    [
      'negative values',
      daily(
        'a',
        cost.map((value) => -value),
      ),
    ],
    ['no numbers', daily('a', Array(30).fill(Number.NaN))],
    ['gaps', daily('a', cost).filter((_, at) => at % 4 !== 0)],
  ])('are a plain answer for %s', async (_, lines) => {
    const [one] = await find(lines, { scores: true })
    expect(one?.scores).toHaveLength(lines.length)
    expect(one?.scores?.every((score) => score >= 0 && score <= 1)).toBe(true)
    expect(one?.note === undefined).toBe(lines.length >= 15)
  })

  it('stop when nobody waits for them', async () => {
    const path = join(folder, 'many.csv')
    await writeFile(
      path,
      Array.from({ length: 300 }, (_, id) => daily(String(id), cost).join('\n')).join('\n'),
    )
    const abort = new AbortController()
    const asked = findInSeries({ path }, { signal: abort.signal })
    setTimeout(() => abort.abort(), 5)
    await expect(asked).rejects.toThrow()
  })
})
