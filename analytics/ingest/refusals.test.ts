import { mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { usage, usageOn } from '../testing/bill-rows'
import { writeDelivery } from '../testing/export-tree'
import { codeOf, filesBelow, mustSucceed, openTestStore, type TestStore } from '../testing/open-test-store'
import { writeParquet } from '../testing/parquet-file'
import { readFailure } from './list-files'

let workspace: TestStore
let folder: string
let count = 0

beforeAll(async () => {
  workspace = await openTestStore()
  const good = join(workspace.outside, 'good')
  await writeDelivery(good, { period: '2026-09', chunks: [[usage(42)]] })
  mustSucceed(await workspace.bringIn(good))
})

afterAll(async () => {
  await workspace.close()
})

beforeEach(async () => {
  count += 1
  folder = join(workspace.outside, `case-${count}`)
  await mkdir(folder)
})

async function everything() {
  return {
    sources: await filesBelow(join(workspace.home, 'sources')),
    version: await workspace.rows('SELECT version FROM data_version'),
    imports: await workspace.rows('SELECT id, source, in_force FROM imports ORDER BY id'),
    charges: await workspace.rows('SELECT count(*) AS n, sum("BilledCost")::VARCHAR AS billed FROM charges'),
  }
}

let before: Awaited<ReturnType<typeof everything>>

beforeEach(async () => {
  before = await everything()
})

describe('what is no billing data', () => {
  afterEach(async () => {
    expect(await everything()).toEqual(before)
  })

  it('a path where nothing is', async () => {
    const result = await workspace.bringIn(join(folder, 'nowhere'))
    expect(codeOf(result)).toBe('path-not-found')
    expect(result).toMatchObject({ failure: { message: expect.stringContaining('nowhere') } })
  })

  it('a path below a file', async () => {
    await writeFile(join(folder, 'file'), '')
    expect(codeOf(await workspace.bringIn(join(folder, 'file', 'below')))).toBe('path-not-found')
  })

  it('an empty folder', async () => {
    const result = await workspace.bringIn(folder)
    expect(codeOf(result)).toBe('no-billing-data')
    expect(result).toMatchObject({ failure: { message: expect.stringContaining('The folder is empty.') } })
  })

  it('a folder of other files', async () => {
    await writeFile(join(folder, 'letter.txt'), 'hello')
    const result = await workspace.bringIn(folder)
    expect(codeOf(result)).toBe('no-billing-data')
    expect(result).toMatchObject({ failure: { message: expect.stringContaining('letter.txt') } })
  })

  it('a Parquet file that was cut off', async () => {
    const file = join(folder, 'cut.parquet')
    await writeParquet(file, [usage(1), usage(2)])
    await truncate(file, 700)
    const result = await workspace.bringIn(folder)
    expect(codeOf(result)).toBe('unreadable-file')
    expect(result).toMatchObject({ failure: { message: expect.stringContaining(file) } })
  })

  it.each([
    ['at its beginning', 0.01],
    ['in its middle', 0.4],
    ['towards its end', 0.6],
  ])('a Parquet file damaged %s', async (_where, share) => {
    const file = join(folder, 'damaged.parquet')
    const lines = Array.from({ length: 500 }, (_, at) =>
      usage(at / 7, { line_item_resource_id: `i-${at}`, line_item_line_item_description: `line ${at * 31}` }),
    )
    await writeParquet(file, lines)
    const bytes = await readFile(file)
    const start = Math.max(4, Math.floor(bytes.length * share))
    bytes.fill(0xff, start, start + Math.floor(bytes.length / 6))
    await writeFile(file, bytes)
    const result = await workspace.bringIn(folder)
    expect(codeOf(result)).toBe('unreadable-file')
    expect(result).toMatchObject({ failure: { message: expect.stringContaining(file) } })
  })

  it.each([
    ['text', 'a,b,c\n1,2,3\n'.repeat(100)],
    ['nothing', ''],
  ])('%s named .parquet', async (_what, text) => {
    await writeFile(join(folder, 'bill.parquet'), text)
    const result = await workspace.bringIn(folder)
    expect(codeOf(result)).toBe('unreadable-file')
    expect(result).toMatchObject({ failure: { hint: expect.stringContaining('unchanged') } })
  })

  it('a Parquet file of something else', async () => {
    await writeParquet(join(folder, 'weather.parquet'), [{ city: 'Oslo', degrees: 4 }])
    const result = await workspace.bringIn(folder)
    expect(codeOf(result)).toBe('not-a-billing-export')
  })

  it('an export without the columns a bill cannot be understood without', async () => {
    const { line_item_unblended_cost: _cost, ...rest } = usage(1)
    await writeParquet(join(folder, 'thin.parquet'), [rest])
    const result = await workspace.bringIn(folder)
    expect(codeOf(result)).toBe('not-a-billing-export')
    expect(result).toMatchObject({
      failure: { message: expect.stringContaining('line_item_unblended_cost') },
    })
  })

  it('lines that name no month at all', async () => {
    await writeParquet(join(folder, 'x.parquet'), [usage(1, { bill_billing_period_start_date: null })])
    expect(codeOf(await workspace.bringIn(folder))).toBe('no-rows')
  })

  it.each([
    ['no JSON', 'oops'],
    ['no manifest', '{"files": []}'],
    ['a list', '[]'],
  ])('a month whose manifest is %s', async (_what, text) => {
    const root = join(folder, 'x')
    await writeDelivery(root, { period: '2026-07', chunks: [[usageOn('2026-07-01', 1)]] })
    await writeFile(join(root, 'metadata', 'BILLING_PERIOD=2026-07', 'x-Manifest.json'), text)
    expect(codeOf(await workspace.bringIn(root))).toBe('manifest-unreadable')
  })

  it('a delivery whose two manifests name different files', async () => {
    const month = join(folder, 'x', '20260701-20260801')
    const keys = ['one', 'two'].map((name) => `prefix/x/20260701-20260801/run/${name}.snappy.parquet`)
    for (const name of ['one', 'two']) {
      await writeParquet(join(month, 'run', `${name}.snappy.parquet`), [usageOn('2026-07-01', 1)])
    }
    const told = (reportKeys: readonly string[]) => JSON.stringify({ assemblyId: 'run', reportKeys })
    await writeFile(join(month, 'x-Manifest.json'), told(keys.slice(1)))
    await writeFile(join(month, 'run', 'x-Manifest.json'), told(keys))
    const result = await workspace.bringIn(join(folder, 'x'))
    expect(codeOf(result)).toBe('manifests-differ')
    expect(result).toMatchObject({ failure: { message: expect.stringContaining(month) } })
  })

  it('one good path does not save a bad one', async () => {
    expect(codeOf(await workspace.bringIn(join(workspace.outside, 'good'), join(folder, 'nowhere')))).toBe(
      'path-not-found',
    )
  })
})

describe('a month with a file missing', () => {
  it('is refused with the name of the file, while other months go in', async () => {
    const root = join(folder, 'partly')
    const files = await writeDelivery(root, {
      period: '2026-07',
      chunks: [[usageOn('2026-07-01', 1)], [usageOn('2026-07-02', 1)]],
    })
    await writeDelivery(root, { period: '2026-06', chunks: [[usageOn('2026-06-01', 3)]] })
    await rm(files[1] ?? '')
    const report = mustSucceed(await workspace.bringIn(root))
    expect(report.imports.map(({ period, billed }) => [period, billed])).toEqual([
      ['2026-06', '3.000000000000'],
    ])
    const [refused] = report.warnings.filter(({ code }) => code === 'missing-files')
    expect(refused?.message).toContain('partly-00002.snappy.parquet')
    expect(refused?.file).toContain('BILLING_PERIOD=2026-07')
    // The missing file comes: now the month goes in.
    await writeParquet(files[1] ?? '', [usageOn('2026-07-02', 5)])
    const later = mustSucceed(await workspace.bringIn(root))
    expect(later.imports.map(({ period, billed, state }) => [period, billed, state])).toEqual([
      ['2026-06', '3.000000000000', 'unchanged'],
      ['2026-07', '6.000000000000', 'new'],
    ])
  })

  it('is the reason given when there is no other month', async () => {
    const root = join(folder, 'missing')
    const [file = ''] = await writeDelivery(root, { period: '2026-05', chunks: [[usageOn('2026-05-01', 1)]] })
    await rm(file)
    const result = await workspace.bringIn(root)
    expect(result.ok).toBe(false)
    expect(await everything()).toEqual(before)
  })

  it('does not touch the same month as it was before', async () => {
    const root = join(folder, 'again')
    await writeDelivery(root, { period: '2026-04', chunks: [[usageOn('2026-04-01', 8)]] })
    mustSucceed(await workspace.bringIn(root))
    const files = await writeDelivery(root, {
      period: '2026-04',
      chunks: [[usageOn('2026-04-01', 9)], [usageOn('2026-04-02', 9)]],
    })
    await rm(files[0] ?? '')
    expect(codeOf(await workspace.bringIn(root))).toBe('missing-files')
    const table = await workspace.query({ measure: 'billed', from: '2026-04-01', to: '2026-05-01' })
    expect(table.total.billed).toBe('8.000000000000')
  })

  it('leaves a good month in when the file of another cannot be read', async () => {
    const root = join(folder, 'half')
    await writeDelivery(root, { period: '2026-03', chunks: [[usageOn('2026-03-01', 1)]] })
    const [bad = ''] = await writeDelivery(root, { period: '2026-02', chunks: [[usageOn('2026-02-01', 1)]] })
    await writeFile(bad, 'not parquet')
    const report = mustSucceed(await workspace.bringIn(root))
    expect(report.imports.map(({ period }) => period)).toEqual(['2026-03'])
    expect(report.warnings.map(({ code, file }) => [code, file])).toContainEqual(['unreadable-file', bad])
    const staged = await filesBelow(join(workspace.home, 'sources', 'half'))
    expect(staged.filter((name) => name.startsWith('2026-02'))).toEqual([])
  })
})

describe('trouble with the disk', () => {
  const trouble = (code: string) => Object.assign(new Error(code), { code, path: '/bills/x.parquet' })

  it.each([
    ['EACCES', 'no-permission'],
    ['EPERM', 'no-permission'],
    ['ENOSPC', 'disk-full'],
    ['ENOENT', 'path-not-found'],
    ['ENOTDIR', 'path-not-found'],
  ])('%s is %s', (code, expected) => {
    expect(codeOf(readFailure('/bills', trouble(code)))).toBe(expected)
  })

  it('of a kind nobody expected is not explained away', () => {
    expect(() => readFailure('/bills', trouble('EIO'))).toThrow('EIO')
  })
})
