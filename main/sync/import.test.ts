import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative, sep } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Result } from '../../analytics/contract/result'
import type { Work } from '../../analytics/engine/work'
import { runImport } from '../../analytics/ingest/run-import'
import { writeSampleOrganisation } from '../../analytics/sample/write-sample'
import { openStore, type Store } from '../../analytics/store/open-store'
import { listS3Sources, recordS3Sync, removeS3Source, writeS3Source } from '../../analytics/store/s3-sources'
import { quickClient } from '../aws/testing/aws-environment'
import { syncAnswers } from './answers'
import { draft, got, openSyncFixture, type SyncFixture } from './sync-fixture'

let fixture: SyncFixture
let store: Store
let sample: string

beforeEach(async () => {
  fixture = await openSyncFixture()
  store = got(await openStore(fixture.home, { memoryLimit: '400MB', threads: 2 }))
  sample = await mkdtemp(join(tmpdir(), 'finops-sample-'))
})
afterEach(async () => {
  await store.close()
  await fixture.end()
  await rm(sample, { recursive: true })
})

async function engine(channel: string, input: unknown): Promise<Result<unknown>> {
  const work: Work = {
    store,
    signal: new AbortController().signal,
    progress: () => undefined,
    dataChanged: () => undefined,
    recovery: null,
  }
  switch (channel) {
    case 's3-sources/list':
      return await listS3Sources(input, work)
    case 's3-sources/write':
      return await writeS3Source(input as Parameters<typeof writeS3Source>[0], work)
    case 's3-sources/remove':
      return await removeS3Source(input as Parameters<typeof removeS3Source>[0], work)
    case 's3-sources/synced':
      return await recordS3Sync(input as Parameters<typeof recordS3Sync>[0], work)
    default:
      return await runImport(input as Parameters<typeof runImport>[0], work)
  }
}

/** The sample organisation's export, as it would lie in its bucket. */
async function upload(seed: number): Promise<void> {
  const { exportRoot } = await writeSampleOrganisation({
    folder: sample,
    until: '2026-09-04',
    seed,
    scale: 1,
    months: 2,
    hourlyMonths: 0,
  })
  for (const entry of await readdir(exportRoot, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const key = ['finops', ...relative(join(exportRoot, '..'), path).split(sep)].join('/')
    fixture.server.put(key, await readFile(path))
  }
}

test('from the bucket to the figures, through the real store and the real importer', async () => {
  await upload(3)
  const answers = syncAnswers({ home: fixture.home, env: process.env, ask: engine, settings: quickClient })
  const saved = got(await answers['s3/save'](draft))
  expect(saved.test.exports).toMatchObject([
    { kind: 'cur2', periods: [{ state: 'whole' }, { state: 'whole' }] },
  ])

  const first = got(await answers['sync/run']({}))
  expect(first.sources).toMatchObject([{ state: 'done', missing: [] }])
  expect(first.imports.map(({ period, state, verified }) => [period, state, verified]).sort()).toEqual([
    ['2026-08', 'new', true],
    ['2026-09', 'new', true],
  ])

  const second = got(await answers['sync/run']({}))
  expect(second.sources).toMatchObject([{ state: 'done', bytes: 0 }])
  expect(second.imports.map(({ state }) => state)).toEqual(['unchanged', 'unchanged'])

  await upload(4)
  const third = got(await answers['sync/run']({}))
  expect(third.imports.map(({ state }) => state)).toEqual(['replaced', 'replaced'])
  expect(got(await answers['s3/list']()).sources[0]?.lastSync).toMatchObject({ state: 'done' })
  await answers['s3/remove']({ name: draft.name })
  expect(await readdir(join(fixture.home, 'downloads'))).toEqual([])
})
