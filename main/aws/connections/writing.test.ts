import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { KeptConnection } from '../../../analytics/contract/connections'
import { fail } from '../../../analytics/contract/result'
import { answers } from '../../../analytics/engine/answers'
import { changeWriting, dropConnection, keepConnection, listKept } from '../../../analytics/store/connections'
import { openStore, type Store } from '../../../analytics/store/open-store'
import { type AskEngine, demandWriting, isWritingEnabled } from './writing'

let home: string
let store: Store

async function open(): Promise<Store> {
  const opened = await openStore(home, { memoryLimit: '200MB', threads: 1 })
  if (!opened.ok) throw new Error(opened.failure.message)
  return opened.value
}

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'finops-writing-'))
  store = await open()
})

afterAll(async () => {
  await store.close()
  await rm(home, { recursive: true })
})

/** The engine's own answer, without its process. */
const ask: AskEngine = async (channel, input) => {
  expect(channel).toBe('connections/writing')
  return await answers['connections/writing'](input as { profile: string | null }, { store } as never)
}

const enabled = (profile: string | null) => isWritingEnabled(ask, profile)

test('is off for every connection until a person switches it on, for that one alone, over a restart', async () => {
  for (const profile of [null, 'default', 'audit', 'Audit'])
    expect(await enabled(profile)).toEqual({ ok: true, value: false })
  await changeWriting({ profile: 'audit', writing: true }, { store })
  const first = await listKept({}, { store })
  await changeWriting({ profile: 'audit', writing: true }, { store })
  expect(await listKept({}, { store })).toEqual(first)
  await store.close()
  store = await open()
  expect(await enabled('audit')).toEqual({ ok: true, value: true })
  for (const profile of [null, 'default', 'Audit', 'audit '])
    expect(await enabled(profile)).toEqual({ ok: true, value: false })
  await changeWriting({ profile: null, writing: true }, { store })
  expect(await enabled(null)).toEqual({ ok: true, value: true })
  expect(await enabled('default')).toEqual({ ok: true, value: false })
  await changeWriting({ profile: 'audit', writing: false }, { store })
  expect(await enabled('audit')).toEqual({ ok: true, value: false })
  await changeWriting({ profile: null, writing: false }, { store })
})

test('says what to do where it is off, and passes on that it could not be asked', async () => {
  expect(await demandWriting(ask, 'my profile')).toEqual(
    fail(
      'connection-read-only',
      'The connection my profile is read-only. Nothing was changed.',
      "Switch writing on under Connections, or run: finops connections write on 'my profile'",
    ),
  )
  expect(await demandWriting(ask, null)).toMatchObject({
    failure: { hint: expect.stringMatching(/connections write on$/) },
  })
  const stopped = fail('engine-stopped', 'The engine stopped.')
  expect(await demandWriting(async () => stopped, null)).toEqual(stopped)
  await changeWriting({ profile: 'audit', writing: true }, { store })
  expect(await demandWriting(ask, 'audit')).toEqual({ ok: true, value: null })
  await changeWriting({ profile: 'audit', writing: false }, { store })
})

test('a connection that was removed takes its writing with it', async () => {
  const kept: KeptConnection = {
    kind: 'role',
    name: 'audit@111122223333',
    account: '111122223333',
    accountName: 'Payments',
    role: 'Audit',
    via: 'audit',
    externalId: null,
    region: null,
  }
  await keepConnection(kept, { store })
  const changed = { ...kept, accountName: 'Payments 2' }
  await keepConnection(changed, { store })
  await changeWriting({ profile: kept.name, writing: true }, { store })
  expect(await listKept({}, { store })).toMatchObject({
    value: { kept: [changed], writing: [{ profile: kept.name, writing: true }] },
  })
  expect(await dropConnection({ name: kept.name }, { store })).toEqual({
    ok: true,
    value: { name: kept.name },
  })
  expect(await listKept({}, { store })).toEqual({ ok: true, value: { kept: [], writing: [], checks: [] } })
  expect(await dropConnection({ name: kept.name }, { store })).toMatchObject({
    failure: { code: 'no-such-connection' },
  })
})
