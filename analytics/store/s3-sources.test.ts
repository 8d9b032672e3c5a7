import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { S3Draft } from '../contract/s3-sources'
import { openStore, type Store } from './open-store'
import { listS3Sources, recordS3Sync, removeS3Source, writeS3Source } from './s3-sources'

let home: string
let store: Store

const settings = { memoryLimit: '200MB', threads: 1 }
const draft: S3Draft = {
  name: 'Billing',
  bucket: 'company-billing',
  prefix: 'finops/',
  profile: null,
  region: 'eu-central-1',
}

async function open(): Promise<Store> {
  const opened = await openStore(home, settings)
  if (!opened.ok) throw new Error(opened.failure.message)
  return opened.value
}

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'finops-s3-store-'))
  store = await open()
})

afterEach(async () => {
  await store.close()
  await rm(home, { recursive: true })
})

test('keeps a source and how its last sync ended over a restart', async () => {
  const written = await writeS3Source(draft, { store })
  expect(written).toMatchObject({ ok: true, value: { ...draft, lastSync: null } })
  const lastSync = { at: '2026-09-30T10:00:00.000Z', state: 'partly', message: '1 file is missing.' } as const
  await recordS3Sync({ name: 'Billing', lastSync }, { store })
  await store.close()
  store = await open()
  const listed = await listS3Sources({}, { store })
  expect(listed).toMatchObject({ ok: true, value: { sources: [{ ...draft, lastSync }] } })
})

test('writing the same name again moves the source and forgets its last sync', async () => {
  const first = await writeS3Source(draft, { store })
  await recordS3Sync(
    { name: 'Billing', lastSync: { at: '2026-09-30T10:00:00Z', state: 'done', message: 'Up to date.' } },
    { store },
  )
  const moved = await writeS3Source({ ...draft, bucket: 'other-bucket', profile: 'audit' }, { store })
  expect(moved).toMatchObject({
    ok: true,
    value: { bucket: 'other-bucket', profile: 'audit', lastSync: null },
  })
  expect(first.ok && moved.ok && first.value.addedAt === moved.value.addedAt).toBe(true)
  const listed = await listS3Sources({}, { store })
  expect(listed.ok && listed.value.sources).toHaveLength(1)
})

test('refuses a name that differs from another only in letter case', async () => {
  await writeS3Source(draft, { store })
  const twin = await writeS3Source({ ...draft, name: 'billing' }, { store })
  expect(twin).toMatchObject({ ok: false, failure: { code: 's3-name-taken' } })
})

test('removes a source once and says so when there is none', async () => {
  await writeS3Source(draft, { store })
  expect(await removeS3Source({ name: 'Billing' }, { store })).toEqual({
    ok: true,
    value: { name: 'Billing' },
  })
  expect(await removeS3Source({ name: 'Billing' }, { store })).toMatchObject({
    ok: false,
    failure: { code: 'no-such-source' },
  })
  expect(await listS3Sources({}, { store })).toEqual({ ok: true, value: { sources: [] } })
})

test('a sync of a source that is gone is told, not stored', async () => {
  const lastSync = { at: '2026-09-30T10:00:00Z', state: 'done', message: 'Up to date.' } as const
  expect(await recordS3Sync({ name: 'Gone', lastSync }, { store })).toMatchObject({
    ok: false,
    failure: { code: 'no-such-source' },
  })
})
