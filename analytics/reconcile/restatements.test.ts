import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DeliveredMonth } from '../contract/restatements'
import { usage } from '../testing/bill-rows'
import { writeDelivery } from '../testing/export-tree'
import { mustSucceed, openTestStore, type TestStore } from '../testing/open-test-store'
import { deliveriesSql, deliveryTotalsSql, readRestatements, restatedLinesSql } from './restatements'

let workspace: TestStore
let root: string

beforeAll(async () => {
  workspace = await openTestStore()
  root = join(workspace.outside, 'acme')
})
afterAll(async () => {
  await workspace.close()
})

async function deliver(rows: Parameters<typeof writeDelivery>[1]['chunks'][number]): Promise<void> {
  await writeDelivery(root, { period: '2026-09', chunks: [rows] })
  mustSucceed(await workspace.bringIn(root))
}

async function month(most?: number): Promise<DeliveredMonth | undefined> {
  const request = most === undefined ? {} : { most }
  return mustSucceed(await readRestatements(request, workspace.work())).months[0]
}

describe('a month that comes again', () => {
  it('is told by account, service and line type, from the first delivery to the last', async () => {
    const database = { line_item_product_code: 'AmazonRDS' }
    // Not invoiced yet: what follows is the month going on.
    await deliver([usage(10, { bill_invoice_id: null }), usage(4, database)])
    expect(await month()).toBeUndefined()
    await deliver([usage(12), usage(4, database)])
    expect(await month()).toMatchObject({ restated: false, deliveries: [{ afterClose: false }, {}] })
    // Final since the last one: what follows is a restatement.
    const credit = { line_item_line_item_type: 'Credit' }
    await deliver([usage('12.5'), usage(-3, credit)])
    const found = await month()
    expect(found).toMatchObject({ source: 'acme', period: '2026-09', restated: true })
    const [newest, , oldest] = found?.deliveries ?? []
    expect(newest).toMatchObject({ afterClose: true, inForce: true, lastSeen: null, changeCount: 3 })
    expect(newest?.totals).toEqual([
      {
        currency: 'USD',
        billed: '9.500000000000',
        effective: '9.500000000000',
        billedChange: '-6.500000000000',
        effectiveChange: '-6.500000000000',
      },
    ])
    expect(
      newest?.changes.map(({ kind, accountName, service, lineType, billedBefore, billedChange }) => [
        kind,
        accountName,
        service,
        lineType,
        Number(billedBefore),
        Number(billedChange),
      ]),
    ).toEqual([
      ['gone', 'Shop', 'Amazon RDS', 'Usage', 4, -4],
      ['new', 'Shop', 'Amazon EC2', 'Credit', 0, -3],
      ['changed', 'Shop', 'Amazon EC2', 'Usage', 12, 0.5],
    ])
    expect(oldest).toMatchObject({ replaced: false, inForce: false, changes: [], changeCount: 0 })
    expect(oldest?.lastSeen).toBe(found?.deliveries[1]?.firstSeen)
    expect((await month(1))?.deliveries[0]).toMatchObject({ changeCount: 3, changes: [{ kind: 'gone' }] })
  })

  it('under other names but with the same amounts changes nothing', async () => {
    const before = (await month())?.deliveries.length ?? 0
    await deliver([
      usage('12.5', { line_item_resource_id: 'i-1' }),
      usage(-3, { line_item_line_item_type: 'Credit' }),
    ])
    const found = await month()
    expect(found?.deliveries).toHaveLength(before + 1)
    expect(found?.deliveries[0]).toMatchObject({ changeCount: 0, changes: [] })
  })

  it('compares each currency with itself', async () => {
    await deliver([usage('12.5'), usage(8, { line_item_currency_code: 'EUR' })])
    const [newest] = (await month())?.deliveries ?? []
    expect(newest?.totals.map(({ currency, billedChange }) => [currency, Number(billedChange)])).toEqual([
      ['EUR', 8],
      ['USD', 3],
    ])
  })

  it('is asked of one source and one month', async () => {
    const ask = async (request: object) =>
      mustSucceed(await readRestatements(request, workspace.work())).months.length
    expect(await ask({ source: 'acme', period: '2026-09' })).toBe(1)
    expect(await ask({ source: 'other' })).toBe(0)
    expect(await ask({ period: '2026-08' })).toBe(0)
  })
})

describe('the queries of restatements', () => {
  it.each([
    ['deliveries', deliveriesSql, [null, null, null, null]],
    ['totals', deliveryTotalsSql, ['[1, 2]']],
    ['changes', restatedLinesSql, ['[1, 2]', 10]],
  ] as const)('%s can be run', async (_, sql, values) => {
    expect((await workspace.rows(`EXPLAIN ${sql}`, values)).length).toBeGreaterThan(0)
  })
})
