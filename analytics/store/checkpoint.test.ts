import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { mustSucceed, testSettings } from '../testing/open-test-store'
import { checkpoint } from './checkpoint'
import { openStore, type Store } from './open-store'

let home: string
let store: Store

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'finops-checkpoint-'))
  store = mustSucceed(await openStore(home, testSettings))
})

afterEach(async () => {
  await store.close()
  await rm(home, { recursive: true, force: true })
})

it('a checkpoint beside somebody who reads an older state loses nothing and fails nothing', async () => {
  const writer = await store.connect()
  const reader = await store.connect()
  const count = async () => Number((await writer.first('SELECT count(*) AS n FROM account_names'))?.n)
  try {
    await reader.transaction(async () => {
      await reader.first('SELECT count(*) AS n FROM account_names')
      await writer.run("INSERT INTO account_names VALUES ('1', 'one')")
      await writer.run('UPDATE data_version SET version = version + 1')
      await checkpoint(writer, 'warehouse')
    })
    expect(await count()).toBe(1)
    await expect(checkpoint(writer, 'elsewhere' as 'warehouse')).rejects.toThrow()
  } finally {
    writer.closeSync()
    reader.closeSync()
  }
})

it('a store closes in order beside somebody who still writes, and keeps what was committed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'finops-close-'))
  const opened = mustSucceed(await openStore(folder, testSettings))
  const before = await opened.connect()
  await before.run("INSERT INTO account_names VALUES ('1', 'one')")
  const writer = await opened.connect()
  await writer.run('BEGIN')
  await writer.run("INSERT INTO account_names VALUES ('2', 'two')")
  await opened.close()
  writer.closeSync()
  before.closeSync()
  const again = mustSucceed(await openStore(folder, testSettings))
  const connection = await again.connect()
  expect(await connection.rows('SELECT account FROM account_names')).toEqual([{ account: '1' }])
  connection.closeSync()
  await again.close()
  await rm(folder, { recursive: true, force: true })
})
