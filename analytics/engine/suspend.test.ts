import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { runImport } from '../ingest/run-import'
import { usage, usageOn } from '../testing/bill-rows'
import { writeDelivery } from '../testing/export-tree'
import { mustSucceed, openTestStore, type TestStore } from '../testing/open-test-store'
import { Rest } from './rest'
import { resumeEngine, suspendEngine } from './suspend'

let workspace: TestStore
let root: string
beforeEach(async () => {
  workspace = await openTestStore()
  root = join(workspace.outside, 'acme-cur2')
})
afterEach(() => workspace.close())

const logBytes = async () =>
  (await stat(join(workspace.home, 'warehouse.duckdb.wal')).catch(() => null))?.size ?? 0
const soon = () => new Promise((resolve) => setTimeout(resolve, 100))

it('an import rests at its next step, and goes on after the sleep', async () => {
  await writeDelivery(root, { period: '2026-08', chunks: [[usageOn('2026-08-02', 1)]] })
  await writeDelivery(root, { period: '2026-09', chunks: [[usage(2)]] })
  const rest = new Rest()
  let suspended: unknown = null
  const work = workspace.work({
    rest,
    isLongWorkRunning: () => true,
    dataChanged: () => {
      rest.begin()
      suspended ??= soon().then(() => suspendEngine({}, work))
    },
  })
  const importing = runImport({ paths: [root] }, work)
  await expect.poll(() => suspended, { timeout: 30_000 }).not.toBeNull()
  expect(await suspended).toEqual({ ok: true, value: { checkpointed: true, work: 'resting' } })
  await soon()
  expect(await workspace.rows('SELECT period FROM imports WHERE in_force')).toEqual([{ period: '2026-08' }])
  expect(await logBytes()).toBe(0)
  mustSucceed(await resumeEngine({}, work))
  expect(mustSucceed(await importing).imports.map(({ period }) => period)).toEqual(['2026-08', '2026-09'])
})

it('writes what is stored into the files when nothing runs', async () => {
  const connection = await workspace.store.connect()
  await connection.run('CREATE TABLE warehouse.main.filler AS SELECT range AS n FROM range(1000)')
  expect(await logBytes()).toBeGreaterThan(0)
  expect(await suspendEngine({}, workspace.work())).toEqual({
    ok: true,
    value: { checkpointed: true, work: 'none' },
  })
  expect(await logBytes()).toBe(0)
  connection.closeSync()
})

it('leaves the step alone that is under way, says so, and writes down what was there before', async () => {
  const connection = await workspace.store.connect()
  await connection.run('CREATE TABLE warehouse.main.filler (n INTEGER)')
  const work = workspace.work({ rest: new Rest(), isLongWorkRunning: () => true })
  await connection.transaction(async () => {
    await connection.run('INSERT INTO warehouse.main.filler VALUES (1)')
    expect(mustSucceed(await suspendEngine({}, work))).toEqual({ checkpointed: true, work: 'in-a-step' })
    expect(await logBytes()).toBe(0)
    await connection.run('INSERT INTO warehouse.main.filler VALUES (2)')
  })
  expect(await workspace.rows('SELECT n FROM warehouse.main.filler ORDER BY n')).toEqual([{ n: 1 }, { n: 2 }])
  connection.closeSync()
})

it('work that rests can be cancelled, and a sleep that never came ends by itself', async () => {
  const rest = new Rest(30)
  const stop = new AbortController()
  rest.begin()
  const resting = rest.over(stop.signal)
  stop.abort()
  await resting
  await rest.over(new AbortController().signal)
})
