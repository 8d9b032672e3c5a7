import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Connection, InterruptedError } from '../store/connection'
import type { Store } from '../store/open-store'
import { usage, usageOn } from '../testing/bill-rows'
import { writeDelivery } from '../testing/export-tree'
import { filesBelow, mustSucceed, openTestStore, type TestStore } from '../testing/open-test-store'
import { runImport } from './run-import'

let workspace: TestStore
let root: string
let controller: AbortController

beforeEach(async () => {
  workspace = await openTestStore()
  root = join(workspace.outside, 'acme')
  controller = new AbortController()
  await writeDelivery(root, { period: '2026-08', chunks: [[usageOn('2026-08-05', 5)]] })
  mustSucceed(await workspace.bringIn(root))
})

afterEach(async () => {
  await workspace.close()
})

async function everything() {
  return {
    sources: await filesBelow(join(workspace.home, 'sources')),
    version: await workspace.rows('SELECT version FROM data_version'),
    imports: await workspace.rows('SELECT id, period, in_force FROM imports ORDER BY id'),
    charges: await workspace.rows(
      'SELECT "x_ImportId", "BilledCost"::VARCHAR AS billed FROM charges ORDER BY ALL',
    ),
    cube: await workspace.rows(
      'SELECT "x_ImportId", "BilledCost"::VARCHAR AS billed FROM daily_costs ORDER BY ALL',
    ),
    records: await workspace.rows(
      `SELECT (SELECT count(*) FROM import_files) AS files, (SELECT count(*) FROM import_checks) AS checks,
         (SELECT count(*) FROM delivery_totals) AS totals, (SELECT count(*) FROM account_names) AS names`,
    ),
  }
}

/** A store whose connections cancel the work right after a statement that begins so. */
function cancellingAfter(statement: string): Store {
  const { store } = workspace
  return {
    ...store,
    connect: async () => {
      const connection = await store.connect()
      const run = connection.run.bind(connection)
      const watched: Connection['run'] = async (sql, values, signal) => {
        const changed = await run(sql, values, signal)
        if (sql.startsWith(statement)) controller.abort()
        return changed
      }
      connection.run = watched
      return connection
    },
  }
}

describe('an import that is cancelled', () => {
  it('while files are copied leaves nothing of them', async () => {
    const before = await everything()
    await writeDelivery(root, { period: '2026-09', chunks: [[usage(1)], [usage(2)]] })
    const work = workspace.work({
      signal: controller.signal,
      progress: ({ stage }) => {
        if (stage.startsWith('Copying')) controller.abort()
      },
    })
    await expect(runImport({ paths: [root] }, work)).rejects.toThrow()
    expect(controller.signal.aborted).toBe(true)
    expect(await everything()).toEqual(before)
  })

  it.each(['INSERT INTO charge_lines', 'INSERT INTO charge_amounts', 'INSERT INTO daily_costs'])(
    'after %s leaves the former month in force and no leftovers',
    async (statement) => {
      const before = await everything()
      await writeDelivery(root, { period: '2026-08', chunks: [[usageOn('2026-08-05', 6)]] })
      const work = workspace.work({ store: cancellingAfter(statement), signal: controller.signal })
      await expect(runImport({ paths: [root] }, work)).rejects.toThrow(InterruptedError)
      expect(await everything()).toEqual(before)
      expect(workspace.dataVersions).toHaveLength(1)
    },
  )

  it('between two deliveries keeps the first whole, and the next import brings the second', async () => {
    const folder = join(workspace.outside, 'two')
    await writeDelivery(folder, { period: '2026-06', chunks: [[usageOn('2026-06-01', 1)]] })
    await writeDelivery(folder, { period: '2026-07', chunks: [[usageOn('2026-07-01', 2)]] })
    const work = workspace.work({ signal: controller.signal, dataChanged: () => controller.abort() })
    await expect(runImport({ paths: [folder] }, work)).rejects.toThrow()
    const query = { measure: 'billed', from: '2026-06-01', to: '2026-08-01' } as const
    expect((await workspace.query(query)).total.billed).toBe('1.000000000000')
    const { imports } = mustSucceed(await workspace.bringIn(folder))
    expect(imports.map(({ period, state }) => `${period} ${state}`)).toEqual([
      '2026-06 unchanged',
      '2026-07 new',
    ])
    expect((await workspace.query(query)).total.billed).toBe('3.000000000000')
  })

  it('before it began does nothing', async () => {
    const before = await everything()
    await writeDelivery(root, { period: '2026-09', chunks: [[usage(1)]] })
    controller.abort()
    await expect(
      runImport({ paths: [root] }, workspace.work({ signal: controller.signal })),
    ).rejects.toThrow()
    expect(await everything()).toEqual(before)
  })

  it('can be run again', async () => {
    await writeDelivery(root, { period: '2026-09', chunks: [[usage(1)]] })
    const work = workspace.work({
      store: cancellingAfter('INSERT INTO charge_amounts'),
      signal: controller.signal,
    })
    await expect(runImport({ paths: [root] }, work)).rejects.toThrow(InterruptedError)
    const { imports } = mustSucceed(await workspace.bringIn(root))
    expect(imports.map(({ period, state }) => `${period} ${state}`)).toEqual([
      '2026-08 unchanged',
      '2026-09 new',
    ])
  })
})

describe('a statement that runs long', () => {
  it('is interrupted, and its connection can be used again', async () => {
    const connection = await workspace.store.connect()
    try {
      const work = connection.rows(
        'SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE (a.range * b.range) % 7 = 3',
        [],
        controller.signal,
      )
      setTimeout(() => controller.abort(), 50)
      await expect(work).rejects.toThrow(InterruptedError)
      expect(await connection.rows('SELECT 1 AS one')).toEqual([{ one: 1 }])
    } finally {
      connection.closeSync()
    }
  })
})
