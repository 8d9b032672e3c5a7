import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Accuracy, type AccuracyRequest, accuracySchema } from '../../contract/forecast-accuracy'
import { addDays } from '../../model/windows'
import { usageOn } from '../../testing/bill-rows'
import { inventedBill } from '../../testing/invented-series'
import { codeOf, mustSucceed, openTestStore, type TestStore } from '../../testing/open-test-store'
import { writeParquet } from '../../testing/parquet-file'
import { forecastSpend } from '../spend/forecast-spend'
import { forecastAccuracy } from './forecast-accuracy'
import { insertion, keptSql } from './ledger-store'

const firstDay = '2026-02-01'
let workspace: TestStore

/** One service; the first so many days of it, times a factor from a day on. */
async function bringIn(days: number, factor: (day: string) => number = () => 1): Promise<void> {
  const amounts = inventedBill(Math.round(Date.parse(firstDay) / 86_400_000), days, { level: 200, seed: 7 })
  const rows = Array.from(amounts, (amount, index) => {
    const day = addDays(firstDay, index)
    return usageOn(day, Number((amount * factor(day)).toFixed(6)))
  })
  await writeParquet(join(workspace.outside, 'bill.parquet'), rows)
  mustSucceed(await workspace.bringIn(workspace.outside))
}

async function accuracy(request: AccuracyRequest = {}): Promise<Accuracy> {
  return accuracySchema.parse(mustSucceed(await forecastAccuracy(request, workspace.work())))
}

const count = async () =>
  Number((await workspace.rows('SELECT count(*)::INTEGER AS n FROM state.main.forecasts'))[0]?.n)

const shown = ({ spans }: Accuracy) => spans.filter(({ origin }) => origin === 'shown')

beforeAll(async () => {
  workspace = await openTestStore()
})
afterAll(() => workspace.close())

describe('the accuracy ledger', () => {
  it('has nothing to say without data', async () => {
    expect(codeOf(await forecastAccuracy({}, workspace.work()))).toBe('no-data')
  })

  it('keeps a forecast that was shown, once, and measures it when its days come', async () => {
    await bringIn(137)
    const request = { horizon: 30, by: 'service' }
    mustSucceed(await forecastSpend(request, workspace.work()))
    const kept = await count()
    expect(kept).toBe(4)
    mustSucceed(await forecastSpend({ ...request, horizon: 10, growth: 5 }, workspace.work()))
    expect(await count()).toBe(kept)
    expect((await accuracy({ record: 'shown' })).spans).toEqual([])

    await bringIn(137 + 10)
    const { past, ...record } = await accuracy({ record: 'shown', by: 'service' })
    expect(
      shown({ past, ...record }).map(({ ahead, forecasts, points }) => [ahead, forecasts, points]),
    ).toEqual([
      ['1-7', 1, 7],
      ['8-30', 1, 3],
    ])
    expect(record.spans[0]?.wape).toBeLessThan(0.1)
    expect(record.parts.map(({ id }) => id)).toEqual(['Amazon EC2'])
    expect(record.setAside).toBe(0)
  })

  it('measures anew what was restated, and sets aside what was made from other figures', async () => {
    const before = shown(await accuracy({ record: 'shown' }))[0]?.bias ?? 0
    // Everything from the day the forecast begins on cost a quarter more.
    await bringIn(137 + 10, (day) => (day >= addDays(firstDay, 137) ? 1.25 : 1))
    const after = shown(await accuracy({ record: 'shown' }))[0]?.bias ?? 0
    expect((1 + after) * 1.25).toBeCloseTo(1 + before, 6)
    await bringIn(137 + 10, () => 3)
    const other = await accuracy({ record: 'shown' })
    expect([shown(other), other.setAside]).toEqual([[], 2])
  })

  it('has a record on the first day, marked as tried afterwards, and tries each day once', async () => {
    await bringIn(200)
    const record = await accuracy()
    expect(record.spans.map(({ ahead, origin }) => `${origin} ${ahead}`)).toEqual(
      expect.arrayContaining(['backtest 1-7', 'backtest 8-30', 'backtest 31-90', 'backtest month-end']),
    )
    const names = record.methods.map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['auto', 'arima', 'seasonal-naive', 'trailing-30-days']))
    const figures = new Map(record.methods.map(({ name, total }) => [name, total ?? 0]))
    expect(figures.get('auto')).toBeLessThan(figures.get('naive') ?? 0)
    expect(record.past.day.length).toBeGreaterThan(60)
    expect(record.past.day.every(({ t, dataThrough }) => dataThrough < `${t.slice(0, 7)}-01`)).toBe(true)
    const kept = await count()
    expect(await accuracy()).toEqual(record)
    expect(await count()).toBe(kept)
  }, 60_000)

  it('keeps what was tried before it was cancelled', async () => {
    const abort = new AbortController()
    const work = workspace.work({
      signal: abort.signal,
      progress: ({ stage, done }) => {
        if (stage === 'Asking earlier days' && done === 1) abort.abort()
      },
    })
    const before = await count()
    await expect(forecastAccuracy({ measure: 'billed', record: 'tried' }, work)).rejects.toThrow('cancelled')
    expect(await count()).toBeGreaterThan(before)
  })

  it('asks in SQL that can be planned', async () => {
    const made = {
      by: '',
      part: '',
      grain: 'day',
      origin: 'shown',
      model: 'auto',
      dataThrough: '2026-01-31',
      basis: 1,
      dataVersion: 1,
      points: [{ t: '2026-02-01', mean: '1', lo80: '0', hi80: '2', lo95: '0', hi95: '3' }],
    } as const
    const { sql, values } = insertion('scope', 'USD', [made, made])
    expect(await workspace.rows(`EXPLAIN ${sql}`, values)).not.toHaveLength(0)
    expect(await workspace.rows(`EXPLAIN ${keptSql}`, ['scope', 'USD', ''])).not.toHaveLength(0)
  })
})
