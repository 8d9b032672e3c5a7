import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type SpendForecast, type SpendForecastRequest, spendForecastSchema } from '../../contract/forecast'
import { type BillRow, usageOn } from '../../testing/bill-rows'
import { inventedBill } from '../../testing/invented-series'
import { codeOf, mustSucceed, openTestStore, type TestStore } from '../../testing/open-test-store'
import { writeParquet } from '../../testing/parquet-file'
import { moneyOf, unitsOf } from '../exact'
import { forecastSpend } from './forecast-spend'

const dayMs = 86_400_000
const first = Math.round(Date.UTC(2026, 2, 1) / dayMs)
const days = 137
const dayText = (day: number) => new Date((first + day) * dayMs).toISOString().slice(0, 10)
let workspace: TestStore

/**
 * Three services in two accounts, a fee on the first of each month, and another that is written when a month closes.
 * The data ends on 15 July.
 */
function bill(): readonly BillRow[] {
  const lines = [
    ['AmazonEC2', '000000000001', inventedBill(first, days, { level: 300, seed: 2 })],
    [
      'AmazonS3',
      '000000000001',
      inventedBill(first, days, { level: 80, weekend: 1, growth: 0.001, seed: 3 }),
    ],
    ['AmazonRDS', '000000000002', inventedBill(first, days, { level: 120, weekend: 1, seed: 4 })],
  ] as const
  const usage = lines.flatMap(([service, account, amounts]) =>
    Array.from(amounts, (amount, day) =>
      usageOn(dayText(day), Number(amount.toFixed(6)), {
        line_item_product_code: service,
        line_item_usage_account_id: account,
      }),
    ),
  )
  const fees = Array.from({ length: days }, (_, day) => dayText(day))
    .filter((day) => day.endsWith('-01'))
    .map((day) =>
      usageOn(day, 900, {
        line_item_line_item_type: 'Fee',
        line_item_product_code: 'AWSSupportBusiness',
        line_item_usage_account_id: '000000000002',
      }),
    )
  const atClose = fees
    .map(({ line_item_usage_start_date: start }) => String(start).slice(0, 10))
    .filter((day) => day < '2026-07-01')
    .flatMap((day) =>
      [
        ['000000000001', 300],
        ['000000000002', 100],
      ].map(([account, amount]) =>
        usageOn(day, Number(amount), {
          line_item_line_item_type: 'Fee',
          line_item_product_code: 'AWSSupportEnterprise',
          line_item_usage_account_id: String(account),
        }),
      ),
    )
  return [...usage, ...fees, ...atClose]
}

beforeAll(async () => {
  workspace = await openTestStore()
  await writeParquet(join(workspace.outside, 'bill.parquet'), bill())
  mustSucceed(await workspace.bringIn(workspace.outside))
})
afterAll(() => workspace.close())

async function forecast(request: Partial<SpendForecastRequest> = {}): Promise<SpendForecast> {
  const asked = { horizon: 30, measure: 'billed' as const, ...request }
  return spendForecastSchema.parse(mustSucceed(await forecastSpend(asked, workspace.work())))
}

const sum = (amounts: readonly string[]) =>
  moneyOf(amounts.reduce((total, amount) => total + unitsOf(amount), 0n))

/** Every point of the total is what its parts add up to, to the last digit. */
function expectParts({ series, total }: SpendForecast): void {
  expect(total.points.length).toBeGreaterThan(0)
  for (const [at, point] of total.points.entries()) {
    expect(point.mean).toBe(sum(series.map(({ points }) => points[at]?.mean ?? 'missing')))
  }
}

describe('a forecast of the bill', () => {
  it('begins after the last day of data and is near what the bill does', async () => {
    const { series, total, dataThrough, currency } = await forecast()
    expect({ dataThrough, currency, ids: series.map(({ id }) => id) }).toEqual({
      dataThrough: '2026-07-15',
      currency: 'USD',
      ids: ['total'],
    })
    expect(total.points.map(({ t }) => t).slice(0, 2)).toEqual(['2026-07-16', '2026-07-17'])
    // 300 + 80 that grow + 120 on a working day; the fees on the first of August.
    const on = (day: string) => Number(total.points.find(({ t }) => t === day)?.mean)
    expect(on('2026-07-16') / 511).toBeCloseTo(1, 1)
    expect(on('2026-07-18') / 421).toBeCloseTo(1, 1)
    expect((on('2026-08-01') - on('2026-08-02')) / 1_300).toBeCloseTo(1, 1)
  })

  it.each(['service', 'account', 'charge-category', 'region'])('by %s adds up exactly', async (by) => {
    const apart = await forecast({ by })
    expectParts(apart)
    // One question has one sum, however it is broken down.
    const whole = await forecast()
    for (const [at, { mean }] of apart.total.points.entries()) {
      expect(Math.abs(Number(mean) - Number(whole.total.points[at]?.mean))).toBeLessThan(0.0001)
    }
  })

  it('adds up in scenarios too', async () => {
    const scenario = {
      by: 'service',
      growth: 7.5,
      events: [
        { name: 'Launch', kind: 'start', from: '2026-07-20', amount: '12.34', part: 'Amazon S3' },
        { name: 'Load test', kind: 'one-off', from: '2026-07-25', amount: '500.01' },
      ],
    } as const satisfies Partial<SpendForecastRequest>
    const wanted = { ...scenario, events: [...scenario.events] }
    expectParts(await forecast(wanted))
    expectParts(await forecast({ ...wanted, grain: 'month', horizon: 6 }))
    const { series, total } = await forecast(wanted)
    expect(series.map(({ id }) => id)).toContain('(planned)')
    const plain = await forecast({ growth: 7.5 })
    const more = Number(total.points.at(-1)?.mean) - Number(plain.total.points.at(-1)?.mean)
    expect(more).toBeCloseTo(12.34, 4)
  })

  it('is there at once after a new start, until the data is another', async () => {
    const asked: SpendForecastRequest = { horizon: 45, measure: 'billed', by: 'service' }
    const made = mustSucceed(await forecastSpend(asked, workspace.work()))
    vi.resetModules()
    const afresh = await import('./forecast-spend')
    const steps = workspace.progress.length
    expect(mustSucceed(await afresh.forecastSpend(asked, workspace.work()))).toEqual(made)
    expect(workspace.progress).toHaveLength(steps)
    const kept = async () =>
      (await workspace.rows('SELECT count(*)::INTEGER AS answers FROM forecast_answers'))[0]?.answers
    expect(Number(await kept())).toBeGreaterThan(0)
    // An answer of another state of the data is none.
    await workspace.rows('UPDATE forecast_answers SET version = version - 1')
    vi.resetModules()
    const later = await import('./forecast-spend')
    expect(mustSucceed(await later.forecastSpend(asked, workspace.work()))).toEqual(made)
    expect(workspace.progress.length).toBeGreaterThan(steps)
    expect(Number(await kept())).toBe(1)
  })

  it('by month counts what has come in of the first one', async () => {
    const { total, projections } = await forecast({ grain: 'month', horizon: 18 })
    expect(total.points.map(({ t }) => t)).toEqual([
      ...['2026-07-01', '2026-08-01', '2026-09-01', '2026-10-01', '2026-11-01', '2026-12-01'],
      ...Array.from({ length: 12 }, (_, month) => `2027-${String(month + 1).padStart(2, '0')}-01`),
    ])
    const july = projections.find(({ period }) => period === 'month')
    expect(july).toMatchObject({ from: '2026-07-01', to: '2026-08-01', total: total.points[0]?.mean })
    const actual = await workspace.query({ measure: 'billed', from: '2026-07-01', to: '2026-07-16' })
    expect(july?.actual).toBe(actual.total.billed)
    const june = await workspace.query({ measure: 'billed', from: '2026-06-01', to: '2026-07-01' })
    expect(total.before).toBe(june.total.billed)
    for (const { mean, lo80, hi80, lo95, hi95 } of total.points) {
      const ladder = [lo95, lo80, mean, hi80, hi95].map(unitsOf)
      expect(ladder).toEqual([...ladder].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)))
    }
  })

  it('counts what past days will still be billed, whoever it is asked apart by', async () => {
    const whole = await forecast({ grain: 'month', horizon: 3 })
    expect(whole.due).toEqual([{ part: 'total', t: '2026-07-01', amount: '400.000000000000' }])
    const byService = await forecast({ by: 'service', grain: 'month', horizon: 3 })
    expect(byService.due).toMatchObject([{ part: 'AWS Support Enterprise', amount: '400.000000000000' }])
    const support = byService.series.find(({ id }) => id === 'AWS Support Enterprise')
    for (const { mean } of support?.points ?? []) expect(Number(mean)).toBeCloseTo(400, 0)
    expect(support?.points).toHaveLength(3)
    const byAccount = await forecast({ by: 'account', grain: 'month', horizon: 3 })
    expect(byAccount.due.map(({ part, amount }) => [part, Number(amount)]).sort()).toEqual([
      ['000000000001', 300],
      ['000000000002', 100],
    ])
    expectParts(byService)
    expectParts(byAccount)
  })

  it('projects to the end of month, quarter, year and fiscal year, whatever the horizon', async () => {
    const near = await forecast({ horizon: 1, fiscalYearStart: 4 })
    const far = await forecast({ horizon: 120, fiscalYearStart: 4 })
    expect(near.projections).toEqual(far.projections)
    expect(near.projections.map(({ period, from, to }) => [period, from, to])).toEqual([
      ['month', '2026-07-01', '2026-08-01'],
      ['quarter', '2026-07-01', '2026-10-01'],
      ['year', '2026-01-01', '2027-01-01'],
      ['fiscal-year', '2026-04-01', '2027-04-01'],
    ])
    for (const { actual, forecast: ahead, total } of near.projections)
      expect(sum([actual, ahead])).toBe(total)
  })

  it('is asked about a part of the bill only', async () => {
    const where = [{ dimension: 'service', operator: '=' as const, value: 'Amazon RDS' }]
    const { total } = await forecast({ where })
    expect(Number(total.points[0]?.mean) / 120).toBeCloseTo(1, 1)
  })

  it('is made by one model where one is named', async () => {
    expect((await forecast({ model: 'sma' })).total.model).toBe('sma')
  })

  it('is kept until the data changes, and shown again in no time', async () => {
    const work = workspace.work()
    const request = { horizon: 33, measure: 'billed' } as const
    const once = mustSucceed(await forecastSpend(request, work))
    expect(mustSucceed(await forecastSpend(request, work))).toBe(once)
    await workspace.rows('UPDATE data_version SET version = version + 1')
    expect(mustSucceed(await forecastSpend(request, work))).not.toBe(once)
  })

  it('stops when nobody waits for it any more', async () => {
    const abort = new AbortController()
    const work = workspace.work({ signal: abort.signal, progress: () => abort.abort() })
    await expect(forecastSpend({ horizon: 31, by: 'service' }, work)).rejects.toThrow('cancelled')
  })

  it('is refused where there is nothing to go by', async () => {
    const empty = await openTestStore()
    try {
      expect(codeOf(await forecastSpend({ horizon: 5 }, empty.work()))).toBe('no-data')
    } finally {
      await empty.close()
    }
    const nowhere = [{ dimension: 'service', operator: '=' as const, value: 'nothing' }]
    expect(codeOf(await forecastSpend({ horizon: 5, where: nowhere }, workspace.work()))).toBe('no-data')
    const far = { horizon: 19, grain: 'month' } as const
    expect(codeOf(await forecastSpend(far, workspace.work()))).toBe('horizon-too-far')
  })
})
