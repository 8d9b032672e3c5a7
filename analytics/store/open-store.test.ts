import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { codeOf, filesBelow, mustSucceed, temporaryFolder, testSettings } from '../testing/open-test-store'
import { runOwner } from '../testing/other-process'
import { openStore, storeSettings } from './open-store'
import { setDamagedAside } from './recover-store'
import { readSettings, writeSettings } from './settings'

let folder: string
let home: string

beforeEach(async () => {
  folder = await temporaryFolder()
  home = join(folder, 'workspace')
})

afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

async function open() {
  return mustSucceed(await openStore(home, testSettings))
}

/** Opens, works, closes. */
async function inStore(work: (store: Awaited<ReturnType<typeof open>>) => Promise<void>): Promise<void> {
  const store = await open()
  try {
    await work(store)
  } finally {
    await store.close()
  }
}

async function fingerprints(): Promise<Readonly<Record<string, string>>> {
  const digest = async (name: string) =>
    createHash('sha256')
      .update(await readFile(join(home, name)))
      .digest('hex')
  return { warehouse: await digest('warehouse.duckdb'), state: await digest('state.duckdb') }
}

const run = async (sql: string) =>
  await inStore(async (store) => {
    const connection = await store.connect()
    await connection.run(sql)
    connection.closeSync()
  })

describe('opening a workspace', () => {
  it('makes both databases and leaves no write-ahead log behind', async () => {
    await inStore(async () => undefined)
    expect(await readdir(home)).toEqual(['state.duckdb', 'tmp', 'warehouse.duckdb'])
  })

  it('changes nothing when there is nothing to migrate', async () => {
    await inStore(async () => undefined)
    const before = await fingerprints()
    await inStore(async () => undefined)
    expect(await fingerprints()).toEqual(before)
  })

  it('takes its limits from the environment', () => {
    expect(storeSettings({ FINOPS_MEMORY: '4GB', FINOPS_THREADS: '3' })).toEqual({
      memoryLimit: '4GB',
      threads: 3,
    })
    expect(storeSettings({}).memoryLimit).toBe('1200MB')
    expect(storeSettings({}).threads).toBeGreaterThan(0)
  })

  it('is refused while another process has it, and says which', async () => {
    await inStore(async () => undefined)
    await using owner = await runOwner(join(home, 'warehouse.duckdb'))
    const result = await openStore(home, testSettings)
    expect(codeOf(result)).toBe('workspace-in-use')
    expect(result).toMatchObject({ failure: { message: expect.stringContaining(`process ${owner.pid}`) } })
  })

  it('is refused while another process has only the state', async () => {
    await inStore(async () => undefined)
    await using owner = await runOwner(join(home, 'state.duckdb'))
    const result = await openStore(home, testSettings)
    expect(codeOf(result)).toBe('workspace-in-use')
    expect(result).toMatchObject({ failure: { message: expect.stringContaining(`process ${owner.pid}`) } })
  })

  it.each(['warehouse', 'state'])('refuses a %s of a newer program and changes nothing', async (database) => {
    await inStore(async () => undefined)
    await run(
      `INSERT INTO ${database}.main.schema_steps SELECT 900 + i, now()::TIMESTAMP FROM range(50) t(i)`,
    )
    const before = await fingerprints()
    expect(codeOf(await openStore(home, testSettings))).toBe('workspace-newer')
    expect(await fingerprints()).toEqual(before)
    expect(await readdir(home)).not.toContain('damaged')
  })

  it.each([
    ['warehouse.duckdb', 'warehouse-damaged'],
    ['state.duckdb', 'state-damaged'],
  ])('calls garbage in %s %s', async (file, code) => {
    await inStore(async () => undefined)
    await writeFile(join(home, file), 'this is no database'.repeat(2_000))
    const before = await fingerprints()
    expect(codeOf(await openStore(home, testSettings))).toBe(code)
    expect(await fingerprints()).toEqual(before)
  })

  it('calls a database with its middle overwritten damaged', async () => {
    await inStore(async () => undefined)
    const bytes = await readFile(join(home, 'warehouse.duckdb'))
    bytes.fill(0xa5, 4_096)
    await writeFile(join(home, 'warehouse.duckdb'), bytes)
    expect(codeOf(await openStore(home, testSettings))).toBe('warehouse-damaged')
  })

  it.each(['workspace', 'wallet of walter', 'corrupt checksums', 'permission denied'])(
    'does not take trouble of another kind for damage (in a folder named %s)',
    async (name) => {
      home = join(folder, name)
      await mkdir(join(home, 'warehouse.duckdb'), { recursive: true })
      await writeFile(join(home, 'warehouse.duckdb', 'keep'), 'keep')
      const result = await openStore(home, testSettings)
      expect(codeOf(result)).toBe('unexpected')
      expect(result).toMatchObject({ failure: { message: expect.stringContaining('Nothing was changed') } })
      expect(await filesBelow(home)).toEqual([join('warehouse.duckdb', 'keep')])
    },
  )

  it('says so when the folder may not be written', async () => {
    await mkdir(home)
    await writeFile(join(home, 'tmp'), '')
    expect(codeOf(await openStore(home, testSettings))).toBe('workspace-not-writable')
  })
})

describe('setting a damaged database aside', () => {
  const now = new Date('2026-10-05T08:09:10.111Z')
  const aside = join('damaged', '2026-10-05T08-09-10-111Z')

  it('moves the warehouse with its log, deletes nothing, and a new one can be opened', async () => {
    await inStore(async () => undefined)
    await writeFile(join(home, 'warehouse.duckdb'), 'garbage')
    await writeFile(join(home, 'warehouse.duckdb.wal'), 'garbage log')
    expect(await setDamagedAside(home, 'warehouse-damaged', now)).toContain('rebuilt')
    expect(await readFile(join(home, aside, 'warehouse.duckdb'), 'utf8')).toBe('garbage')
    expect(await readFile(join(home, aside, 'warehouse.duckdb.wal'), 'utf8')).toBe('garbage log')
    expect(await readdir(home)).toContain('state.duckdb')
    await inStore(async (store) => {
      expect(mustSucceed(await readSettings({}, { store })).theme).toBe('system')
    })
  })

  it('returns the state to its newest copy from before the damage', async () => {
    await inStore(async (store) => {
      mustSucceed(await writeSettings({ theme: 'dark' }, { store }))
    })
    await inStore(async () => undefined)
    const backups = join(home, 'backups')
    const [copy] = await readdir(backups)
    expect(copy).toMatch(/^state-\d{4}-\d\d-\d\d\.duckdb$/)
    await writeFile(join(backups, 'state-2020-01-01.duckdb'), 'an older copy')
    await writeFile(join(home, 'state.duckdb'), 'garbage')
    await writeFile(join(home, 'state.duckdb.wal'), 'garbage log')
    expect(await setDamagedAside(home, 'state-damaged', now)).toContain(String(copy))
    expect(await readFile(join(home, aside, 'state.duckdb'), 'utf8')).toBe('garbage')
    expect(await readFile(join(home, aside, 'state.duckdb.wal'), 'utf8')).toBe('garbage log')
    await inStore(async (store) => {
      expect(mustSucceed(await readSettings({}, { store })).theme).toBe('dark')
    })
  })

  it('never keeps a damaged state as the copy to return to', async () => {
    await inStore(async (store) => {
      mustSucceed(await writeSettings({ theme: 'dark' }, { store }))
    })
    const backups = join(home, 'backups')
    await mkdir(backups)
    await writeFile(join(backups, 'state-2020-01-01.duckdb'), await readFile(join(home, 'state.duckdb')))
    await writeFile(join(home, 'state.duckdb'), 'garbage'.repeat(5_000))
    expect(codeOf(await openStore(home, testSettings))).toBe('state-damaged')
    expect(await readdir(backups)).toEqual(['state-2020-01-01.duckdb'])
    await setDamagedAside(home, 'state-damaged', now)
    await inStore(async (store) => {
      expect(mustSucceed(await readSettings({}, { store })).theme).toBe('dark')
    })
  })

  it('says so when there is no copy', async () => {
    await inStore(async () => undefined)
    await writeFile(join(home, 'state.duckdb'), 'garbage')
    expect(await setDamagedAside(home, 'state-damaged', now)).toContain('no earlier copy')
    await inStore(async (store) => {
      expect(mustSucceed(await readSettings({}, { store })).theme).toBe('system')
    })
  })

  it('keeps the copies of seven days', async () => {
    await inStore(async () => undefined)
    const backups = join(home, 'backups')
    await mkdir(backups)
    for (let day = 1; day <= 9; day += 1) {
      await writeFile(join(backups, `state-2020-01-0${day}.duckdb`), 'old')
    }
    await inStore(async () => undefined)
    const kept = await readdir(backups)
    expect(kept).toHaveLength(7)
    expect(kept[0]).toBe('state-2020-01-04.duckdb')
  })
})

describe('settings', () => {
  it('come back as they were written, over a restart, and leave the others alone', async () => {
    await inStore(async (store) => {
      mustSucceed(await writeSettings({ theme: 'dark', currency: 'EUR', railCollapsed: true }, { store }))
      mustSucceed(await writeSettings({ currency: null, basis: 'billed' }, { store }))
    })
    await inStore(async (store) => {
      expect(mustSucceed(await readSettings({}, { store }))).toEqual({
        theme: 'dark',
        density: 'comfortable',
        basis: 'billed',
        currency: null,
        railCollapsed: true,
        fiscalYearStart: 1,
        ownerTag: null,
        overviewWidgets: [],
      })
    })
  })

  it('keep the last of several changes that come at once', async () => {
    await inStore(async (store) => {
      const orders = [['data', 'chart'], ['chart'], ['chart', 'data', 'figures']].map((ids) =>
        ids.map((id) => ({ id, isHidden: false })),
      )
      const written = await Promise.all(
        orders.map((overviewWidgets) => writeSettings({ overviewWidgets }, { store })),
      )
      expect(written.map((one) => mustSucceed(one).overviewWidgets)).toEqual(orders)
    })
  })

  it('ignores what another version wrote, and does not delete it', async () => {
    await inStore(async (store) => {
      mustSucceed(await writeSettings({ density: 'compact' }, { store }))
    })
    await run(
      `INSERT OR REPLACE INTO state.main.settings VALUES ('theme', '"sepia"', now()::TIMESTAMP),
         ('later', '{"a":1}', now()::TIMESTAMP), ('basis', 'no json', now()::TIMESTAMP), ('constructor', '1', now()::TIMESTAMP)`,
    )
    await inStore(async (store) => {
      expect(mustSucceed(await readSettings({}, { store }))).toMatchObject({
        theme: 'system',
        basis: 'effective',
        density: 'compact',
      })
      const connection = await store.connect()
      expect(await connection.first('SELECT count(*)::INTEGER AS n FROM state.main.settings')).toEqual({
        n: 5,
      })
      connection.closeSync()
    })
  })
})

describe('a process that is killed while it writes', () => {
  it('leaves what was committed, and nothing of what was not', async () => {
    await inStore(async () => undefined)
    const owner = await runOwner(join(home, 'state.duckdb'), [
      "INSERT INTO settings SELECT 'kept' || i, '1', now()::TIMESTAMP FROM range(500) t(i)",
      'BEGIN TRANSACTION',
      "INSERT INTO settings SELECT 'lost' || i, '1', now()::TIMESTAMP FROM range(500) t(i)",
      "DELETE FROM settings WHERE name LIKE 'kept%'",
    ])
    await owner[Symbol.asyncDispose]()
    expect(await readdir(home)).toContain('state.duckdb.wal')
    await inStore(async (store) => {
      const connection = await store.connect()
      const counted = await connection.first(
        `SELECT count(*) FILTER (name LIKE 'kept%')::INTEGER AS kept, count(*) FILTER (name LIKE 'lost%')::INTEGER AS lost
         FROM state.main.settings`,
      )
      expect(counted).toEqual({ kept: 500, lost: 0 })
      connection.closeSync()
    })
    expect(await readdir(home)).not.toContain('state.duckdb.wal')
  })
})
