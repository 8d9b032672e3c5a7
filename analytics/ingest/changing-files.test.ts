import { appendFileSync, rmSync } from 'node:fs'
import { chmod, mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { usage, usageOn } from '../testing/bill-rows'
import { writeDelivery } from '../testing/export-tree'
import { codeOf, filesBelow, mustSucceed, openTestStore, type TestStore } from '../testing/open-test-store'
import { writeParquet } from '../testing/parquet-file'
import { runImport } from './run-import'

let workspace: TestStore
let root: string
let files: readonly string[]
let before: unknown

beforeEach(async () => {
  workspace = await openTestStore()
  root = join(workspace.outside, 'acme')
  await writeDelivery(root, { period: '2026-09', chunks: [[usage(42)]] })
  mustSucceed(await workspace.bringIn(root))
  before = await everything()
  files = await writeDelivery(root, { period: '2026-09', chunks: [[usage(1)], [usage(2)]] })
})

afterEach(async () => {
  await workspace.close()
})

async function everything() {
  return {
    sources: await filesBelow(join(workspace.home, 'sources')),
    charges: await workspace.rows('SELECT count(*) AS n, sum("BilledCost")::VARCHAR AS billed FROM charges'),
    imports: await workspace.rows('SELECT id, in_force FROM imports ORDER BY id'),
  }
}

/** Imports, and does something when the copying begins. */
async function bringInWhile(path: string, happens: () => void) {
  let done = false
  const progress = () => {
    if (!done) happens()
    done = true
  }
  return await runImport({ paths: [path] }, workspace.work({ progress }))
}

describe('a delivery that changes while it is copied', () => {
  it('by losing a file is refused with its name', async () => {
    const result = await bringInWhile(root, () => rmSync(files[1] ?? ''))
    expect(codeOf(result)).toBe('path-not-found')
    expect(result).toMatchObject({ failure: { message: expect.stringContaining(files[1] ?? '') } })
    expect(await everything()).toEqual(before)
  })

  it('by a file that grows is refused with its name, and goes in when it is complete', async () => {
    const result = await bringInWhile(root, () => appendFileSync(files[0] ?? '', 'more'))
    expect(codeOf(result)).toBe('file-changed')
    expect(result).toMatchObject({ failure: { message: expect.stringContaining(files[0] ?? '') } })
    expect(await everything()).toEqual(before)
    await writeParquet(files[0] ?? '', [usage(1)])
    expect(mustSucceed(await workspace.bringIn(root)).imports[0]?.billed).toBe('3.000000000000')
  })

  it('leaves the other months alone', async () => {
    await writeDelivery(root, { period: '2026-10', chunks: [[usageOn('2026-10-01', 5)]] })
    const { imports, warnings } = mustSucceed(
      await bringInWhile(root, () => appendFileSync(files[0] ?? '', 'more')),
    )
    expect(imports.map(({ period, state }) => [period, state])).toEqual([['2026-10', 'new']])
    expect(warnings.map(({ code }) => code)).toContain('file-changed')
  })
})

it('a folder that may not be read is named', async () => {
  const closed = join(root, 'data', 'BILLING_PERIOD=2026-10')
  await mkdir(closed)
  await chmod(closed, 0)
  await chmod(workspace.outside, 0o755)
  // The superuser may read everything: what it runs for is asked as nobody.
  const superuser = process.geteuid?.() === 0
  const parent = join(workspace.outside, '..')
  await chmod(parent, 0o755)
  if (superuser) process.seteuid?.(65_534)
  const result = await workspace.bringIn(root).finally(() => {
    if (superuser) process.seteuid?.(0)
  })
  expect(codeOf(result)).toBe('no-permission')
  expect(result).toMatchObject({ failure: { message: expect.stringContaining(closed) } })
  expect(await everything()).toEqual(before)
  await chmod(closed, 0o700)
})

describe('a bill under the name of a note', () => {
  const csv =
    'bill_payer_account_id,bill_billing_period_start_date,line_item_usage_account_id,line_item_line_item_type,line_item_usage_start_date,line_item_product_code,line_item_unblended_cost,line_item_currency_code\n' +
    '000011112222,2026-07-01T00:00:00Z,000011112222,Usage,2026-07-05T00:00:00Z,AmazonEC2,7,USD\n'

  it('is taken for what is in it, and a note is passed over without a word', async () => {
    const folder = join(workspace.outside, 'notes')
    await mkdir(folder)
    await writeFile(join(folder, 'july.txt'), csv)
    await writeFile(join(folder, 'README.txt'), 'Bills of July, fetched by hand.\n')
    const { imports, warnings } = mustSucceed(await workspace.bringIn(folder))
    expect(imports[0]).toMatchObject({ rows: 1, billed: '7.000000000000', verified: false })
    expect(warnings.filter(({ file }) => file?.includes('README'))).toEqual([])
  })

  it('is not what its manifest names', async () => {
    await rename(files[0] ?? '', `${files[0]}.txt`)
    expect(codeOf(await workspace.bringIn(root))).toBe('missing-files')
    expect(await everything()).toEqual(before)
  })
})

it('2 GB in one line are refused without being held', async () => {
  const zeros = gzipSync(Buffer.alloc(16 * 1024 * 1024))
  const head = gzipSync(
    'bill_payer_account_id,bill_billing_period_start_date,line_item_usage_account_id,line_item_line_item_type,line_item_usage_start_date,line_item_product_code,line_item_unblended_cost,line_item_currency_code\n',
  )
  const path = join(workspace.outside, 'long.csv.gz')
  await writeFile(path, Buffer.concat([head, ...Array.from({ length: 128 }, () => zeros)]))
  const held = process.memoryUsage().rss
  const result = await workspace.bringIn(path)
  expect(codeOf(result)).toBe('unreadable-file')
  expect(result).toMatchObject({ failure: { message: expect.stringContaining('a line longer than 4 MB') } })
  expect(process.memoryUsage().rss - held).toBeLessThan(256 * 1024 * 1024)
  expect(await everything()).toEqual(before)
})
