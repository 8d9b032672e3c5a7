import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { usage } from '../testing/bill-rows'
import { writeDelivery } from '../testing/export-tree'
import { mustSucceed, openTestStore, type TestStore } from '../testing/open-test-store'
import { runImport } from './run-import'
import { nameExport } from './source-name'

describe('the name of an export', () => {
  const root = join('/home', 'downloads', 'billing')
  const copyOf = { source: 'billing', origin: 's3://my-bucket/' }

  it('is its own on this machine, and has its source and key in S3', () => {
    expect(nameExport('/exports', '/exports/cur', 'cur', undefined)).toEqual({
      source: 'cur',
      origin: '/exports/cur',
    })
    expect(nameExport(root, join(root, 'finops', 'cur'), 'cur', copyOf)).toEqual({
      source: 'billing/finops/cur',
      origin: 's3://my-bucket/finops/cur',
    })
    expect(nameExport(root, root, 'billing', copyOf)).toEqual({
      source: 'billing',
      origin: 's3://my-bucket/',
    })
    expect(nameExport('/in/files/cur', '/in/files/cur', 'cur', { origin: 'Dropped: ' })).toEqual({
      source: 'cur',
      origin: 'Dropped: cur',
    })
  })

  it('stays short enough to be asked for, and different where keys differ late', () => {
    const names = ['a', 'b'].map(
      (end) => nameExport(root, join(root, 'x'.repeat(300), end), end, copyOf).source,
    )
    expect(names.map((name) => name.length)).toEqual([200, 200])
    expect(new Set(names).size).toBe(2)
  })
})

describe('exports of one name', () => {
  let workspace: TestStore
  beforeEach(async () => {
    workspace = await openTestStore()
  })
  afterEach(() => workspace.close())

  it('in two S3 sources do not replace each other, and each is unchanged when synced again', async () => {
    const bring = async (source: string, cost: number) => {
      const folder = join(workspace.outside, source)
      await writeDelivery(join(folder, 'finops', 'cur'), { period: '2026-09', chunks: [[usage(cost)]] })
      const copyOf = { source, origin: `s3://${source}-bucket/` }
      return async () => {
        const report = mustSucceed(await runImport({ paths: [folder], copyOf }, workspace.work()))
        return report.imports.map((one) => `${one.source} ${one.state} ${one.billed}`)
      }
    }
    const [one, other] = [await bring('payer-one', 1), await bring('payer-two', 2)]
    expect(await one()).toEqual(['payer-one/finops/cur new 1.000000000000'])
    expect(await other()).toEqual(['payer-two/finops/cur new 2.000000000000'])
    expect(await one()).toEqual(['payer-one/finops/cur unchanged 1.000000000000'])
    expect(await other()).toEqual(['payer-two/finops/cur unchanged 2.000000000000'])
  })
})
