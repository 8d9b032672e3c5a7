import { copyFile, mkdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { usage, usageOn } from '../testing/bill-rows'
import { writeDelivery } from '../testing/export-tree'
import { filesBelow, mustSucceed, openTestStore, type TestStore } from '../testing/open-test-store'
import { writeParquet, writeParquetOf } from '../testing/parquet-file'
import { listSources, removeSource } from './sources'

let workspace: TestStore
let root: string

beforeEach(async () => {
  workspace = await openTestStore()
  root = join(workspace.outside, 'acme-cur2')
})

afterEach(async () => {
  await workspace.close()
})

const wholeYear = { from: '2026-01-01', to: '2027-01-01' } as const

async function billed(): Promise<unknown> {
  return (await workspace.query({ measure: 'billed', ...wholeYear })).total.billed
}

/** The same figure from the lines themselves. */
async function billedByLine(): Promise<unknown> {
  return (await workspace.query({ measure: 'billed', by: ['operation'], ...wholeYear })).total.billed
}

async function dataVersion(): Promise<number> {
  return Number((await workspace.rows('SELECT version FROM data_version'))[0]?.version)
}

async function staged(): Promise<readonly string[]> {
  return (await filesBelow(join(workspace.home, 'sources'))).filter((name) => name.endsWith('.parquet'))
}

async function states(...paths: readonly string[]): Promise<readonly string[]> {
  const { imports } = mustSucceed(await workspace.bringIn(...paths))
  return imports.map(({ period, state }) => `${period} ${state}`)
}

/** Like a fresh download of the same file. */
async function touch(path: string): Promise<void> {
  await utimes(path, new Date(), new Date((await stat(path)).mtimeMs + 60_000))
}

describe('the same files again', () => {
  it('are told by name, size and time, and nothing is read', async () => {
    await writeDelivery(root, { period: '2026-08', chunks: [[usageOn('2026-08-02', 1)]] })
    await writeDelivery(root, { period: '2026-09', chunks: [[usage(2)], [usage(3)]] })
    expect(await states(root)).toEqual(['2026-08 new', '2026-09 new'])
    const before = { version: await dataVersion(), steps: workspace.progress.length, files: await staged() }
    expect(await states(root)).toEqual(['2026-08 unchanged', '2026-09 unchanged'])
    expect(await dataVersion()).toBe(before.version)
    expect(await staged()).toEqual(before.files)
    expect(workspace.progress.slice(before.steps).map(({ stage }) => stage)).toEqual(['Done'])
    expect(await billed()).toBe('6.000000000000')
  })

  it('touched, with the same bytes, change nothing', async () => {
    const [file = ''] = await writeDelivery(root, { period: '2026-09', chunks: [[usage(2)]] })
    await states(root)
    const before = { version: await dataVersion(), files: await staged() }
    await touch(file)
    expect(await states(root)).toEqual(['2026-09 unchanged'])
    expect(await dataVersion()).toBe(before.version)
    expect(await staged()).toEqual(before.files)
  })

  it('under other names, with the same bytes, change nothing', async () => {
    const folder = join(workspace.outside, 'loose')
    await writeParquet(join(folder, 'a.parquet'), [usage(2)])
    await states(folder)
    await rename(join(folder, 'a.parquet'), join(folder, 'b.parquet'))
    expect(await states(folder)).toEqual(['2026-09 unchanged'])
    expect(await billed()).toBe('2.000000000000')
  })

  it('in another month do change that month', async () => {
    await writeDelivery(root, { period: '2026-08', chunks: [[usageOn('2026-08-02', 1)]] })
    await states(root)
    await writeDelivery(root, { period: '2026-09', chunks: [[usage(2)]] })
    expect(await states(root)).toEqual(['2026-08 unchanged', '2026-09 new'])
    expect(await billed()).toBe('3.000000000000')
  })

  it('count as verified once their manifest has come', async () => {
    await writeDelivery(root, { period: '2026-09', chunks: [[usage(2)]], manifest: false })
    mustSucceed(await workspace.bringIn(root))
    const metadata = join(root, 'metadata', 'BILLING_PERIOD=2026-09')
    await mkdir(metadata, { recursive: true })
    await writeFile(
      join(metadata, 'acme-cur2-Manifest.json'),
      JSON.stringify({
        dataFiles: ['s3://b/acme-cur2/data/BILLING_PERIOD=2026-09/acme-cur2-00001.snappy.parquet'],
      }),
    )
    const { imports } = mustSucceed(await workspace.bringIn(root))
    expect(imports.map(({ state, verified }) => ({ state, verified }))).toEqual([
      { state: 'replaced', verified: true },
    ])
    expect(await billed()).toBe('2.000000000000')
  })
})

describe('a restated month', () => {
  it('replaces what was there, and keeps the former totals', async () => {
    await writeDelivery(root, { period: '2026-09', chunks: [[usage(10), usage(5)]] })
    await states(root)
    const former = await staged()
    await writeDelivery(root, { period: '2026-09', chunks: [[usage(10), usage(4.5)]] })
    expect(await states(root)).toEqual(['2026-09 replaced'])
    expect(await billed()).toBe('14.500000000000')
    expect(await billedByLine()).toBe('14.500000000000')
    const kept = await workspace.rows(
      'SELECT id, billed::VARCHAR AS billed, in_force, replaced_import FROM imports ORDER BY id',
    )
    expect(kept).toEqual([
      { id: 1, billed: '15.000000000000', in_force: false, replaced_import: null },
      { id: 2, billed: '14.500000000000', in_force: true, replaced_import: 1 },
    ])
    const totals = await workspace.rows(
      'SELECT import_id, sum(billed)::VARCHAR AS billed FROM delivery_totals GROUP BY 1 ORDER BY 1',
    )
    expect(totals.map(({ billed: amount }) => amount)).toEqual(['15.000000000000', '14.500000000000'])
    for (const table of ['charges', 'charge_lines', 'charge_amounts', 'daily_costs']) {
      const [left] = await workspace.rows(
        `SELECT count(*)::INTEGER AS n FROM ${table} WHERE "x_ImportId" = 1`,
      )
      expect(left).toEqual({ n: 0 })
    }
    // The copy that no figure stands on any more is gone.
    expect(await staged()).toHaveLength(1)
    expect(await staged()).not.toEqual(former)
  })

  it('takes no more room each time', async () => {
    const [first = ''] = await writeDelivery(root, { period: '2026-09', chunks: [[usage(1)]] })
    const sizes: number[] = []
    for (let delivery = 1; delivery <= 5; delivery += 1) {
      await writeParquetOf(
        first,
        `SELECT '111122223333' AS bill_payer_account_id, TIMESTAMP '2026-09-01' AS bill_billing_period_start_date,
           'Usage' AS line_item_line_item_type, TIMESTAMP '2026-09-01' + to_hours(i // 280) AS line_item_usage_start_date,
           '444455556666' AS line_item_usage_account_id, 'AmazonEC2' AS line_item_product_code, 'USD' AS line_item_currency_code,
           'i-' || i % 280 AS line_item_resource_id, MAP {'user_team': 'shop'} AS resource_tags,
           (i * 7919 * ${delivery} % 1000003) / 1e6 AS line_item_unblended_cost
         FROM range(200000) AS row(i)`,
      )
      mustSucceed(await workspace.bringIn(root))
      sizes.push((await stat(join(workspace.home, 'warehouse.duckdb'))).size)
    }
    const [once = 0, twice = 0, ...later] = sizes
    expect(twice).toBeGreaterThan(once)
    // Both deliveries are there until the new one is in force; then the room of the former is used again.
    expect(Math.max(...later)).toBeLessThan(1.2 * twice)
    expect(await workspace.rows('SELECT count(*)::INTEGER AS n FROM charge_lines')).toEqual([{ n: 280 }])
  })

  it('goes back to an earlier delivery when that is what is brought in', async () => {
    await writeDelivery(root, { period: '2026-09', chunks: [[usage(10)]] })
    const copy = join(workspace.outside, 'copy', 'acme-cur2')
    await writeDelivery(copy, { period: '2026-09', chunks: [[usage(9)]] })
    await states(root)
    expect(await states(copy)).toEqual(['2026-09 replaced'])
    expect(await states(root)).toEqual(['2026-09 replaced'])
    expect(await billed()).toBe('10.000000000000')
    expect(await staged()).toHaveLength(1)
  })

  it('counts only the newest of two "create new" deliveries', async () => {
    await writeDelivery(root, {
      period: '2026-09',
      chunks: [[usage(1)], [usage(1)]],
      run: '20260910T000000Z-a',
    })
    await writeDelivery(root, {
      period: '2026-09',
      chunks: [[usage(3)], [usage(4)]],
      run: '20260920T000000Z-b',
    })
    const { imports, warnings } = mustSucceed(await workspace.bringIn(root))
    expect(imports.map(({ period, verified }) => ({ period, verified }))).toEqual([
      { period: '2026-09', verified: true },
    ])
    expect(await billed()).toBe('7.000000000000')
    expect(warnings.filter(({ code }) => code === 'older-delivery')).toHaveLength(2)
    await writeDelivery(root, {
      period: '2026-09',
      chunks: [[usage(5)], [usage(6)]],
      run: '20260930T000000Z-c',
    })
    expect(await states(root)).toEqual(['2026-09 replaced'])
    expect(await billed()).toBe('11.000000000000')
  })

  it('of one source leaves the copies of others alone', async () => {
    const other = join(workspace.outside, 'other-cur2')
    const stray = join(workspace.home, 'sources', 'mine', 'notes', 'deep')
    await mkdir(stray, { recursive: true })
    await writeFile(join(stray, 'keep.txt'), 'keep')
    await writeDelivery(other, { period: '2026-09', chunks: [[usage(1, { bill_payer_account_id: '999' })]] })
    await states(other)
    await writeDelivery(root, { period: '2026-09', chunks: [[usage(2)]] })
    await states(root)
    await writeDelivery(root, { period: '2026-09', chunks: [[usage(3)]] })
    await states(root)
    const left = await filesBelow(join(workspace.home, 'sources'))
    expect(left).toContain(join('mine', 'notes', 'deep', 'keep.txt'))
    expect(left.filter((name) => name.startsWith('other-cur2') && name.endsWith('.parquet'))).toHaveLength(1)
    expect(left.filter((name) => name.startsWith('acme-cur2') && name.endsWith('.parquet'))).toHaveLength(1)
    expect(await billed()).toBe('4.000000000000')
  })
})

describe('a file that holds more than one period', () => {
  it('becomes two months', async () => {
    const folder = join(workspace.outside, 'loose')
    await writeParquet(join(folder, 'both.parquet'), [usageOn('2026-08-31', 1), usage(2), usage(3)])
    const { imports } = mustSucceed(await workspace.bringIn(folder))
    expect(imports.map(({ period, rows, billed: amount }) => [period, rows, amount])).toEqual([
      ['2026-08', 1, '1.000000000000'],
      ['2026-09', 2, '5.000000000000'],
    ])
    expect(await states(folder)).toEqual(['2026-09 unchanged', '2026-08 unchanged'])
  })

  it('becomes two payers', async () => {
    await writeDelivery(root, {
      period: '2026-09',
      chunks: [[usage(1), usage(2, { bill_payer_account_id: '999900001111' })]],
    })
    const { imports } = mustSucceed(await workspace.bringIn(root))
    expect(imports.map(({ payer, billed: amount }) => [payer, amount])).toEqual([
      ['111122223333', '1.000000000000'],
      ['999900001111', '2.000000000000'],
    ])
    expect(await billed()).toBe('3.000000000000')
    expect(await states(root)).toEqual(['2026-09 unchanged', '2026-09 unchanged'])
  })

  it('loses only the month that a later file restates', async () => {
    const folder = join(workspace.outside, 'loose')
    await writeParquet(join(folder, 'both.parquet'), [usageOn('2026-08-31', 1), usage(2)])
    await states(folder)
    await writeParquet(join(folder, 'both.parquet'), [usage(7)])
    expect(await states(folder)).toEqual(['2026-09 replaced'])
    expect(await billed()).toBe('8.000000000000')
    // The first file still carries August.
    expect(await staged()).toHaveLength(2)
  })
})

describe('sources', () => {
  it('are listed with their months, newest first', async () => {
    await writeDelivery(root, { period: '2026-08', chunks: [[usageOn('2026-08-02', 1)]] })
    await writeDelivery(root, { period: '2026-09', chunks: [[usage(2), usage(3)]] })
    await states(root)
    const { sources } = mustSucceed(await listSources({}, workspace.work()))
    expect(sources).toMatchObject([{ name: 'acme-cur2', kind: 'cur2', origin: root, rows: 3 }])
    expect(sources[0]?.periods.map(({ period, rows }) => [period, rows])).toEqual([
      ['2026-09', 2],
      ['2026-08', 1],
    ])
  })

  it('are removed from every figure, with the copies and not with the files of the user', async () => {
    const other = join(workspace.outside, 'other')
    await writeDelivery(root, { period: '2026-09', chunks: [[usage(2)]] })
    await writeDelivery(other, { period: '2026-08', chunks: [[usageOn('2026-08-02', 1)]] })
    await states(root, other)
    const version = await dataVersion()
    expect(mustSucceed(await removeSource({ name: 'acme-cur2' }, workspace.work()))).toEqual({
      name: 'acme-cur2',
      periods: 1,
    })
    expect(await billed()).toBe('1.000000000000')
    expect(await billedByLine()).toBe('1.000000000000')
    expect(await dataVersion()).toBe(version + 1)
    expect(workspace.dataVersions.at(-1)).toBe(version + 1)
    expect((await staged()).every((name) => name.startsWith('other'))).toBe(true)
    expect((await filesBelow(root)).filter((name) => name.endsWith('.parquet'))).toHaveLength(1)
    expect(await removeSource({ name: 'acme-cur2' }, workspace.work())).toMatchObject({
      failure: { code: 'no-such-source' },
    })
    expect(await states(root)).toEqual(['2026-09 new'])
  })
})

describe('files of different parts of an export', () => {
  it('may differ in their columns', async () => {
    await writeDelivery(root, {
      period: '2026-09',
      chunks: [
        [usage(1)],
        [usage(2, { line_item_net_unblended_cost: 1.5, resource_tags: { user_team: 'a' } })],
      ],
    })
    await states(root)
    expect(await billed()).toBe('2.500000000000')
  })

  it('are found from the export, its data folder, one month, or one file', async () => {
    const [file = ''] = await writeDelivery(root, { period: '2026-09', chunks: [[usage(2)]] })
    const paths = [root, join(root, 'data'), join(root, 'data', 'BILLING_PERIOD=2026-09'), file]
    for (const path of paths) {
      const { imports } = mustSucceed(await workspace.bringIn(path))
      expect(imports.map(({ source, verified }) => [source, verified])).toEqual([['acme-cur2', true]])
    }
    expect(await billed()).toBe('2.000000000000')
    const copied = join(workspace.outside, 'alone', 'september.snappy.parquet')
    await mkdir(join(workspace.outside, 'alone'))
    await copyFile(file, copied)
    await rm(root, { recursive: true })
    const { imports } = mustSucceed(await workspace.bringIn(copied))
    expect(imports.map(({ source, verified }) => [source, verified])).toEqual([['september', false]])
  })
})
