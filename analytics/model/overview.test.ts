import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Overview, overviewSchema } from '../contract/overview'
import { type BillRow, exactSum, usageOn } from '../testing/bill-rows'
import { codeOf, mustSucceed, openTestStore, type TestStore } from '../testing/open-test-store'
import { writeParquet } from '../testing/parquet-file'
import { readHoldings } from './holdings'
import { readOverview } from './overview'
import { addDays } from './windows'

/** Brings lines of any months in, as one loose file. */
async function bringIn(workspace: TestStore, rows: readonly BillRow[]): Promise<void> {
  await writeParquet(join(workspace.outside, 'bill.parquet'), rows)
  mustSucceed(await workspace.bringIn(workspace.outside))
}

async function overview(workspace: TestStore, currency?: string): Promise<Overview> {
  return mustSucceed(
    await readOverview({ measure: 'effective', ...(currency && { currency }) }, workspace.work()),
  )
}

/** One dollar a day. */
function daily(from: string, to: string): readonly BillRow[] {
  const rows: BillRow[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) rows.push(usageOn(day, 1))
  return rows
}

describe('an overview of many services over many months', () => {
  const services = Array.from({ length: 14 }, (_, at) => `Service${String.fromCharCode(65 + at)}`)
  const months = ['2025-06', '2025-07', '2025-12', '2026-01', '2026-08', '2026-09']
  const rows = months.flatMap((month, place) =>
    services.map((service, at) =>
      usageOn(`${month}-${String(at + 1).padStart(2, '0')}`, `${(at + 1) * (place + 2)}.000000000${at}`, {
        line_item_product_code: service,
        line_item_usage_account_id: at % 2 === 0 ? '111' : '222',
        line_item_usage_account_name: at % 2 === 0 ? 'Shop' : 'Data',
      }),
    ),
  )
  let workspace: TestStore
  let shown: Overview

  beforeAll(async () => {
    workspace = await openTestStore()
    await writeParquet(join(workspace.outside, 'bill.parquet'), rows, { line_item_unblended_cost: 'VARCHAR' })
    mustSucceed(await workspace.bringIn(workspace.outside))
    shown = await overview(workspace)
  })

  afterAll(async () => {
    await workspace.close()
  })

  const asked = async (from: string, to: string) =>
    (await workspace.query({ measure: 'effective', from, to })).total.effective

  it('is what the contract allows', () => {
    expect(overviewSchema.safeParse(shown).error).toBeUndefined()
  })

  it('has the figures a question about the same days has', async () => {
    expect(shown.month).toMatchObject({
      period: '2026-09',
      from: '2026-09-01',
      to: '2026-09-15',
      days: 14,
      daysInMonth: 30,
    })
    expect(shown.monthToDate).toBe(await asked('2026-09-01', '2026-09-15'))
    expect(shown.sameDaysBefore).toBe(await asked('2026-08-01', '2026-08-15'))
    expect(shown.lastMonth).toBe(await asked('2026-08-01', '2026-09-01'))
    expect(shown.yearToDate).toBe(await asked('2026-01-01', '2026-09-15'))
    const change = (Number(shown.monthToDate) / Number(shown.sameDaysBefore) - 1) * 100
    expect(shown.changePercent).toBeCloseTo(change, 3)
  })

  it('has fourteen months at most, and those alone that have data', () => {
    expect(shown.months).toEqual(['2025-12', '2026-01', '2026-08', '2026-09'])
  })

  it('has nine services and the rest as Other, adding up exactly', async () => {
    expect(shown.series.map(({ service }) => service)).toEqual([...services.slice(5).reverse(), 'Other'])
    for (const [at, month] of shown.months.entries()) {
      const parts = shown.series.map(({ values }) => values[at] ?? '')
      expect(exactSum(parts)).toBe(
        await asked(`${month}-01`, month === '2025-12' ? '2026-01-01' : `${month}-28`),
      )
    }
    for (const { values, total } of shown.series) expect(exactSum(values)).toBe(total)
    expect(exactSum(shown.series.map(({ total }) => total))).toBe(await asked('2025-08-01', '2026-09-15'))
  })

  it('calls accounts by their names, and lists them by how much they moved', () => {
    expect(shown.accounts.map(({ value, label }) => [value, label])).toEqual([
      ['222', 'Data'],
      ['111', 'Shop'],
    ])
    for (const { current, previous, change } of [...shown.accounts, ...shown.movers]) {
      expect(exactSum([previous, change])).toBe(current)
    }
    expect(exactSum(shown.accounts.map(({ current }) => current))).toBe(shown.monthToDate)
    expect(shown.movers).toHaveLength(8)
  })
})

describe('an overview', () => {
  let workspace: TestStore

  beforeEach(async () => {
    workspace = await openTestStore()
  })

  afterEach(async () => {
    await workspace.close()
  })

  it('says so when there is no data', async () => {
    const result = await readOverview({ measure: 'effective' }, workspace.work())
    expect(codeOf(result)).toBe('no-data')
  })

  it.each([
    ['the first half with the first half', '2026-08-01', '2026-09-15', 15, '15', '31'],
    ['a whole month of 30 days with a whole one of 31', '2026-08-01', '2026-09-30', 30, '31', '31'],
    ['a whole month of 31 days with a whole one of 30', '2026-09-01', '2026-10-31', 31, '30', '30'],
    ['day 30 of March with the whole of February', '2026-02-01', '2026-03-30', 30, '28', '28'],
    ['day 29 of March with the whole of February', '2026-02-01', '2026-03-29', 29, '28', '28'],
    ['day 28 of March with 28 days', '2026-02-01', '2026-03-28', 28, '28', '28'],
    ['the whole of February with the whole of January', '2026-01-01', '2026-02-28', 28, '31', '31'],
    ['day 27 of February with 27 days', '2026-01-01', '2026-02-27', 27, '27', '31'],
    ['January with December', '2025-12-01', '2026-01-10', 10, '10', '31'],
  ])('compares %s', async (_what, from, last, days, sameDays, lastMonth) => {
    await bringIn(workspace, daily(from, last))
    const shown = await overview(workspace)
    expect(shown.month).toMatchObject({ period: last.slice(0, 7), days })
    expect(Number(shown.monthToDate)).toBe(days)
    expect(Number(shown.sameDaysBefore)).toBe(Number(sameDays))
    expect(Number(shown.lastMonth)).toBe(Number(lastMonth))
  })

  it('begins the year in January', async () => {
    await bringIn(workspace, daily('2025-12-25', '2026-01-10'))
    const shown = await overview(workspace)
    expect(Number(shown.yearToDate)).toBe(10)
    // Of January a year ago nothing is known, which is not the same as nothing.
    expect(shown).toMatchObject({ firstDay: '2025-12-25', yearBefore: null })
  })

  it('compares the year with the same days of the one before', async () => {
    await bringIn(workspace, [...daily('2025-01-01', '2025-01-31'), ...daily('2026-01-01', '2026-01-10')])
    const shown = await overview(workspace)
    expect(Number(shown.yearBefore)).toBe(10)
    expect(shown.yearChangePercent).toBe(0)
  })

  it('tells what is new and what is gone', async () => {
    const line = (day: string, service: string, cost: number) =>
      usageOn(day, cost, { line_item_product_code: service })
    await bringIn(workspace, [
      line('2026-08-01', 'Gone', 5),
      line('2026-08-01', 'Same', 2),
      line('2026-08-01', 'More', 4),
      line('2026-09-01', 'New', 3),
      line('2026-09-01', 'Same', 2),
      line('2026-09-01', 'More', 10),
      // Later than the days compared.
      line('2026-08-20', 'Late', 100),
    ])
    const { movers } = await overview(workspace)
    expect(
      movers.map(({ value, state, changePercent, change }) => [value, state, changePercent, Number(change)]),
    ).toEqual([
      ['More', 'changed', 150, 6],
      ['Gone', 'gone', -100, -5],
      ['New', 'new', null, 3],
      ['Same', 'changed', 0, 0],
    ])
  })

  it('knows the rate of savings of usage, with what commitments left unused', async () => {
    const line = (type: string, cost: number, more: BillRow) =>
      usageOn('2026-09-05', cost, { line_item_line_item_type: type, ...more })
    await bringIn(workspace, [
      line('Usage', 60, { pricing_public_on_demand_cost: 100 }),
      line('SavingsPlanCoveredUsage', 50, {
        pricing_public_on_demand_cost: 50,
        savings_plan_savings_plan_a_r_n: 'arn:plan',
        savings_plan_savings_plan_effective_cost: 30,
      }),
      line('SavingsPlanNegation', -50, { savings_plan_savings_plan_a_r_n: 'arn:plan' }),
      line('RIFee', 40, { reservation_reservation_a_r_n: 'arn:ri', reservation_unused_recurring_fee: 5 }),
      line('Tax', 19, {}),
    ])
    // 1 - (60 + 30 + 5) / (100 + 50) = 36.6667 %
    expect((await overview(workspace)).savingsRate).toBe(36.6667)
  })

  it('has no rate of savings without usage', async () => {
    await bringIn(workspace, [usageOn('2026-09-05', 5, { line_item_line_item_type: 'Tax' })])
    expect((await overview(workspace)).savingsRate).toBeNull()
  })

  it('keeps currencies apart', async () => {
    await bringIn(workspace, [
      usageOn('2026-09-05', 5),
      usageOn('2026-09-06', 50, { line_item_currency_code: 'EUR' }),
    ])
    const biggest = await overview(workspace)
    expect(biggest).toMatchObject({
      currency: 'EUR',
      otherCurrencies: ['USD'],
      monthToDate: '50.000000000000',
    })
    const dollars = await overview(workspace, 'USD')
    expect(dollars).toMatchObject({
      currency: 'USD',
      otherCurrencies: ['EUR'],
      monthToDate: '5.000000000000',
    })
    const result = await readOverview({ measure: 'billed', currency: 'CNY' }, workspace.work())
    expect(codeOf(result)).toBe('no-such-currency')
  })

  it('reaches as far as usage does, not as far as a fee that is dated ahead', async () => {
    await bringIn(workspace, [
      usageOn('2026-09-05', 5),
      usageOn('2026-09-30', 1, { line_item_line_item_type: 'Fee' }),
      usageOn('2026-09-04', 0, { bill_invoice_id: '' }),
      usageOn('2026-09-03', 1, { bill_invoice_id: '' }),
    ])
    expect((await overview(workspace)).month).toMatchObject({ to: '2026-09-06', days: 5, estimated: true })
    const holdings = mustSucceed(await readHoldings({}, workspace.work()))
    expect(holdings).toMatchObject({
      dataVersion: 1,
      rows: 4,
      firstDay: '2026-09-03',
      lastDay: '2026-09-05',
      payers: ['111122223333'],
      currencies: ['USD'],
      estimatedPeriods: ['2026-09'],
    })
    // An import says when it was, in UTC.
    expect(Math.abs(Date.now() - Date.parse(holdings.lastImportAt ?? ''))).toBeLessThan(3_600_000)
  })
})
