import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { usage } from '../testing/bill-rows'
import { writeDelivery } from '../testing/export-tree'
import { codeOf, mustSucceed, openTestStore, type TestStore, testSettings } from '../testing/open-test-store'
import { openStore } from './open-store'
import { quoteLiteral } from './sql-text'

let workspace: TestStore

beforeAll(async () => {
  workspace = await openTestStore()
  await writeFile(join(workspace.outside, 'secret.csv'), 'secret\n1\n')
  await mkdir(join(workspace.home, 'sources'), { recursive: true })
  await writeFile(join(workspace.home, 'sources', 'inside.csv'), 'amount\n1.5\n2.5\n')
})

afterAll(async () => {
  await workspace.close()
})

const at = (...parts: readonly string[]) => quoteLiteral(parts.join('/'))

describe('what SQL can reach in a workspace', () => {
  it('reads a file inside it', async () => {
    const rows = await workspace.rows(
      `SELECT sum(amount)::VARCHAR AS total FROM read_csv(${at(workspace.home, 'sources', 'inside.csv')})`,
    )
    expect(rows).toEqual([{ total: '4.0' }])
  })

  it.each<readonly [string, () => string]>([
    ['a file of the system', () => "SELECT * FROM read_text('/etc/passwd')"],
    ['a table of the system', () => "SELECT * FROM read_csv('/etc/passwd')"],
    ['a file beside the workspace', () => `SELECT * FROM ${at(workspace.outside, 'secret.csv')}`],
    [
      'a path that climbs out',
      () => `SELECT * FROM read_csv(${at(workspace.home, '..', 'outside', 'secret.csv')})`,
    ],
    [
      'a path that climbs out from a folder below',
      () => `SELECT * FROM read_csv(${at(workspace.home, 'sources', '..', '..', 'outside', 'secret.csv')})`,
    ],
    ['a list of files outside', () => `SELECT * FROM glob(${at(workspace.outside, '*')})`],
    ['writing outside', () => `COPY (SELECT 1) TO ${at(workspace.outside, 'copied.csv')}`],
    ['writing through a climbing path', () => `COPY (SELECT 1) TO ${at(workspace.home, '..', 'copied.csv')}`],
    ['a database outside', () => `ATTACH ${at(workspace.outside, 'other.duckdb')} AS other`],
    ['a database export outside', () => `EXPORT DATABASE warehouse TO ${at(workspace.outside, 'all')}`],
    ['fetching an extension', () => 'INSTALL httpfs'],
    ['loading an extension', () => "LOAD '/tmp/x.duckdb_extension'"],
    ['a remote file', () => "SELECT * FROM read_csv('https://localhost/x.csv')"],
    ['more threads', () => 'SET threads = 7'],
    ['another memory limit', () => "SET memory_limit = '8GB'"],
    ['access to files again', () => 'SET enable_external_access = true'],
    ['other folders', () => "SET allowed_directories = ['/']"],
    ['another time zone', () => "SET GLOBAL TimeZone = 'Asia/Tokyo'"],
    ['taking the lock off', () => 'SET lock_configuration = false'],
    ['a reset', () => 'RESET threads'],
  ])('refuses %s', async (_what, sql) => {
    await expect(workspace.rows(sql())).rejects.toThrow(
      /Permission Error|Permission denied|configuration has been locked|disabled|Cannot (change|enable|attach)/i,
    )
  })

  it('keeps every connection in UTC', async () => {
    expect(await workspace.rows("SELECT current_setting('TimeZone') AS zone")).toEqual([{ zone: 'UTC' }])
  })
})

describe('a workspace in a folder with an awkward name', () => {
  it.each(["o'brien [1] & co", 'sum(1)*{a,b}', 'Größe "x"'])('%s takes billing files in', async (name) => {
    const awkward = await openTestStore(name)
    try {
      const root = join(awkward.outside, "o'export [1]*")
      await writeDelivery(root, { period: '2026-09', chunks: [[usage(1.5)], [usage(2.5)]] })
      const { imports } = mustSucceed(await awkward.bringIn(root))
      expect(imports.map(({ billed }) => billed)).toEqual(['4.000000000000'])
    } finally {
      await awkward.close()
    }
  })

  it('is refused where the database would put its log elsewhere', async () => {
    const home = join(workspace.outside, 'what?')
    expect(codeOf(await openStore(home, testSettings))).toBe('workspace-path')
    expect(await readdir(workspace.outside)).toEqual(['secret.csv'])
  })
})
