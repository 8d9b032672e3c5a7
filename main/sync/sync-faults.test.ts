import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Fault } from '../aws/testing/faults'
import { readIndex } from './index-file'
import { contentName } from './local-path'
import { storeFolder } from './source-place'
import { bytes, deliver, got, openSyncFixture, type SyncFixture } from './sync-fixture'

let fixture: SyncFixture
const body = bytes(200_000, 4)
let key: string
let manifest: string

beforeEach(async () => {
  fixture = await openSyncFixture()
  const delivered = deliver(fixture.server, {
    period: '2026-09',
    files: { '1.parquet': body, '2.parquet': bytes(30_000, 8) },
  })
  key = delivered.data[0] ?? ''
  manifest = delivered.manifest
})
afterEach(async () => {
  await fixture.end()
})

function strike(fault: Fault, times?: number): void {
  fixture.server.rules.push({ fault, key, operation: 'get', ...(times === undefined ? {} : { times }) })
}

/** What has not been read when a connection breaks is lost: time enough that something has been read. */
function unhurried(): void {
  fixture.server.pieceBytes = 20_000
  fixture.server.pieceDelayMs = 15
}

const passing: readonly (readonly [string, Fault])[] = [
  ['throttling', { kind: 'slow-down' }],
  ['an internal error', { kind: 'internal-error' }],
  ['a reset before the answer', { kind: 'reset' }],
  ['a reset in the body', { kind: 'reset', afterBytes: 70_000 }],
  ['a body that is cut off', { kind: 'truncate', afterBytes: 120_000 }],
  ['a body that is announced shorter', { kind: 'short', afterBytes: 90_000 }],
  ['an answer that never comes', { kind: 'hang' }],
  ['a body that stands still', { kind: 'hang', afterBytes: 60_000 }],
  ['a flipped bit', { kind: 'corrupt' }],
  ['a login page in place of the object', { kind: 'html' }],
]

test.each(passing)('%s, twice, and the file is whole and byte for byte the same', async (_name, fault) => {
  strike(fault, 2)
  const { report } = got(await fixture.sync())
  expect(report).toMatchObject({ state: 'done', missing: [], files: { fetched: 3 } })
  expect((await fixture.mirrored()).get(key)?.equals(body)).toBe(true)
})

const lasting = passing.map(
  ([name, fault]) => [name, 'afterBytes' in fault ? { ...fault, afterBytes: 0 } : fault] as const,
)

test.each(lasting)(
  '%s, for good: exactly that file is missing and the other one is kept',
  async (_name, fault) => {
    strike(fault)
    const { report } = got(await fixture.sync())
    expect(report.state).toBe('failed')
    expect(report.missing.map((one) => one.key)).toEqual([key])
    expect(report.missing[0]?.reason.length).toBeGreaterThan(10)
    expect((await fixture.mirrored()).size).toBe(0)
    fixture.server.rules.length = 0
    const before = fixture.server.gets().length
    expect(got(await fixture.sync()).report).toMatchObject({
      state: 'done',
      files: { fetched: 1, unchanged: 2 },
    })
    expect(
      new Set(
        fixture.server
          .gets()
          .slice(before)
          .map((one) => one.key),
      ),
    ).toEqual(new Set([key]))
  },
)

test('a connection that always breaks but always gets a little further arrives in the end', async () => {
  unhurried()
  strike({ kind: 'truncate', afterBytes: 30_000 })
  expect(got(await fixture.sync()).report.state).toBe('done')
  expect((await fixture.mirrored()).get(key)?.equals(body)).toBe(true)
})

test('after a cut it goes on behind the last byte that arrived: no byte arrives twice', async () => {
  unhurried()
  strike({ kind: 'truncate', afterBytes: 150_000 }, 1)
  const { report } = got(await fixture.sync())
  const ranges = fixture.server.gets().flatMap((one) => (one.key === key ? [one.range] : []))
  expect(ranges).toEqual([null, expect.stringMatching(/^bytes=[1-9]\d*-$/)])
  const sizes = [key, key.replace('1.parquet', '2.parquet'), manifest].map(
    (name) => fixture.server.objects.get(name)?.bytes ?? 0,
  )
  expect(report.bytes).toBe(sizes.reduce((sum, size) => sum + size, 0))
})

test('cancel keeps the part, and the next sync goes on behind it', async () => {
  const { server } = fixture
  unhurried()
  const stop = new AbortController()
  server.onPiece = (seen) => {
    if (seen.key === key && seen.sent >= 60_000) stop.abort()
  }
  const cancelled = await fixture.sync({ signal: stop.signal })
  expect(cancelled).toMatchObject({ ok: false, failure: { code: 'cancelled' } })
  const etag = server.objects.get(key)?.etag ?? ''
  const part = join(storeFolder(fixture.folder), `${contentName(key, etag)}.part`)
  const kept = (await stat(part)).size
  expect(kept).toBeGreaterThan(0)
  expect(kept).toBeLessThan(body.length)
  expect((await fixture.mirrored()).size).toBe(0)

  server.onPiece = null
  server.pieceDelayMs = 0
  const before = server.requests.length
  const { report } = got(await fixture.sync())
  const again = server.requests.slice(before).filter((one) => one.operation === 'get' && one.key === key)
  expect(again.map(({ range }) => range)).toEqual([`bytes=${kept}-`])
  expect(again[0]?.sent).toBe(body.length - kept)
  expect(report.state).toBe('done')
  expect((await fixture.mirrored()).get(key)?.equals(body)).toBe(true)
})

test('a resumed file is checked as a whole: a damaged part is thrown away and fetched anew', async () => {
  const { server } = fixture
  unhurried()
  const stop = new AbortController()
  server.onPiece = (seen) => {
    if (seen.key === key && seen.sent >= 100_000) stop.abort()
  }
  await fixture.sync({ signal: stop.signal })
  server.onPiece = null
  const etag = server.objects.get(key)?.etag ?? ''
  const part = join(storeFolder(fixture.folder), `${contentName(key, etag)}.part`)
  const damaged = await readFile(part)
  damaged[10] = (damaged[10] ?? 0) ^ 1
  await writeFile(part, damaged)
  const before = server.requests.length
  expect(got(await fixture.sync()).report.state).toBe('done')
  const asked = server.requests.slice(before).filter((one) => one.operation === 'get' && one.key === key)
  expect(asked.map(({ range }) => range)).toEqual([`bytes=${damaged.length}-`, null])
  expect((await fixture.mirrored()).get(key)?.equals(body)).toBe(true)
})

test('an object that changes during a resume is never glued to its former part', async () => {
  const { server } = fixture
  unhurried()
  strike({ kind: 'reset', afterBytes: 100_000 }, 1)
  const fresh = bytes(210_000, 99)
  let changed = false
  server.onPiece = (seen) => {
    if (seen.key !== key || seen.sent < 80_000 || changed) return
    changed = true
    deliver(server, {
      period: '2026-09',
      files: { '1.parquet': fresh, '2.parquet': bytes(30_000, 8) },
      modifiedMs: Date.UTC(2026, 9, 3),
    })
  }
  const { report } = got(await fixture.sync())
  expect(changed).toBe(true)
  expect(report.state).toBe('done')
  expect((await fixture.mirrored()).get(key)?.equals(fresh)).toBe(true)
  expect(server.requests.some(({ status }) => status === 412)).toBe(true)
  // What was left of the former version is gone.
  const parts = (await readdir(storeFolder(fixture.folder))).filter((name) => name.includes('.part'))
  expect(parts).toEqual([])
})

test('an object that never stops changing is listed, and the period stays away', async () => {
  const { server } = fixture
  let version = 1_000
  server.onPiece = (seen) => {
    if (seen.key !== key) return
    version += 1
    server.put(key, bytes(200_000, version), { modifiedMs: Date.UTC(2026, 9, 1) })
  }
  server.rules.push({ fault: { kind: 'reset', afterBytes: 50_000 }, key, operation: 'get' })
  const { report } = got(await fixture.sync())
  expect(report).toMatchObject({ state: 'failed', missing: [{ key }] })
  expect((await fixture.mirrored()).size).toBe(0)
})

test('expired credentials stop the sync at once and every file that is not here is listed', async () => {
  const { server } = fixture
  const more = deliver(server, { period: '2026-08', files: { '1.parquet': bytes(9_000, 5) } })
  server.rules.push({ fault: { kind: 'expired-token' }, key: /parquet$/, operation: 'get' })
  const { report } = got(await fixture.sync())
  const all = [key, key.replace('1.parquet', '2.parquet'), ...more.data]
  expect(report.missing.map((one) => one.key).sort()).toEqual([...all].sort())
  expect(report.missing.every(({ reason }) => /expired/.test(reason))).toBe(true)
  expect(server.gets().filter((one) => one.key.endsWith('parquet')).length).toBeLessThanOrEqual(all.length)
})

test('a denied object names the permission; the other period goes in', async () => {
  const { server } = fixture
  deliver(server, { period: '2026-08', files: { '1.parquet': bytes(9_000, 5) } })
  strike({
    kind: 'access-denied',
    message: 'User is not authorized to perform: kms:Decrypt on this resource',
  })
  const { report } = got(await fixture.sync())
  expect(report).toMatchObject({ state: 'partly', missing: [{ key }] })
  expect(report.missing[0]?.reason).toMatch(/kms:Decrypt/)
  expect(server.gets().filter((one) => one.key === key)).toHaveLength(1)
})

test('one manifest that may not be read keeps its month away and nothing else', async () => {
  const { server } = fixture
  deliver(server, { period: '2026-08', files: { '1.parquet': bytes(9_000, 5) } })
  server.rules.push({ fault: { kind: 'access-denied' }, key: manifest })
  const { report } = got(await fixture.sync())
  expect(report).toMatchObject({ state: 'partly', missing: [{ key: manifest }] })
  server.rules.length = 0
  server.rules.push({ fault: { kind: 'access-denied' }, operation: 'get' })
  deliver(server, {
    period: '2026-08',
    files: { 'other.parquet': bytes(9_100, 6) },
    modifiedMs: Date.UTC(2026, 9, 4),
  })
  server.rules[0] = { fault: { kind: 'access-denied' }, operation: 'get' }
  expect(await fixture.sync()).toMatchObject({
    ok: false,
    failure: { code: 'access-denied', message: expect.stringContaining('s3:GetObject') },
  })
})

test('how each file was checked is recorded, and files that only have a size are said so', async () => {
  const { server } = fixture
  deliver(server, {
    period: '2026-05',
    files: { '1.parquet': bytes(9_000, 1) },
    options: { multipart: true },
  })
  deliver(server, {
    period: '2026-06',
    files: { '1.parquet': bytes(9_000, 2) },
    options: { multipart: true, checksum: 'crc64nvme' },
  })
  deliver(server, {
    period: '2026-07',
    files: { '1.parquet': bytes(9_000, 3) },
    options: { checksum: 'sha256', headers: { 'x-amz-server-side-encryption': 'aws:kms' } },
  })
  const { notes } = got(await fixture.sync())
  expect(notes).toMatchObject([{ code: 'checked-by-size', message: expect.stringMatching(/^1 of/) }])
  const index = await readIndex(fixture.folder)
  const how = new Map(index?.periods.map(({ period, files }) => [period, files[0]?.verified]))
  expect(Object.fromEntries(how)).toEqual({
    '2026-05': 'size',
    '2026-06': 'crc64nvme',
    '2026-07': 'sha256',
    '2026-09': 'md5',
  })
})

test.each(['crc32', 'crc32c', 'crc64nvme', 'sha1', 'sha256'] as const)(
  'damage is noticed by %s alone',
  async (checksum) => {
    const { server } = fixture
    const { data } = deliver(server, {
      period: '2026-06',
      files: { '1.parquet': body },
      options: { multipart: true, checksum },
    })
    server.rules.push({ fault: { kind: 'corrupt' }, key: data[0] ?? '', operation: 'get' })
    const { report } = got(await fixture.sync())
    expect(report.missing).toMatchObject([{ key: data[0], reason: expect.stringContaining(checksum) }])
  },
)

test.each([
  ['broken', { kind: 'html' }],
  ['well formed', { kind: 'html', wellFormed: true }],
  ['forbidding', { kind: 'html', status: 403 }],
] as const)(
  'a login page (%s) in place of the listing is an error, never an empty bucket',
  async (_name, fault) => {
    got(await fixture.sync())
    fixture.server.rules.push({ fault, operation: 'list' })
    expect(await fixture.sync()).toMatchObject({ ok: false, failure: { code: 'not-s3-answer' } })
    expect((await fixture.mirrored()).get(key)?.equals(body)).toBe(true)
  },
)

test('a listing that is throttled, reset and cut off goes on where it was', async () => {
  const { server } = fixture
  server.rules.push(
    { fault: { kind: 'slow-down' }, operation: 'list', times: 1 },
    { fault: { kind: 'reset' }, operation: 'list', times: 1 },
    { fault: { kind: 'truncate', afterBytes: 200 }, operation: 'list', times: 1 },
  )
  expect(got(await fixture.sync()).report.state).toBe('done')
})
