import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { preferSource } from '../ingest/books'
import { removeSource } from '../ingest/sources'
import { type BillRow, usageOn } from '../testing/bill-rows'
import { mustSucceed, openTestStore, type TestStore } from '../testing/open-test-store'
import { writeParquet } from '../testing/parquet-file'
import { rollUp } from './roll-up'

let workspace: TestStore

beforeEach(async () => {
  workspace = await openTestStore()
})
afterEach(async () => {
  await workspace.close()
})

const march = { from: '2026-03-01', to: '2026-04-01' } as const
const never = new AbortController().signal

async function bringIn(name: string, rows: readonly BillRow[]) {
  await writeParquet(join(workspace.outside, name, 'bill.parquet'), rows)
  mustSucceed(await workspace.bringIn(join(workspace.outside, name)))
}

async function byResource() {
  const { rows, total, about } = await workspace.query({ measure: 'billed', by: ['resource'], ...march })
  return {
    rows: rows.map(([resource, amount]) => [resource, Number(amount)]),
    total: total.billed,
    table: about.table,
  }
}

const machine = (day: string, cost: number, id: string) => usageOn(day, cost, { line_item_resource_id: id })

describe('the roll-ups', () => {
  it('take over once they are of the state of the data, with the same figures', async () => {
    await bringIn('one', [
      machine('2026-03-01', 1, 'i-1'),
      machine('2026-03-31', 2, 'i-1'),
      machine('2026-03-31', 4, 'i-2'),
    ])
    const before = await byResource()
    expect(before).toMatchObject({ table: 'counted_charges', total: '7.000000000000' })
    await rollUp(workspace.store, never)
    expect(await byResource()).toEqual({ ...before, table: 'cost_months' })
  })

  it('are left aside while they are of an older state, and hold no replaced period', async () => {
    await bringIn('one', [machine('2026-03-01', 1, 'i-1')])
    await rollUp(workspace.store, never)
    await bringIn('one', [machine('2026-03-01', 5, 'i-1'), machine('2026-03-02', 2, 'i-3')])
    const restated = await byResource()
    expect(restated).toMatchObject({ table: 'counted_charges', total: '7.000000000000' })
    await rollUp(workspace.store, never)
    expect(await byResource()).toEqual({ ...restated, table: 'cost_months' })
    const [left] = await workspace.rows(
      'SELECT count(DISTINCT "x_ImportId") AS imports, count(*) AS items FROM cost_months',
    )
    expect(left).toEqual({ imports: '1', items: '2' })
  })

  it('hold what is counted, and nothing of a second book or a removed source', async () => {
    await bringIn('one', [machine('2026-03-01', 1, 'i-1')])
    await bringIn('two', [machine('2026-03-01', 3, 'i-2')])
    const [first] = await workspace.rows('SELECT source FROM imports WHERE NOT counted')
    await rollUp(workspace.store, never)
    const newest = await byResource()
    mustSucceed(await preferSource({ name: String(first?.source) }, workspace.work()))
    await rollUp(workspace.store, never)
    const preferred = await byResource()
    expect([newest.rows, preferred.rows]).toEqual([[['i-2', 3]], [['i-1', 1]]])
    expect(preferred.table).toBe('cost_months')
    mustSucceed(await removeSource({ name: String(first?.source) }, workspace.work()))
    await rollUp(workspace.store, never)
    expect(await byResource()).toEqual(newest)
  })

  it('that were interrupted are made up for', async () => {
    await bringIn('one', [machine('2026-02-01', 1, 'i-1'), machine('2026-03-01', 2, 'i-1')])
    await expect(rollUp(workspace.store, AbortSignal.abort())).rejects.toThrow()
    expect((await byResource()).table).toBe('counted_charges')
    await rollUp(workspace.store, never)
    expect(await byResource()).toMatchObject({ table: 'cost_months', total: '2.000000000000' })
  })
})
