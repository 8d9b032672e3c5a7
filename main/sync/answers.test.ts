import { access } from 'node:fs/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fail, type Result, succeed } from '../../analytics/contract/result'
import {
  type S3Source,
  s3SavedSchema,
  s3TestSchema,
  syncReportSchema,
} from '../../analytics/contract/s3-sources'
import { quickClient } from '../aws/testing/aws-environment'
import { type SyncAnswers, syncAnswers } from './answers'
import { bytes, deliver, draft, got, now, openSyncFixture, type SyncFixture } from './sync-fixture'

let fixture: SyncFixture
let answers: SyncAnswers
let sources: S3Source[]
let asked: { channel: string; input: unknown }[]
let importing: Result<unknown>

/** The engine's part: a list in place of a database. */
async function engine(channel: string, input: unknown): Promise<Result<unknown>> {
  asked.push({ channel, input })
  const { name } = input as { name?: string }
  const source = sources.find((one) => one.name === name)
  switch (channel) {
    case 's3-sources/list':
      return succeed({ sources })
    case 's3-sources/write': {
      const written = { ...(input as typeof draft), addedAt: '2026-10-01T00:00:00Z', lastSync: null }
      sources = [...sources.filter((one) => one !== source), written]
      return succeed(written)
    }
    case 's3-sources/remove':
      if (!source) return fail('no-such-source', 'There is no such source.')
      sources = sources.filter((one) => one !== source)
      return succeed({ name })
    case 's3-sources/synced': {
      const lastSync = (input as { lastSync: S3Source['lastSync'] }).lastSync
      sources = sources.map((one) => (one === source ? { ...one, lastSync } : one))
      return succeed(sources.find((one) => one.name === name))
    }
    default:
      return importing
  }
}

beforeEach(async () => {
  fixture = await openSyncFixture()
  sources = []
  asked = []
  importing = succeed({ imports: [], warnings: [{ code: 'noted', message: 'A note.', file: null }] })
  answers = syncAnswers({
    home: fixture.home,
    env: process.env,
    ask: engine,
    settings: quickClient,
    policy: fixture.ports().policy,
    freeBytes: async () => Number.MAX_SAFE_INTEGER,
    now: () => now,
  })
})
afterEach(async () => {
  await fixture.end()
})

test('a test says what is there, of what kind, and how much a sync would fetch', async () => {
  const { server } = fixture
  deliver(server, { period: '2026-08', files: { '1.parquet': bytes(1_000) } })
  deliver(server, { period: '2026-09', files: { '1.parquet': bytes(2_000), '2.parquet': bytes(500) } })
  deliver(server, {
    root: 'finops/focus',
    period: '2026-09',
    files: { '1.parquet': bytes(10) },
    columns: ['BilledCost'],
  })
  deliver(server, {
    root: 'finops/half',
    period: '2026-09',
    files: { '1.parquet': bytes(10) },
    also: ['finops/half/data/BILLING_PERIOD=2026-09/2.parquet'],
  })
  server.put('finops/other.txt', 'x')
  const found = got(await answers['s3/test'](draft))
  expect(s3TestSchema.parse(found)).toMatchObject({
    region: 'us-east-1',
    objectsSeen: 10,
    otherObjects: 1,
    missing: [{ key: 'finops/half/data/BILLING_PERIOD=2026-09/2.parquet' }],
  })
  expect(found.exports.map(({ name, kind, files, bytes: size }) => [name, kind, files, size])).toEqual([
    ['cur2-daily', 'cur2', 3, 3_500],
    ['focus', 'focus', 1, 10],
    ['half', 'cur2', 1, 10],
  ])
  expect(found.exports[0]?.periods.map(({ period, state }) => [period, state])).toEqual([
    ['2026-09', 'whole'],
    ['2026-08', 'whole'],
  ])
  expect(found.exports[2]?.periods[0]).toMatchObject({ state: 'incomplete', bytesToFetch: 0 })
  expect(found.filesToFetch).toBe(7)
  const manifests = ['2026-08', '2026-09'].map(
    (period) =>
      server.objects.get(`finops/cur2-daily/metadata/BILLING_PERIOD=${period}/cur2-daily-Manifest.json`)
        ?.bytes ?? 0,
  )
  expect(found.exports[0]?.bytesToFetch).toBe(3_500 + (manifests[0] ?? 0) + (manifests[1] ?? 0))
  // Nothing but manifests was read, and nothing was written into the workspace.
  expect(server.gets().every(({ key }) => key.endsWith('Manifest.json'))).toBe(true)
  await expect(access(fixture.folder)).rejects.toThrow()
})

test('a source is saved only after its test passed', async () => {
  const { server } = fixture
  server.rules.push({ fault: { kind: 'access-denied' }, operation: 'list' })
  expect(await answers['s3/save'](draft)).toMatchObject({ ok: false, failure: { code: 'access-denied' } })
  server.rules.length = 0
  expect(await answers['s3/save'](draft)).toMatchObject({ ok: false, failure: { code: 'no-exports' } })
  expect(sources).toEqual([])
  expect(await answers['s3/save']({ ...draft, allowEmpty: true })).toMatchObject({ ok: true })
  deliver(server, { period: '2026-09', files: { '1.parquet': bytes(1_000) } })
  expect(s3SavedSchema.parse(got(await answers['s3/save'](draft))).source).toMatchObject(draft)
  expect(got(await answers['s3/list']()).sources).toHaveLength(1)
})

test('a sync fetches, imports the folder, merges the reports and remembers how it ended', async () => {
  deliver(fixture.server, {
    period: '2026-09',
    files: { '1.parquet': bytes(1_000) },
    options: { multipart: true },
  })
  await answers['s3/save'](draft)
  const report = syncReportSchema.parse(got(await answers['sync/run']({})))
  expect(report.sources).toMatchObject([{ name: 'billing', state: 'done', files: { fetched: 2 } }])
  expect(report.warnings.map(({ code }) => code)).toEqual(['checked-by-size', 'noted'])
  expect(asked.at(-1)).toEqual({
    channel: 'import/run',
    input: { paths: [fixture.folder], copyOf: { source: 'billing', origin: 's3://company-billing/' } },
  })
  expect(sources[0]?.lastSync).toEqual({
    at: '2026-10-15T00:00:00.000Z',
    state: 'done',
    message: report.sources[0]?.message,
  })
  const again = got(await answers['s3/test'](draft))
  expect(again).toMatchObject({ filesToFetch: 0, bytesToFetch: 0 })
})

test('what the importer refuses is a warning of the sync', async () => {
  deliver(fixture.server, { period: '2026-09', files: { '1.parquet': bytes(1_000) } })
  await answers['s3/save'](draft)
  importing = fail('no-billing-data', 'No billing export was found.', 'Choose another folder.')
  const report = got(await answers['sync/run']({ name: 'billing' }))
  expect(report.warnings).toEqual([
    {
      code: 'no-billing-data',
      message: 'No billing export was found. Choose another folder.',
      file: fixture.folder,
    },
  ])
})

test('one source that fails does not hold up another; alone, its failure is the answer', async () => {
  deliver(fixture.server, { period: '2026-09', files: { '1.parquet': bytes(1_000) } })
  await answers['s3/save'](draft)
  sources = [
    { ...draft, name: 'absent', bucket: 'no-bucket', addedAt: '2026-10-01T00:00:00Z', lastSync: null },
    ...sources,
  ]
  const report = syncReportSchema.parse(got(await answers['sync/run']({})))
  expect(report.sources.map(({ name, state }) => [name, state])).toEqual([
    ['absent', 'failed'],
    ['billing', 'done'],
  ])
  expect(report.warnings[0]).toMatchObject({ code: 'no-such-bucket' })
  expect(await answers['sync/run']({ name: 'absent' })).toMatchObject({
    ok: false,
    failure: { code: 'no-such-bucket' },
  })
  expect(sources.find(({ name }) => name === 'absent')?.lastSync).toMatchObject({ state: 'failed' })
})

test('two syncs of one source at a time are refused; removing takes the files along', async () => {
  deliver(fixture.server, { period: '2026-09', files: { '1.parquet': bytes(1_000) } })
  await answers['s3/save'](draft)
  fixture.server.rules.push({ fault: { kind: 'delay', ms: 100 }, operation: 'list', times: 1 })
  const running = answers['sync/run']({})
  await new Promise((resolve) => setTimeout(resolve, 10))
  expect(await answers['sync/run']({})).toMatchObject({ ok: false, failure: { code: 'sync-running' } })
  expect(await answers['s3/remove']({ name: 'billing' })).toMatchObject({
    ok: false,
    failure: { code: 'sync-running' },
  })
  expect(await running).toMatchObject({ ok: true })
  expect(await answers['s3/remove']({ name: 'billing' })).toMatchObject({ ok: true })
  await expect(access(fixture.folder)).rejects.toThrow()
  expect(await answers['sync/run']({})).toMatchObject({ ok: false, failure: { code: 'no-sources' } })
  expect(await answers['sync/run']({ name: 'billing' })).toMatchObject({
    ok: false,
    failure: { code: 'no-such-source' },
  })
})

test('a cancelled sync imports nothing and says that it goes on next time', async () => {
  deliver(fixture.server, { period: '2026-09', files: { '1.parquet': bytes(1_000) } })
  await answers['s3/save'](draft)
  const stop = new AbortController()
  fixture.server.onPiece = () => stop.abort()
  const cancelled = await answers['sync/run']({}, { signal: stop.signal })
  expect(cancelled).toMatchObject({ ok: false, failure: { code: 'cancelled' } })
  expect(asked.some(({ channel }) => channel === 'import/run')).toBe(false)
  expect(sources[0]?.lastSync).toMatchObject({ state: 'partly' })
})
