import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Movers, moversSchema } from '../contract/overview'
import { type BillRow, exactSum, usageOn } from '../testing/bill-rows'
import { codeOf, mustSucceed, openTestStore, type TestStore } from '../testing/open-test-store'
import { writeParquet } from '../testing/parquet-file'
import { cellDimensions, compileMovers, shownMovers } from './compile-movers'
import { charges, costDays } from './cost-tables'
import { dataFacts } from './data-facts'
import { readMovers } from './movers'
import { questionOf } from './question'
import { rollUp } from './roll-up'

const used = (day: string, type: string, amount: number, cost: number | string, more: BillRow = {}) =>
  usageOn(day, cost, {
    line_item_usage_type: type,
    line_item_usage_amount: amount,
    pricing_unit: 'Hrs',
    ...more,
  })

/** Two months of which the second has ten days. */
const rows: readonly BillRow[] = [
  // Ten hours at 2 become twelve at 3: 4 for two more hours at 2, and 12 for a dollar on each of twelve.
  used('2026-08-02', 'm5', 10, 20),
  used('2026-09-02', 'm5', 12, 36),
  // Thirds do not end: what one part is rounded by, the other has.
  used('2026-08-03', 'c5', 3, '1.0000000001'),
  used('2026-09-03', 'c5', 7, '5.0000000007'),
  // One is gone, one is new.
  used('2026-08-04', 'm4', 5, 7),
  used('2026-09-04', 'm6', 4, 9),
  // After the days that are compared.
  used('2026-08-25', 'm5', 100, 1_000),
  usageOn('2026-08-01', 50, { line_item_line_item_type: 'Tax', line_item_usage_type: 'Tax' }),
  usageOn('2026-09-01', 40, { line_item_line_item_type: 'Tax', line_item_usage_type: 'Tax' }),
  used('2026-09-10', 'requests', 8, 3, {
    line_item_product_code: 'AmazonS3',
    line_item_usage_account_id: '777',
    line_item_usage_account_name: 'Data',
  }),
]

let workspace: TestStore
let moved: Movers

beforeAll(async () => {
  workspace = await openTestStore()
  await writeParquet(join(workspace.outside, 'bill.parquet'), rows, { line_item_unblended_cost: 'VARCHAR' })
  mustSucceed(await workspace.bringIn(workspace.outside))
  moved = mustSucceed(await readMovers({ measure: 'effective' }, workspace.work()))
})

afterAll(async () => {
  await workspace.close()
})

const parts = ({ split }: Movers['total']) => Object.values(split)

describe('what moved', () => {
  it('is what the contract allows', () => {
    expect(moversSchema.safeParse(moved).error).toBeUndefined()
    expect(moved).toMatchObject({ currency: 'USD', from: '2026-09-01', to: '2026-09-11' })
  })

  it('divides a change into price, usage, mix and what has no usage', () => {
    const [ec2] = moved.services
    expect(ec2).toMatchObject({ value: 'Amazon EC2', lead: { usageType: 'm5', change: '16.000000000000' } })
    expect(ec2?.split).toEqual({
      // 12 of m5, and of c5 what seven hours cost beyond seven thirds of the former cost.
      price: '14.666666667133',
      usage: '5.333333333467',
      mix: '2.000000000000',
      fees: '-10.000000000000',
    })
  })

  it('has parts that add up to the change, and movers that add up to the total', () => {
    const all = [moved.total, ...moved.services, ...moved.accounts]
    for (const one of all) {
      expect(exactSum(parts(one))).toBe(one.change)
      expect(exactSum([one.previous, one.change])).toBe(one.current)
    }
    for (const list of [moved.services, moved.accounts]) {
      expect(exactSum(list.map(({ change }) => change))).toBe(moved.total.change)
      for (const part of ['price', 'usage', 'mix', 'fees'] as const) {
        expect(exactSum(list.map(({ split }) => split[part]))).toBe(moved.total.split[part])
      }
    }
  })

  it('counts what a question about the same days counts', async () => {
    const { total } = await workspace.query({
      measure: 'effective',
      period: 'month-to-date',
      compare: 'previous',
    })
    expect(total).toMatchObject({
      effective: moved.total.current,
      previous: moved.total.previous,
      change: moved.total.change,
    })
  })

  it('calls accounts by their names, and what is new by its usage type', () => {
    expect(moved.accounts.map(({ value, label }) => [value, label])).toEqual([
      ['444455556666', 'Shop'],
      ['777', 'Data'],
    ])
    expect(moved.accounts[1]?.split).toMatchObject({ mix: '3.000000000000', usage: '0.000000000000' })
    expect(moved.accounts[1]?.lead?.usageType).toBe('requests')
  })

  it('gives the same digits from line items and from the roll-up', async () => {
    await rollUp(workspace.store, workspace.work().signal)
    expect(mustSucceed(await readMovers({ measure: 'effective' }, workspace.work()))).toEqual(moved)
  })

  it('is a statement that DuckDB plans, whichever table it reads', async () => {
    const connection = await workspace.store.connect()
    const facts = await dataFacts(workspace.store, connection, new AbortController().signal)
    const asked = questionOf(
      {
        measure: ['billed', 'quantity'],
        by: [...cellDimensions],
        period: 'month-to-date',
        compare: 'previous',
        where: [{ dimension: 'currency', operator: '=', value: `U"S'D` }],
      },
      facts,
      1,
    )
    for (const table of [charges, costDays]) {
      const { sql, values } = compileMovers(mustSucceed(asked), table)
      expect((await connection.rows(`EXPLAIN ${sql}`, values)).length).toBeGreaterThan(0)
    }
    connection.closeSync()
  })

  it('shows the largest and says when there is nothing of a currency', async () => {
    expect(moved.services.length).toBeLessThanOrEqual(shownMovers)
    const none = await readMovers({ measure: 'billed', currency: 'CNY' }, workspace.work())
    expect(codeOf(none)).toBe('no-such-currency')
  })
})
