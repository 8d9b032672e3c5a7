import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Restatements } from '../contract/restatements'
import type { CostQuery } from '../contract/spend'
import type { Work } from '../engine/work'
import { readHoldings } from '../model/holdings'
import { runCostQuery } from '../model/run-query'
import { readRestatements } from '../reconcile/restatements'
import { openStore, type Store } from '../store/open-store'
import { usage, usageOn } from '../testing/bill-rows'
import { writeDelivery } from '../testing/export-tree'
import { filesBelow, mustSucceed, temporaryFolder, testSettings } from '../testing/open-test-store'
import { writeParquet } from '../testing/parquet-file'
import { rebuildWarehouse } from './rebuild'
import { runImport } from './run-import'
import { listSources, removeSource } from './sources'

let folder: string
let home: string
let store: Store

beforeEach(async () => {
  folder = await temporaryFolder()
  home = join(folder, 'workspace')
  store = mustSucceed(await openStore(home, testSettings))
})

afterEach(async () => {
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

const work = (): Work => ({
  store,
  signal: new AbortController().signal,
  progress: () => undefined,
  dataChanged: () => undefined,
  recovery: null,
})

const queries: readonly CostQuery[] = [
  { measure: 'billed', by: ['service', 'account'], grain: 'day', from: '2026-01-01', to: '2027-01-01' },
  { measure: 'effective', by: ['resource', 'tag:team'], from: '2026-01-01', to: '2027-01-01' },
]

/** All that a person sees, without the times of the imports. */
async function figures() {
  const tables = []
  for (const query of queries) {
    const { about: _about, ...table } = mustSucceed(await runCostQuery(query, work()))
    tables.push(table)
  }
  const { sources } = mustSucceed(await listSources({}, work()))
  const {
    lastImportAt: _at,
    dataVersion: _version,
    ...holdings
  } = mustSucceed(await readHoldings({}, work()))
  return {
    tables,
    holdings,
    sources: sources.map(({ lastImportAt: _last, periods, ...source }) => ({
      ...source,
      periods: periods.map(({ importedAt: _imported, state: _state, ...period }) => period),
    })),
  }
}

async function importAll(...paths: readonly string[]): Promise<void> {
  mustSucceed(await runImport({ paths: [...paths] }, work()))
}

async function rows(sql: string) {
  const connection = await store.connect()
  try {
    return await connection.rows(sql)
  } finally {
    connection.closeSync()
  }
}

/** A delivery has come when it was fetched, a moment before it was in. */
function withoutTimes(told: Restatements) {
  return told.months.map(({ deliveries, ...month }) => ({
    ...month,
    deliveries: deliveries.map(
      ({ importId: _id, firstSeen: _first, lastSeen: _last, ...delivery }) => delivery,
    ),
  }))
}

describe('a warehouse rebuilt from the workspace', () => {
  it('shows the same figures, also without the files of the user', async () => {
    const acme = join(folder, 'acme')
    const loose = join(folder, 'loose')
    await writeDelivery(acme, { period: '2026-08', chunks: [[usageOn('2026-08-31', 1.25)]], manifest: false })
    await writeDelivery(acme, {
      period: '2026-09',
      chunks: [[usage(0.1), usage(0.2)], [usage(4, { resource_tags: { user_team: 'a' } })]],
    })
    await writeParquet(join(loose, 'two.parquet'), [
      usageOn('2026-06-01', 1, { line_item_resource_id: 'i-1' }),
      usageOn('2026-07-01', 2, { line_item_resource_id: 'i-2' }),
    ])
    await importAll(acme, loose)
    // The manifest of August comes later, and one of the months in the loose file is restated.
    await writeDelivery(acme, { period: '2026-08', chunks: [[usageOn('2026-08-31', 1.25)]] })
    await writeParquet(join(loose, 'two.parquet'), [
      usageOn('2026-07-01', 2.5, { line_item_resource_id: 'i-2' }),
    ])
    await importAll(acme, loose)
    const before = await figures()
    expect(before.tables[0]?.total.billed).toBe('9.050000000000')

    await store.close()
    await rm(join(home, 'warehouse.duckdb'))
    await rm(acme, { recursive: true })
    await rm(loose, { recursive: true })
    store = mustSucceed(await openStore(home, testSettings))
    const empty = mustSucceed(await readHoldings({}, work()))
    expect(empty).toMatchObject({ rows: 0, firstDay: null })
    mustSucceed(await rebuildWarehouse({}, work()))
    expect(await figures()).toEqual(before)
  })

  it('still knows what was restated, and how each delivery came to its invoice', async () => {
    const acme = join(folder, 'acme')
    for (const cost of [1, 4, 2.5]) {
      await writeDelivery(acme, { period: '2026-09', chunks: [[usage(cost)]] })
      await importAll(acme)
    }
    const told = async () => mustSucceed(await readRestatements({}, work()))
    const parts = async () =>
      await rows('SELECT * EXCLUDE (import_id) FROM bridge_totals ORDER BY import_id, unblended')
    const before = await told()
    const bridgeBefore = await parts()
    expect(before.months[0]?.deliveries.map(({ totals }) => totals[0]?.billed)).toEqual([
      '2.500000000000',
      '4.000000000000',
      '1.000000000000',
    ])

    await store.close()
    await rm(join(home, 'warehouse.duckdb'))
    store = mustSucceed(await openStore(home, testSettings))
    mustSucceed(await rebuildWarehouse({}, work()))
    mustSucceed(await rebuildWarehouse({}, work()))
    expect(withoutTimes(await told())).toEqual(withoutTimes(before))
    expect(await parts()).toEqual(bridgeBefore)

    mustSucceed(await removeSource({ name: 'acme' }, work()))
    expect(await filesBelow(join(home, 'history'))).toEqual([])
  })

  it('stays as it is when nothing was lost', async () => {
    const acme = join(folder, 'acme')
    await writeDelivery(acme, { period: '2026-09', chunks: [[usage(3)]] })
    await importAll(acme)
    const before = mustSucceed(await readHoldings({}, work()))
    const { imports, warnings } = mustSucceed(await rebuildWarehouse({}, work()))
    expect(imports.map(({ state }) => state)).toEqual(['unchanged'])
    expect(warnings).toEqual([])
    expect(mustSucceed(await readHoldings({}, work()))).toEqual(before)
  })

  it('is empty when there was nothing', async () => {
    expect(mustSucceed(await rebuildWarehouse({}, work()))).toEqual({ imports: [], warnings: [] })
  })
})
