import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CostQuery, type CostTable, costQuerySchema } from '../contract/spend'
import { exactSum, usageOn } from '../testing/bill-rows'
import { codeOf, mustSucceed, openTestStore, type TestStore } from '../testing/open-test-store'
import { writeParquet } from '../testing/parquet-file'
import { runCostQuery } from './run-query'

const services = ['AmazonEC2', 'AmazonS3', 'AWSLambda', 'AmazonRDS']
const days = ['2026-06-03', '2026-06-30', '2026-07-01', '2026-08-15', '2026-09-07', '2026-09-13']

let workspace: TestStore

beforeAll(async () => {
  workspace = await openTestStore()
  const rows = days.flatMap((day, at) =>
    services.slice(0, 4 - (at % 3)).map((service, place) =>
      usageOn(day, `${(at + 1) * (place + 3)}.00000000${at}${place}`, {
        line_item_product_code: service,
        line_item_usage_account_id: at % 2 === 0 ? '111' : '222',
        pricing_unit: 'Hrs',
      }),
    ),
  )
  await writeParquet(join(workspace.outside, 'bill.parquet'), rows, { line_item_unblended_cost: 'VARCHAR' })
  mustSucceed(await workspace.bringIn(workspace.outside))
})

afterAll(async () => {
  await workspace.close()
})

const asked: CostQuery = {
  measure: 'effective',
  by: ['service'],
  grain: 'month',
  from: '2026-06-01',
  to: '2026-10-01',
}

/** The cells of a plain answer by group, point of time and measure. */
function cellsOf({ columns, rows }: CostTable, by: number): ReadonlyMap<string, unknown> {
  const measures = columns.slice(by + 1).map(({ name }) => name)
  return new Map(
    rows.flatMap((row) =>
      measures.map((measure, at) => [JSON.stringify([row.slice(0, by), row[by], measure]), row[by + 1 + at]]),
    ),
  )
}

describe('points of time as columns', () => {
  it.each([
    ['months', asked],
    ['weeks of several groups', { ...asked, grain: 'week', by: ['account', 'service'] }],
    ['days of nothing apart', { ...asked, grain: 'day', by: [], from: '2026-09-01' }],
    ['several measures', { ...asked, measure: ['billed', 'quantity', 'lines', 'unit-cost', 'savings-rate'] }],
    ['the biggest and the rest', { ...asked, top: { count: 2, of: 'groups' } }],
    [
      'a filter',
      { ...asked, grain: 'quarter', where: [{ dimension: 'account', operator: '=', value: '111' }] },
    ],
  ] as const)('has the digits that one row a point has: %s', async (_what, query) => {
    const plain = await workspace.query(query as CostQuery)
    const wide = await workspace.query({ ...(query as CostQuery), pivot: true })
    const by = query.by?.length ?? 0
    const measures = [query.measure].flat()
    const known = cellsOf(plain, by)
    const names = wide.columns.map(({ name }) => name)
    let compared = 0
    for (const row of wide.rows) {
      for (const { time } of wide.about.times) {
        for (const measure of measures) {
          const at = names.indexOf(measures.length > 1 ? `${time} ${measure}` : time)
          const expected = known.get(JSON.stringify([row.slice(0, by), time, measure])) ?? null
          expect(row[at]).toBe(expected)
          compared += expected === null ? 0 : 1
        }
      }
    }
    expect(compared).toBe([...known.values()].filter((value) => value !== null).length)
    expect(measures.map((measure) => wide.total[measure])).toEqual(
      measures.map((measure) => plain.total[measure]),
    )
  })

  it('adds up along rows and down columns', async () => {
    const { columns, rows, total } = await workspace.query({ ...asked, pivot: true, share: true })
    expect(columns.map(({ name }) => name)).toEqual([
      'service',
      '2026-06-01',
      '2026-07-01',
      '2026-08-01',
      '2026-09-01',
      'effective',
      'share',
    ])
    const text = (cell: unknown) => String(cell ?? '0')
    for (const row of rows) expect(exactSum(row.slice(1, 5).map(text))).toBe(row[5])
    for (const at of [1, 2, 3, 4, 5]) {
      expect(exactSum(rows.map((row) => text(row[at])))).toBe(total[columns[at]?.name ?? ''])
    }
  })

  it('is sorted by a point of time, and paged with the total of all', async () => {
    const sort = [{ column: '2026-09-01', direction: 'ascending' }] as const
    const all = await workspace.query({ ...asked, pivot: true, sort: [...sort] })
    const values = all.rows.map((row) => Number(row[4] ?? Number.POSITIVE_INFINITY))
    expect(values).toEqual(values.toSorted((left, right) => left - right))
    const page = await workspace.query({ ...asked, pivot: true, sort: [...sort], offset: 1, limit: 2 })
    expect(page.rows).toEqual(all.rows.slice(1, 3))
    expect([page.total, page.rowCount, page.truncated]).toEqual([all.total, all.rowCount, true])
  })

  it('refuses more columns than anybody walks along, and what it cannot be', async () => {
    const wide = await runCostQuery(
      { ...asked, pivot: true, grain: 'day', from: '2026-01-01' },
      workspace.work(),
    )
    expect(codeOf(wide)).toBe('too-many-columns')
    for (const more of [{ grain: undefined }, { grain: 'hour' }, { compare: 'year' }, { cumulative: true }]) {
      expect(costQuerySchema.safeParse({ ...asked, pivot: true, ...more }).success).toBe(false)
    }
  })
})
