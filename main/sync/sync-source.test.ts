import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Progress } from '../../analytics/contract/tasks'
import { findExports } from '../../analytics/ingest/find-exports'
import { bytes, deliver, draft, got, openSyncFixture, type SyncFixture } from './sync-fixture'

let fixture: SyncFixture

beforeEach(async () => {
  fixture = await openSyncFixture()
})
afterEach(async () => {
  await fixture.end()
})

async function importable(): Promise<readonly { period: string | null; files: number; verified: boolean }[]> {
  const found = got(await findExports(fixture.folder))
  expect(found.refused).toEqual([])
  return found.sets.map(({ period, files, manifest }) => ({
    period,
    files: files.length,
    verified: manifest !== null,
  }))
}

test('the first sync brings everything and the importer finds it whole; the second fetches nothing', async () => {
  const { server } = fixture
  const a = bytes(300_000, 1)
  const september = deliver(server, {
    period: '2026-09',
    files: { 'x-00001.snappy.parquet': a, 'x-00002.snappy.parquet': bytes(9, 2) },
  })
  deliver(server, {
    period: '2026-08',
    files: { 'x-00001.snappy.parquet': bytes(50_000, 3) },
    options: { checksum: 'crc64nvme' },
  })
  server.put('finops/notes.txt', 'not of an export')
  const seen: Progress[] = []
  const first = got(await fixture.sync({ progress: (step) => seen.push(step) }))
  expect(first.report).toMatchObject({
    name: 'billing',
    state: 'done',
    files: { fetched: 5, unchanged: 0, failed: 0 },
    missing: [],
    folder: fixture.folder,
  })
  const sent = server.gets().reduce((sum, one) => sum + one.sent, 0)
  expect(first.report.bytes).toBe(sent)
  expect((await fixture.mirrored()).get(september.data[0] ?? '')?.equals(a)).toBe(true)
  expect(await importable()).toEqual([
    { period: '2026-08', files: 1, verified: true },
    { period: '2026-09', files: 2, verified: true },
  ])
  expect(seen.some(({ unit }) => unit === 'bytes')).toBe(true)
  expect(seen.filter(({ unit }) => unit === 'bytes').at(-1)).toMatchObject({ done: 350_009, total: 350_009 })

  const before = server.gets().length
  const second = got(await fixture.sync())
  expect(server.gets().length).toBe(before)
  expect(second.report).toMatchObject({
    state: 'done',
    bytes: 0,
    files: { fetched: 0, unchanged: 5, failed: 0 },
  })
})

test('only what changed is fetched, and files the new manifest does not name go away', async () => {
  const { server } = fixture
  const { data } = deliver(server, {
    period: '2026-09',
    files: { '1.parquet': bytes(5_000, 1), '2.parquet': bytes(5_000, 2), '3.parquet': bytes(5_000, 3) },
  })
  got(await fixture.sync())
  server.objects.delete(data[2] ?? '')
  deliver(server, {
    period: '2026-09',
    files: { '1.parquet': bytes(5_000, 1), '2.parquet': bytes(6_000, 9) },
    modifiedMs: Date.UTC(2026, 9, 2),
  })
  const before = server.gets().length
  const second = got(await fixture.sync())
  expect(
    server
      .gets()
      .slice(before)
      .map(({ key }) => key.split('/').at(-1))
      .sort(),
  ).toEqual(['2.parquet', 'cur2-daily-Manifest.json'])
  expect(second.report.files).toEqual({ fetched: 2, unchanged: 1, failed: 0 })
  const mirrored = await fixture.mirrored()
  expect(mirrored.has(data[2] ?? '')).toBe(false)
  expect(mirrored.get(data[1] ?? '')?.equals(bytes(6_000, 9))).toBe(true)
  expect(await importable()).toEqual([{ period: '2026-09', files: 2, verified: true }])
})

test('where each delivery has a folder of its own, the newest one is taken and the former goes', async () => {
  const { server } = fixture
  const old = deliver(server, {
    period: '2026-09',
    execution: '20261001T010000-a',
    files: { '1.parquet': bytes(4_000, 1) },
  })
  got(await fixture.sync())
  const fresh = deliver(server, {
    period: '2026-09',
    execution: '20261002T010000-b',
    files: { '1.parquet': bytes(4_100, 2) },
    modifiedMs: Date.UTC(2026, 9, 2),
  })
  got(await fixture.sync())
  expect([...(await fixture.mirrored()).keys()].sort()).toEqual([...fresh.data, fresh.manifest].sort())
  expect(server.sentFor(old.data[0] ?? '')).toBe(4_000)
  expect(await importable()).toEqual([{ period: '2026-09', files: 1, verified: true }])
})

test('a file that the manifest names and nobody has is listed, the period stays as it was, the rest goes on', async () => {
  const { server } = fixture
  const first = deliver(server, { period: '2026-09', files: { '1.parquet': bytes(4_000, 1) } })
  got(await fixture.sync())
  const absent = 'finops/cur2-daily/data/BILLING_PERIOD=2026-09/2.parquet'
  deliver(server, {
    period: '2026-09',
    files: { '1.parquet': bytes(4_000, 7) },
    also: [absent],
    modifiedMs: Date.UTC(2026, 9, 2),
  })
  deliver(server, { period: '2026-08', files: { '1.parquet': bytes(2_000, 5) } })
  const { report, notes } = got(await fixture.sync())
  expect(report.state).toBe('partly')
  expect(report.missing).toEqual([
    { key: absent, reason: 'The manifest names it and it is not in the bucket.' },
  ])
  expect(notes.map(({ code }) => code)).toEqual(['period-left'])
  expect((await fixture.mirrored()).get(first.data[0] ?? '')?.equals(bytes(4_000, 1))).toBe(true)
  expect(await importable()).toHaveLength(2)
})

test('Cost and Usage Reports: the manifest of the month folder decides, snapshots are not added up', async () => {
  const { server } = fixture
  const month = 'finops/cur/20260901-20261001'
  const keys = [`${month}/aaa/cur-00001.csv.gz`, `${month}/bbb/cur-00001.csv.gz`]
  for (const [index, key] of keys.entries()) server.put(key, bytes(1_000, index))
  const manifest = JSON.stringify({
    reportKeys: [keys[1]],
    columns: [{ category: 'lineItem', name: 'UnblendedCost' }],
  })
  server.put(`${month}/cur-Manifest.json`, manifest, { modifiedMs: Date.UTC(2026, 9, 2) })
  server.put(`${month}/aaa/cur-Manifest.json`, JSON.stringify({ reportKeys: [keys[0]] }))
  server.put('finops/cur/cur/cost_and_usage_data_status/status.parquet', 'x')
  got(await fixture.sync())
  expect([...(await fixture.mirrored()).keys()].sort()).toEqual(
    [keys[1], `${month}/cur-Manifest.json`].sort(),
  )
})

test('without a manifest only the newest folder of a month is taken', async () => {
  const { server } = fixture
  const base = 'finops/e/data/BILLING_PERIOD=2026-09'
  server.put(`${base}/old/1.parquet`, bytes(100, 1), { modifiedMs: 1_000 })
  server.put(`${base}/new/1.parquet`, bytes(100, 2), { modifiedMs: 2_000 })
  const { report } = got(await fixture.sync())
  expect(report.state).toBe('done')
  expect([...(await fixture.mirrored()).keys()]).toEqual([`${base}/new/1.parquet`])
})

test('a delivery that is being written is left alone; an old copy with times in any order is not', async () => {
  const { server } = fixture
  const { data } = deliver(server, {
    period: '2026-09',
    files: { '1.parquet': bytes(1_000, 1) },
    modifiedMs: Date.UTC(2026, 9, 14),
  })
  server.put(data[0] ?? '', bytes(1_000, 2), { modifiedMs: Date.UTC(2026, 9, 15) - 60_000 })
  const { report } = got(await fixture.sync())
  expect(report).toMatchObject({ state: 'failed', files: { failed: 1 }, missing: [{ key: data[0] }] })
  expect(report.missing[0]?.reason).toMatch(/being written/)
  const later = got(await fixture.sync({ now: () => Date.UTC(2026, 9, 15, 2) }))
  expect(later.report.state).toBe('done')
})

test('refuses before the first byte when the disk is too small', async () => {
  const { server } = fixture
  const { data } = deliver(server, { period: '2026-09', files: { '1.parquet': bytes(100_000) } })
  const refused = await fixture.sync({ freeBytes: async () => 256 * 1024 * 1024 + 99_999 })
  expect(refused).toMatchObject({ ok: false, failure: { code: 'disk-space' } })
  expect(server.sentFor(data[0] ?? '')).toBe(0)
  expect(await fixture.sync({ freeBytes: async () => 256 * 1024 * 1024 + 100_000 })).toMatchObject({
    ok: true,
  })
})

test('an empty prefix is an answer of its own and removes nothing', async () => {
  const { server } = fixture
  const { data, manifest } = deliver(server, { period: '2026-09', files: { '1.parquet': bytes(1_000) } })
  got(await fixture.sync())
  for (const key of [...data, manifest]) server.objects.delete(key)
  expect(await fixture.sync()).toMatchObject({ ok: false, failure: { code: 'no-exports' } })
  expect(await importable()).toHaveLength(1)
})

test('a month that left the bucket stays on this machine', async () => {
  const { server } = fixture
  const old = deliver(server, { period: '2025-01', files: { '1.parquet': bytes(1_000) } })
  deliver(server, { period: '2026-09', files: { '1.parquet': bytes(1_000, 2) } })
  got(await fixture.sync())
  for (const key of [...old.data, old.manifest]) server.objects.delete(key)
  expect(got(await fixture.sync()).report).toMatchObject({ state: 'done', bytes: 0 })
  expect(await importable()).toHaveLength(2)
})

test('what the source no longer points to leaves its folder', async () => {
  const { server } = fixture
  deliver(server, { root: 'finops/one', period: '2026-09', files: { '1.parquet': bytes(1_000) } })
  deliver(server, { root: 'finops/two', period: '2026-09', files: { '1.parquet': bytes(1_000, 2) } })
  got(await fixture.sync())
  const before = server.gets().length
  const { report } = got(await fixture.sync({}, { prefix: 'finops/two' }))
  expect(report).toMatchObject({ state: 'done', bytes: 0 })
  expect(server.gets().length).toBe(before)
  expect([...(await fixture.mirrored()).keys()].every((key) => key.startsWith('finops/two/'))).toBe(true)
})

test('files that were lost from the folder are put back without fetching them again', async () => {
  const { server } = fixture
  const { data } = deliver(server, { period: '2026-09', files: { '1.parquet': bytes(1_000) } })
  got(await fixture.sync())
  await rm(join(fixture.folder, 'finops'), { recursive: true })
  await writeFile(join(fixture.folder, 'index.json'), '{"half":')
  const before = server.gets().length
  expect(got(await fixture.sync()).report).toMatchObject({ state: 'done', bytes: 0 })
  expect(server.gets().length).toBe(before)
  expect((await fixture.mirrored()).get(data[0] ?? '')?.equals(bytes(1_000))).toBe(true)
})

test('keys that would climb out of the folder stay inside it', async () => {
  const { server } = fixture
  const root = 'finops/../../../../escaped/con/a\\b'
  const { data } = deliver(server, { root, period: '2026-09', files: { '1.parquet': bytes(1_000) } })
  expect(got(await fixture.sync()).report.state).toBe('done')
  const keys = [...(await fixture.mirrored()).keys()]
  expect(keys).toContain(
    'finops/%2E%2E/%2E%2E/%2E%2E/%2E%2E/escaped/%63on/a%5Cb/data/BILLING_PERIOD=2026-09/1.parquet',
  )
  expect(data[0]).toContain('..')
  expect(await importable()).toEqual([{ period: '2026-09', files: 1, verified: true }])
})

test('exports whose names differ only in letter case are not mixed', async () => {
  const { server } = fixture
  const upper = deliver(server, {
    root: 'finops/Export',
    period: '2026-09',
    files: { '1.parquet': bytes(1_000, 1) },
  })
  const lower = deliver(server, {
    root: 'finops/export',
    period: '2026-09',
    files: { '1.parquet': bytes(1_000, 2) },
  })
  const { report } = got(await fixture.sync())
  expect(report.state).toBe('partly')
  expect(report.missing.map(({ key }) => key).sort()).toEqual([...lower.data, lower.manifest].sort())
  expect([...(await fixture.mirrored()).keys()].sort()).toEqual([...upper.data, upper.manifest].sort())
})

test('a manifest that is none is listed as such', async () => {
  const { server } = fixture
  const { manifest } = deliver(server, { period: '2026-09', files: { '1.parquet': bytes(1_000) } })
  server.put(manifest, '{"dataFiles": [', { modifiedMs: Date.UTC(2026, 9, 2) })
  const { report } = got(await fixture.sync())
  expect(report).toMatchObject({ state: 'failed', missing: [{ key: manifest }] })
  expect(draft.bucket).toBe(server.bucket)
})
