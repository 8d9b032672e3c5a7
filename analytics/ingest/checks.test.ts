import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Check } from '../contract/application'
import type { ImportedPeriod, ImportWarning } from '../contract/imports'
import { type BillRow, usage } from '../testing/bill-rows'
import { writeDelivery } from '../testing/export-tree'
import { codeOf, mustSucceed, openTestStore, type TestStore } from '../testing/open-test-store'

let workspace: TestStore
let imports = 0

beforeAll(async () => {
  workspace = await openTestStore()
})

afterAll(async () => {
  await workspace.close()
})

interface Checked {
  readonly period: ImportedPeriod
  readonly warnings: readonly ImportWarning[]
  check(name: string): Check
}

async function bringIn(rows: readonly BillRow[], more: { manifest?: boolean } = {}): Promise<Checked> {
  imports += 1
  const root = join(workspace.outside, `export-${imports}`)
  await writeDelivery(root, { period: '2026-09', chunks: [rows], ...more })
  const report = mustSucceed(await workspace.bringIn(root))
  const [period] = report.imports
  if (period === undefined) throw new Error('nothing was imported')
  return {
    period,
    warnings: report.warnings,
    check: (name) =>
      period.checks.find((one) => one.name === name) ?? { name, ok: false, detail: 'no such check' },
  }
}

const line = (type: string, cost: number, more: BillRow = {}): BillRow =>
  usage(cost, { line_item_line_item_type: type, ...more })
const plan = { savings_plan_savings_plan_a_r_n: 'arn:plan' }
const reservation = { reservation_reservation_a_r_n: 'arn:ri' }

/**
 * A closed September with one partial-upfront reservation (upfront 360 for the year, 30 of it this month; 60 a
 * month; five sixths used) and one partial-upfront Savings Plan (commitment of 120 this month, 72 of it paid
 * monthly and 48 from the upfront payment of 576; 100 used).
 *
 * Unblended: 0 + 60 + 360 + 72 + 576 + 140 - 140 + 500 + 25 - 10 = 1583.
 * Amortised: 75 + (5 + 10) + 0 + (120 - 100) + 0 + 100 + 0 + 500 + 25 - 10 = 725.
 * 725 + upfront fees 936 - amortised part of upfront fees 78 = 1583.
 */
const closedMonth: Readonly<Record<string, BillRow>> = {
  'reserved usage': line('DiscountedUsage', 0, { ...reservation, reservation_effective_cost: 75 }),
  'reservation fee': line('RIFee', 60, {
    ...reservation,
    reservation_unused_amortized_upfront_fee_for_billing_period: 5,
    reservation_unused_recurring_fee: 10,
    reservation_amortized_upfront_fee_for_billing_period: 30,
  }),
  'reservation upfront': line('Fee', 360, reservation),
  'plan fee': line('SavingsPlanRecurringFee', 72, {
    ...plan,
    savings_plan_total_commitment_to_date: 120,
    savings_plan_used_commitment: 100,
    savings_plan_recurring_commitment_for_billing_period: 72,
    savings_plan_amortized_upfront_commitment_for_billing_period: 48,
  }),
  'plan upfront': line('SavingsPlanUpfrontFee', 576, plan),
  'covered usage': line('SavingsPlanCoveredUsage', 140, {
    ...plan,
    savings_plan_savings_plan_effective_cost: 100,
  }),
  negation: line('SavingsPlanNegation', -140, plan),
  'plain usage': line('Usage', 500),
  tax: line('Tax', 25),
  credit: line('Credit', -10),
}

describe('the cash true-up of a closed month', () => {
  it('holds for a month worked out by hand', async () => {
    const { period, check } = await bringIn(Object.values(closedMonth))
    expect(check('cash-true-up')).toMatchObject({ ok: true })
    expect(check('savings-plan-negation')).toMatchObject({ ok: true })
    expect(check('final').detail).toContain('Final')
    expect(period).toMatchObject({
      estimated: false,
      // 0 + 60 + 360 + 72 + 576 + 0 + 0 + 500 + 25 - 10
      billed: '1583.000000000000',
      effective: '725.000000000000',
    })
  })

  it.each(['reserved usage', 'reservation fee', 'plan fee', 'covered usage'])(
    'fails without %s',
    async (missing) => {
      const rows = Object.entries(closedMonth).filter(([name]) => name !== missing)
      const { check, warnings } = await bringIn(rows.map(([, row]) => row))
      expect(check('cash-true-up')).toMatchObject({ ok: false })
      expect(warnings.map(({ code }) => code)).toContain('cash-true-up')
    },
  )

  it('also holds with a refund of the upfront fee', async () => {
    const refund = line('Refund', -576, {
      line_item_product_code: 'ComputeSavingsPlans',
      line_item_line_item_description: 'Refund for one-time fee for Savings Plan ID: p-1',
    })
    const { check } = await bringIn([...Object.values(closedMonth), refund])
    expect(check('cash-true-up')).toMatchObject({ ok: true })
  })

  it('is not due while the month is open', async () => {
    const open = Object.entries(closedMonth)
      .filter(([name]) => name !== 'reserved usage')
      .map(([, row]) => ({ ...row, bill_invoice_id: '' }))
    const { period, check } = await bringIn(open)
    expect(period.estimated).toBe(true)
    expect(check('cash-true-up')).toMatchObject({ ok: true, detail: expect.stringContaining('Not due') })
    expect(check('final').detail).toContain('Estimated')
  })
})

describe('covered usage and its negation', () => {
  it('cancel by plan and day, several lines against one', async () => {
    const covered = [1.1, 2.2, 3.3].map((cost) =>
      line('SavingsPlanCoveredUsage', cost, { ...plan, savings_plan_savings_plan_effective_cost: 1 }),
    )
    const { check } = await bringIn([...covered, line('SavingsPlanNegation', -6.6, plan)])
    expect(check('savings-plan-negation')).toMatchObject({ ok: true })
  })

  it('do not cancel when a negation is missing', async () => {
    const rows = Object.entries(closedMonth).filter(([name]) => name !== 'negation')
    const { check, warnings } = await bringIn(rows.map(([, row]) => row))
    expect(check('savings-plan-negation')).toMatchObject({
      ok: false,
      detail: expect.stringContaining('140.000000'),
    })
    expect(warnings.map(({ code }) => code)).toContain('savings-plan-negation')
  })

  it('of one plan do not cancel those of another', async () => {
    const other = { savings_plan_savings_plan_a_r_n: 'arn:other' }
    const covered = line('SavingsPlanCoveredUsage', 5, {
      ...plan,
      savings_plan_savings_plan_effective_cost: 3,
    })
    const { check } = await bringIn([covered, line('SavingsPlanNegation', -5, other)])
    expect(check('savings-plan-negation')).toMatchObject({ ok: false })
  })
})

describe('what an import says of itself', () => {
  it('names line types nobody knows, and counts them at what was billed', async () => {
    const { period, check, warnings } = await bringIn([
      usage(10),
      line('FutureCharge', 4),
      line('EdpDiscount', -1),
    ])
    expect(check('line-types')).toMatchObject({ ok: false, detail: expect.stringContaining('FutureCharge') })
    expect(check('line-types').detail).not.toContain('EdpDiscount')
    expect(period).toMatchObject({ billed: '13.000000000000', effective: '13.000000000000' })
    expect(warnings.map(({ code }) => code)).toContain('line-types')
  })

  it('counts usage that lies outside the month', async () => {
    const { check } = await bringIn([
      usage(1),
      usage(1, { line_item_usage_start_date: '2026-08-31 23:00:00' }),
      usage(1, { line_item_usage_start_date: '2026-10-01 00:00:00' }),
      line('Fee', 1, { line_item_usage_start_date: '2026-10-15 00:00:00' }),
    ])
    expect(check('period')).toMatchObject({ ok: false, detail: expect.stringContaining('2 usage lines') })
    const inside = await bringIn([usage(1, { line_item_usage_start_date: '2026-09-30 23:00:00' })])
    expect(inside.check('period')).toMatchObject({ ok: true })
  })

  it('is not verified without a manifest', async () => {
    const without = await bringIn([usage(1)], { manifest: false })
    expect(without.period.verified).toBe(false)
    expect(without.check('complete')).toMatchObject({ ok: false })
    const withOne = await bringIn([usage(1)])
    expect(withOne.period.verified).toBe(true)
    expect(withOne.check('complete')).toMatchObject({ ok: true })
  })

  it('is an estimate while a line that costs something carries no invoice', async () => {
    const free = usage(0, { bill_invoice_id: '' })
    expect((await bringIn([usage(1), free])).period.estimated).toBe(false)
    expect((await bringIn([usage(1), usage(0.01, { bill_invoice_id: '' })])).period.estimated).toBe(true)
  })

  it('counts the lines it could not read, and keeps them out of every total', async () => {
    imports += 1
    const root = join(workspace.outside, `export-${imports}`)
    await writeDelivery(root, {
      period: '2026-09',
      chunks: [
        [
          usage('7.25'),
          usage('not a number'),
          usage('1', { line_item_usage_start_date: 'someday' }),
          usage('1', { line_item_line_item_type: '' }),
        ],
      ],
      types: { line_item_unblended_cost: 'VARCHAR', line_item_usage_start_date: 'VARCHAR' },
    })
    const { imports: done } = mustSucceed(await workspace.bringIn(root))
    expect(done[0]).toMatchObject({ rows: 1, rejected: 3, billed: '7.250000000000' })
    expect(done[0]?.checks.find(({ name }) => name === 'rows')).toMatchObject({
      ok: false,
      detail: '3 rows of 4 could not be read and are in no total.',
    })
  })

  it('refuses a month in which no line could be read', async () => {
    imports += 1
    const root = join(workspace.outside, `export-${imports}`)
    await writeDelivery(root, {
      period: '2026-09',
      chunks: [[usage('nothing'), usage('nowhere')]],
      types: { line_item_unblended_cost: 'VARCHAR' },
    })
    expect(codeOf(await workspace.bringIn(root))).toBe('no-rows')
  })

  it('counts lines that belong to no billing month as rejected', async () => {
    const lost = usage(5, { bill_billing_period_start_date: null })
    const { period, check } = await bringIn([usage(1), lost, lost])
    expect(period).toMatchObject({ rows: 1, rejected: 2, billed: '1.000000000000' })
    expect(check('rows')).toMatchObject({ ok: false, detail: expect.stringContaining('2 rows of 3') })
  })

  it('keeps currencies apart', async () => {
    const { period, check } = await bringIn([
      usage(1),
      usage(2),
      usage(9, { line_item_currency_code: 'CNY' }),
    ])
    expect(period).toMatchObject({ currency: 'USD', billed: '3.000000000000', rows: 3 })
    expect(check('currency')).toMatchObject({ ok: false, detail: expect.stringContaining('USD, CNY') })
  })

  it('names the columns that figures will lack', async () => {
    const { check } = await bringIn([usage(1)])
    expect(check('columns')).toMatchObject({
      ok: false,
      detail: expect.stringContaining('pricing_public_on_demand_cost'),
    })
  })

  it('is itself recorded, and told again with the sources', async () => {
    const { period } = await bringIn([usage(1), line('FutureCharge', 4)])
    const [kept] = await workspace.rows(
      `SELECT count(*)::INTEGER AS n, count(*) FILTER (NOT ok)::INTEGER AS failed FROM import_checks
       WHERE import_id = (SELECT id FROM imports WHERE source = ?)`,
      [period.source],
    )
    expect(kept).toEqual({ n: period.checks.length, failed: period.checks.filter(({ ok }) => !ok).length })
  })
})
