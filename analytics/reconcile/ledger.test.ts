import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LedgerRequest } from '../contract/ledger'
import { usage } from '../testing/bill-rows'
import { writeDelivery } from '../testing/export-tree'
import { codeOf, mustSucceed, openTestStore, type TestStore } from '../testing/open-test-store'
import { checkSource } from './check-source'
import { ledgerSql, readLedger, readRejected, rejectedCountSql, rejectedSql } from './ledger'

let workspace: TestStore
let broken: string

const heads = Object.keys(usage(1))
const csvLine = (cost: string) =>
  heads.map((name) => (name === 'line_item_unblended_cost' ? cost : String(usage(1)[name] ?? ''))).join(',')

beforeAll(async () => {
  workspace = await openTestStore()
  const root = join(workspace.outside, 'acme')
  await writeDelivery(root, { period: '2026-09', chunks: [[usage(1)], [usage(2)]] })
  mustSucceed(await workspace.bringIn(root))
  await writeDelivery(root, { period: '2026-09', chunks: [[usage(1)], [usage(3)]] })
  mustSucceed(await workspace.bringIn(root))
  broken = join(workspace.outside, 'broken.csv')
  await writeFile(broken, [heads.join(','), csvLine('1'), csvLine('one'), csvLine('two'), ''].join('\n'))
  mustSucceed(await workspace.bringIn(broken))
})
afterAll(async () => {
  await workspace.close()
})

const files = async (request: LedgerRequest = {}) => mustSucceed(await readLedger(request, workspace.work()))

describe('the ledger', () => {
  it('has every file of every import, in force or former', async () => {
    const { files: all, total } = await files()
    expect(total).toBe(5)
    expect(all.map(({ source, inForce, rows, rejected }) => [source, inForce, rows, rejected])).toEqual([
      ['broken', true, 1, 2],
      ['acme', true, 1, 0],
      ['acme', true, 1, 0],
      ['acme', false, 1, 0],
      ['acme', false, 1, 0],
    ])
    expect(all[0]).toMatchObject({
      origin: broken,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      reasons: [{ reason: 'the cost is not a number', lines: 2 }],
    })
  })

  it('is searched and turned over page by page', async () => {
    const [first] = (await files()).files
    expect((await files({ search: first?.sha256.slice(0, 20).toUpperCase() ?? '' })).total).toBe(1)
    expect((await files({ search: "%'; DROP" })).total).toBe(0)
    const second = await files({ source: 'acme', limit: 3, offset: 3 })
    expect([second.files.length, second.total]).toEqual([1, 4])
    const beyond = await files({ offset: 50 })
    expect([beyond.files.length, beyond.total]).toEqual([0, 5])
  })
})

describe('rejected lines', () => {
  it('are listed with file, line, reason and content', async () => {
    const found = mustSucceed(await readRejected({}, workspace.work()))
    expect([found.total, found.rejected]).toEqual([2, 2])
    expect(found.lines.map(({ file, line, reason }) => [file, line, reason])).toEqual([
      [broken, 3, 'the cost is not a number'],
      [broken, 4, 'the cost is not a number'],
    ])
    expect(found.lines[0]?.content).toContain('"line_item_unblended_cost":"one"')
    expect(mustSucceed(await readRejected({ source: 'acme' }, workspace.work())).total).toBe(0)
  })
})

describe('lines that come twice', () => {
  const named = (id: string, hour: string, cost = 1) =>
    usage(cost, { identity_line_item_id: id, identity_time_interval: hour })

  async function checkOf(name: string): Promise<unknown> {
    mustSucceed(await checkSource({ name }, workspace.work()))
    const rows = await workspace.rows(
      `SELECT ok, detail FROM import_checks JOIN imports ON imports.id = import_id
       WHERE imports.in_force AND source = ? AND name = 'repeated-lines'`,
      [name],
    )
    expect(rows).toHaveLength(1)
    return rows[0]
  }

  it('are found across files, by id and time together', async () => {
    const root = join(workspace.outside, 'twice')
    await writeDelivery(root, {
      period: '2026-09',
      chunks: [
        [named('a', '1'), named('b', '1'), named('a', '2')],
        [named('a', '1'), named('b', '1'), named('b', '1'), named('c', '1')],
      ],
    })
    const report = mustSucceed(await workspace.bringIn(root))
    expect(report.warnings.map(({ code }) => code)).toContain('repeated-lines')
    expect(report.imports[0]?.checks.at(-1)).toMatchObject({ name: 'repeated-lines', ok: false })
    expect(await checkOf('twice')).toEqual({
      ok: false,
      detail: expect.stringMatching(/^3 lines come .* a among/),
    })
    expect(await checkOf('twice')).toMatchObject({ ok: false })
  })

  it('are told from ids that are merely used in another hour', async () => {
    const root = join(workspace.outside, 'once')
    await writeDelivery(root, {
      period: '2026-09',
      chunks: [[named('a', '1'), named('a', '2'), named('b', '1')]],
    })
    mustSucceed(await workspace.bringIn(root))
    expect(await checkOf('once')).toMatchObject({
      ok: true,
      detail: expect.stringContaining('No line comes twice'),
    })
  })

  it('cannot be told without ids, which is said', async () => {
    expect(await checkOf('acme')).toMatchObject({ ok: true, detail: expect.stringContaining('Not possible') })
    expect(codeOf(await checkSource({ name: 'nobody' }, workspace.work()))).toBe('no-such-source')
  })
})

describe('the queries of the ledger', () => {
  it.each([
    ['files', ledgerSql, [null, null, null, null, '', 10, 0]],
    ['rejected lines', rejectedSql, [null, null, null, null, 10, 0]],
    ['their number', rejectedCountSql, [null, null, null, null, null, null, null, null]],
  ] as const)('%s can be run', async (_, sql, values) => {
    expect((await workspace.rows(`EXPLAIN ${sql}`, values)).length).toBeGreaterThan(0)
  })
})
