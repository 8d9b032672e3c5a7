import { cp, link, mkdir, readdir, readFile, rename, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { usage } from '../testing/bill-rows'
import { writeDelivery } from '../testing/export-tree'
import { codeOf, filesBelow, mustSucceed, openTestStore, type TestStore } from '../testing/open-test-store'
import { writeParquet } from '../testing/parquet-file'
import { clearLeftovers } from './leftovers'
import { rebuildWarehouse } from './rebuild'

let workspace: TestStore
let root: string

beforeEach(async () => {
  workspace = await openTestStore()
  root = join(workspace.outside, 'acme')
})

afterEach(async () => {
  await workspace.close()
})

async function billedOf(path: string): Promise<readonly string[]> {
  return mustSucceed(await workspace.bringIn(path)).imports.map(({ billed }) => billed)
}

describe('a file that can be met twice', () => {
  it('through a link to its folder is counted once', async () => {
    await writeParquet(join(root, 'bill.parquet'), [usage(3)])
    await symlink(root, join(root, 'round'))
    await link(join(root, 'bill.parquet'), join(root, 'again.parquet'))
    expect(await billedOf(root)).toEqual(['3.000000000000'])
  })

  it('in its manifest is counted once', async () => {
    await writeDelivery(root, { period: '2026-09', chunks: [[usage(3)]] })
    const manifest = join(root, 'metadata', 'BILLING_PERIOD=2026-09', 'acme-Manifest.json')
    const told = JSON.parse(await readFile(manifest, 'utf8')) as { dataFiles: string[] }
    await writeFile(manifest, JSON.stringify({ dataFiles: [...told.dataFiles, ...told.dataFiles] }))
    expect(await billedOf(root)).toEqual(['3.000000000000'])
  })
})

describe('a link that leads nowhere', () => {
  it('beside a bill is passed over', async () => {
    await writeParquet(join(root, 'bill.parquet'), [usage(3)])
    await symlink(join(root, 'gone'), join(root, 'gone.csv'))
    await symlink(join(root, 'itself'), join(root, 'itself'))
    expect(await billedOf(root)).toEqual(['3.000000000000'])
    expect(codeOf(await workspace.bringIn(join(root, 'itself')))).toBe('path-not-found')
  })
})

it('an import that was cut off behind its commit is tidied up by the next one of the same files', async () => {
  await writeDelivery(root, { period: '2026-09', chunks: [[usage(3)]] })
  await billedOf(root)
  const period = join(workspace.home, 'sources', 'acme', '2026-09')
  const before = await filesBelow(period)
  await mkdir(join(period, 'former'))
  await cp(join(period, before[0] ?? ''), join(period, 'former', '00001-acme.parquet'))
  await mkdir(join(period, 'partial-1-2'))
  expect(mustSucceed(await workspace.bringIn(root)).imports[0]?.state).toBe('unchanged')
  expect(await filesBelow(period)).toEqual(before)
})

describe('what a process that was killed leaves', () => {
  let period: string
  let folder: string

  beforeEach(async () => {
    await writeDelivery(root, { period: '2026-09', chunks: [[usage(3)]] })
    await billedOf(root)
    period = join(workspace.home, 'sources', 'acme', '2026-09')
    folder = (await readdir(period))[0] ?? ''
  })

  it('beside an import is gone when the workspace is opened again', async () => {
    const before = await filesBelow(workspace.home)
    await writeFile(join(workspace.home, 'tmp', 'bill-1-2.parquet'), 'half')
    await mkdir(join(workspace.home, 'tmp', 'text-1-2'))
    await writeFile(join(workspace.home, 'tmp', 'text-1-2', 'a.csv'), 'half')
    await cp(join(period, folder), join(period, 'partial-1-2'), { recursive: true })
    await clearLeftovers(workspace.home)
    expect(await filesBelow(workspace.home)).toEqual(before)
    expect(await readdir(join(workspace.home, 'tmp'))).toEqual([])
  })

  it('while it exchanged a copy for the same one is put back', async () => {
    const before = await filesBelow(period)
    await rename(join(period, folder), join(period, 'partial-1-2-former'))
    await clearLeftovers(workspace.home)
    expect(await filesBelow(period)).toEqual(before)
  })

  it('half on its way in is no delivery to rebuild from', async () => {
    await rename(join(period, folder), join(period, 'partial-1-2'))
    const rebuilt = mustSucceed(await rebuildWarehouse({}, workspace.work()))
    expect(rebuilt.imports).toEqual([])
  })
})
