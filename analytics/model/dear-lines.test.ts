import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LinesRequest } from '../contract/line-items'
import type { Filter } from '../contract/spend'
import { type BillRow, usageOn } from '../testing/bill-rows'
import { mustSucceed, openTestStore, type TestStore } from '../testing/open-test-store'
import { writeParquet } from '../testing/parquet-file'
import { explainQuery } from './explain'
import { readLines } from './line-items'
import { rollUp } from './roll-up'

let workspace: TestStore
/** Each request, and its first pages as all line items give them. */
let known: readonly (readonly [LinesRequest, readonly unknown[]])[]

const pick = <T>(values: readonly T[], at: number): T => values[at % values.length] as T

/** Lines of few services, many of one price, some of them in the same hour, and credits. */
function billRows(): readonly BillRow[] {
  return fc
    .sample(fc.array(fc.nat(100_000), { minLength: 4, maxLength: 4 }), { numRuns: 600, seed: 7 })
    .map(([day = 0, service = 0, cost = 0, more = 0]) => {
      const amount = more % 3 === 0 ? String(pick([80, 40, 0], cost)) : `${cost % 100}.${cost % 1_000}`
      const date = new Date(Date.UTC(2026, 1, 1 + (day % 59))).toISOString().slice(0, 10)
      return usageOn(date, more % 17 === 0 ? `-${amount}` : amount, {
        line_item_product_code: pick(['AmazonEC2', 'AmazonS3', 'AmazonRDS'], service),
        product_region_code: pick(['eu-west-1', null], service >> 2),
        line_item_resource_id: pick([null, 'i-1', 'i-2', 'i-3'], more),
        pricing_public_on_demand_cost: String(cost % 150),
        line_item_usage_start_date: `${date} ${String(more % 8).padStart(2, '0')}:00:00`,
      })
    })
}

const filter = (dimension: string, value: string): readonly Filter[] => [{ dimension, operator: '=', value }]

const requests: readonly LinesRequest[] = (['effective', 'list'] as const).flatMap((column) =>
  (['descending', 'ascending'] as const).flatMap((direction) =>
    [[], filter('service', 'Amazon EC2'), filter('resource', 'i-2'), filter('region', 'eu-west-1')].map(
      (where, at) => ({
        columns: ['start', 'service', 'resource', column],
        sort: { column, direction },
        limit: 5 + at * 4,
        where: [...where],
        ...pick([{ period: 'everything' }, { from: '2026-02-10', to: '2026-03-05' }] as const, at),
      }),
    ),
  ),
)

async function firstPages(request: LinesRequest): Promise<readonly unknown[]> {
  const pages: unknown[] = []
  let after: string | undefined
  while (pages.length < 3) {
    const { rows, next } = mustSucceed(
      await readLines({ ...request, ...(after && { after }) }, workspace.work()),
    )
    pages.push(rows)
    if (next === null) break
    after = next
  }
  return pages
}

async function readsDear(request: LinesRequest): Promise<boolean> {
  const { statements } = mustSucceed(await explainQuery(request, workspace.work()))
  return statements.some((sql) => sql.includes('dear_charges'))
}

beforeAll(async () => {
  workspace = await openTestStore()
  await writeParquet(join(workspace.outside, 'bill.parquet'), billRows(), {
    line_item_unblended_cost: 'VARCHAR',
    pricing_public_on_demand_cost: 'VARCHAR',
  })
  mustSucceed(await workspace.bringIn(workspace.outside))
  const found: (readonly [LinesRequest, readonly unknown[]])[] = []
  for (const request of requests) found.push([request, await firstPages(request)])
  known = found
  await rollUp(workspace.store, new AbortController().signal)
})

afterAll(async () => {
  await workspace.close()
})

describe('pages of the dearest lines', () => {
  it('are those of all lines where every line is dear', async () => {
    for (const [request, pages] of known) {
      expect(await firstPages(request), JSON.stringify(request)).toEqual(pages)
    }
    const dear = await Promise.all(requests.map(readsDear))
    expect(dear).toContain(true)
  })

  it('are those of all lines where few are dear, and where pages go on behind them', async () => {
    await workspace.rows('UPDATE dear_cuts SET cut = 62')
    await workspace.rows(`DELETE FROM dear_amounts WHERE NOT (greatest("BilledCost", "EffectiveCost", "ListCost",
      "ContractedCost", "x_UnblendedCost", "x_NetUnblendedCost", "x_AmortizedCost") > 62 OR least("BilledCost",
      "EffectiveCost", "ListCost", "ContractedCost", "x_UnblendedCost", "x_NetUnblendedCost", "x_AmortizedCost") < -62)`)
    for (const [request, pages] of known) {
      expect(await firstPages(request), JSON.stringify(request)).toEqual(pages)
    }
    const dear = await Promise.all(requests.map(readsDear))
    expect(new Set(dear)).toEqual(new Set([true, false]))
  })
})
