import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inventorySchema, resourceDetailSchema } from '../contract/inventory'
import { rebuildWarehouse } from '../ingest/rebuild'
import { usageOn } from '../testing/bill-rows'
import { codeOf, mustSucceed, openTestStore, type TestStore } from '../testing/open-test-store'
import { writeParquet } from '../testing/parquet-file'
import { inventoryPage, listInventory } from './list-inventory'
import { loadScan } from './load-scan'
import { readResource, resourceDays } from './read-resource'
import { type CostsAsked, costWindow } from './resource-costs'
import { recordFile, scanFolder } from './scan-files'
import { scannedAccount, seenResource, writeScan } from './scan-fixture'

let workspace: TestStore

const volume = seenResource('vol-1', {
  name: 'left over',
  state: 'available',
  tags: { team: 'shop', 'a key': "it's" },
  facts: { gigabytes: 500, volumeType: 'gp2', encrypted: true },
  managedBy: 'terraform',
})
const database = seenResource('arn:aws:rds:us-east-1:444455556666:db:orders', {
  service: 'rds',
  part: 'instances',
  kind: 'db-instance',
  name: 'orders',
  state: 'available',
  createdAt: null,
})
const bucket = seenResource('arn:aws:s3:::halden-lake', {
  region: 'eu-west-1',
  service: 's3',
  part: 'buckets',
  kind: 'bucket',
  name: 'halden-lake',
  state: null,
  billedAs: ['halden-lake', 'arn:aws:s3:::halden-lake'],
})
const instance = seenResource('i-1', { part: 'instances', kind: 'instance', name: 'web', state: 'running' })
const attached = {
  account: scannedAccount,
  region: 'us-east-1',
  service: 'ec2',
  part: 'volumes',
  from: 'vol-1',
  relation: 'attached to',
  to: 'i-1',
}
const volumes = { service: 'ec2', region: 'us-east-1', part: 'volumes' }

beforeAll(async () => {
  workspace = await openTestStore()
  const line = (day: string, cost: string, resource: string, more = {}) =>
    usageOn(day, cost, { line_item_resource_id: resource, ...more })
  await writeParquet(join(workspace.outside, 'bill.parquet'), [
    line('2026-09-01', '1.10', 'vol-1'),
    line('2026-09-02', '2.20', 'vol-1'),
    // Thirty days before the end of the bill, and in no figure of the inventory.
    line('2026-08-04', '50', 'vol-1'),
    line('2026-09-03', '7.000000000001', 'arn:aws:rds:us-east-1:444455556666:db:orders'),
    line('2026-09-04', '0.5', 'halden-lake'),
    line('2026-09-04', '0.25', 'arn:aws:s3:::halden-lake'),
    // Another account's thing of the same name.
    line('2026-09-04', '99', 'vol-1', { line_item_usage_account_id: '999988887777' }),
  ])
  mustSucceed(await workspace.bringIn(workspace.outside))
  await writeScan(workspace.home, {
    id: 'first',
    at: '2026-09-10T00:00:00.000Z',
    resources: [volume, seenResource('vol-2'), database, bucket, instance],
    relations: [attached],
  })
})

afterAll(() => workspace.close())

const list = async (request: Parameters<typeof listInventory>[0] = {}) =>
  inventorySchema.parse(mustSucceed(await listInventory(request, workspace.work())))
const ids = async (request: Parameters<typeof listInventory>[0] = {}) =>
  (await list(request)).rows.map(({ id }) => id)

describe('an inventory', () => {
  it('is loaded from the files of a scan', async () => {
    expect(mustSucceed(await loadScan({ id: 'first' }, workspace.work()))).toEqual({
      account: scannedAccount,
      resources: 5,
      relations: 1,
    })
    expect(codeOf(await loadScan({ id: 'never' }, workspace.work()))).toBe('no-such-scan')
  })

  it('shows what each thing cost in the newest thirty days of the bill, dearest first, to the last digit', async () => {
    const { rows, rowCount, cost, currency, window } = await list()
    expect(rows.map(({ id, cost }) => [id, cost])).toEqual([
      [database.id, '7.000000000001'],
      ['vol-1', '3.300000000000'],
      [bucket.id, '0.750000000000'],
      ['i-1', null],
      ['vol-2', null],
    ])
    expect({ rowCount, cost, currency, window }).toEqual({
      rowCount: 5,
      cost: '11.050000000001',
      currency: 'USD',
      window: { from: '2026-08-06', to: '2026-09-05' },
    })
  })

  it('is searched by words in names, tags and facts, filtered and paged', async () => {
    expect(await ids({ search: 'left GP2' })).toEqual(['vol-1'])
    expect(await ids({ search: "it's" })).toEqual(['vol-1'])
    expect(await ids({ search: 'nothing of the kind' })).toEqual([])
    expect(await ids({ kinds: ['volume', 'bucket'] })).toEqual(['vol-1', bucket.id, 'vol-2'])
    expect(await ids({ regions: ['eu-west-1'] })).toEqual([bucket.id])
    expect(await ids({ states: ['available'], accounts: [scannedAccount] })).toEqual([database.id, 'vol-1'])
    const page = await list({ sort: 'name', offset: 1, limit: 2 })
    expect(page.rows.map(({ name }) => name)).toEqual(['left over', 'orders'])
    expect(page.rowCount).toBe(5)
  })

  it('offers what there is to filter by, and says what was scanned', async () => {
    const { kinds, states, scans } = await list({ search: 'nothing' })
    expect(kinds).toEqual([
      { value: 'volume', count: 2 },
      { value: 'bucket', count: 1 },
      { value: 'db-instance', count: 1 },
      { value: 'instance', count: 1 },
    ])
    expect(states.map(({ value }) => value)).toEqual(['available', 'in-use', 'running'])
    expect(scans).toMatchObject([{ account: scannedAccount, profile: 'audit', resources: 5, skipped: [] }])
  })

  it('tells of one thing all that is known, with its neighbours and its cost by day', async () => {
    const detail = mustSucceed(await readResource({ account: scannedAccount, id: 'vol-1' }, workspace.work()))
    expect(resourceDetailSchema.parse(detail)).toEqual({
      resource: { ...volume, createdAt: '2026-01-02T03:04:05Z' },
      seenAt: '2026-09-10T00:00:00Z',
      neighbours: [{ direction: 'out', relation: 'attached to', id: 'i-1', kind: 'instance', name: 'web' }],
      costs: [
        { day: '2026-09-01', cost: '1.100000000000' },
        { day: '2026-09-02', cost: '2.200000000000' },
      ],
      currency: 'USD',
      metrics: [],
    })
    const other = mustSucceed(await readResource({ account: scannedAccount, id: 'i-1' }, workspace.work()))
    expect(other.neighbours).toEqual([
      { direction: 'in', relation: 'attached to', id: 'vol-1', kind: 'volume', name: 'left over' },
    ])
    expect(codeOf(await readResource({ account: 'other', id: 'vol-1' }, workspace.work()))).toBe(
      'no-such-resource',
    )
  })

  it('a later scan replaces the parts it got and leaves the others', async () => {
    await writeScan(workspace.home, {
      id: 'second',
      at: '2026-09-11T00:00:00.000Z',
      resources: [seenResource('vol-3')],
    })
    mustSucceed(await loadScan({ id: 'second' }, workspace.work()))
    expect((await ids()).sort()).toEqual(['vol-3', bucket.id, database.id, 'i-1'].sort())
    // The older one again changes nothing: what is newer stays.
    mustSucceed(await loadScan({ id: 'first' }, workspace.work()))
    expect((await ids()).sort()).toEqual(['vol-3', bucket.id, database.id, 'i-1'].sort())
    // A part in which nothing is left.
    await writeScan(workspace.home, { id: 'third', at: '2026-09-12T00:00:00.000Z', empty: [volumes] })
    mustSucceed(await loadScan({ id: 'third' }, workspace.work()))
    expect((await ids()).sort()).toEqual([bucket.id, database.id, 'i-1'].sort())
  })

  it('comes back with a rebuild, from the files alone', async () => {
    const before = await list()
    for (const table of ['resources', 'relations', 'units', 'scans'])
      await workspace.rows(`DELETE FROM inventory_${table}`)
    expect(await ids()).toEqual([])
    mustSucceed(await rebuildWarehouse({}, workspace.work()))
    expect(await list()).toEqual(before)
  })

  it('a record that cannot be read is no scan', async () => {
    await writeFile(recordFile(scanFolder(workspace.home, 'first')), '{"format": 2}')
    expect(codeOf(await loadScan({ id: 'first' }, workspace.work()))).toBe('no-such-scan')
    await rm(scanFolder(workspace.home, 'first'), { recursive: true })
  })

  it('every statement is one that DuckDB can plan', async () => {
    const facts = {
      dataVersion: 1,
      rolledUp: true,
      firstDay: '2026-01-01',
      lastDay: '2026-09-30',
      lastChargeDay: '2026-09-30',
      allCounted: true,
      currencies: ['USD'],
      accountNames: new Map<string, string>(),
    }
    const full = {
      search: 'a b',
      kinds: ['x'],
      accounts: ['1'],
      regions: ['r'],
      states: ['s'],
      offset: 3,
      limit: 7,
    }
    for (const rolledUp of [true, false]) {
      const costs: CostsAsked = { facts: { ...facts, rolledUp }, window: costWindow(facts), currency: 'USD' }
      for (const sort of ['cost', 'name', 'kind', 'created'] as const) {
        const { sql, values } = inventoryPage({ ...full, sort }, costs)
        expect(await workspace.rows(`EXPLAIN ${sql}`, values)).not.toEqual([])
      }
      const days = resourceDays({ account: '1', id: 'x' }, { ...costs, byDay: true })
      expect(await workspace.rows(`EXPLAIN ${days.sql}`, days.values)).not.toEqual([])
    }
    const none = inventoryPage({}, { facts, window: null, currency: null })
    expect(await workspace.rows(`EXPLAIN ${none.sql}`, none.values)).not.toEqual([])
  })
})
