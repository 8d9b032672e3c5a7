import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { findExports } from '../../analytics/ingest/find-exports'
import { Mirror } from './mirror'
import { type Named, ObjectStore } from './object-store'

/** Stops the world at the n-th rename, as a power cut would. */
const cut = vi.hoisted(() => ({ after: Number.POSITIVE_INFINITY, renames: 0 }))
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>()
  return {
    ...real,
    rename: async (from: string, to: string) => {
      if (cut.renames >= cut.after) throw new Error('power cut')
      cut.renames += 1
      await real.rename(from, to)
    },
  }
})

let folder: string
let store: ObjectStore
let mirror: Mirror

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'finops-mirror-'))
  store = new ObjectStore(join(folder, '.objects'))
  mirror = new Mirror(folder, store)
  await store.make()
  cut.after = Number.POSITIVE_INFINITY
  cut.renames = 0
})
afterEach(async () => {
  cut.after = Number.POSITIVE_INFINITY
  await rm(folder, { recursive: true })
})

const root = 'p/e'
const data = (name: string, etag: string): Named => ({
  key: `${root}/data/BILLING_PERIOD=2026-09/${name}`,
  etag,
})
const manifest = (etag: string, within = ''): Named => ({
  key: `${root}/metadata/BILLING_PERIOD=2026-09/${within}e-Manifest.json`,
  etag,
})

async function have(object: Named, content: string): Promise<Named> {
  await mkdir(dirname(store.path(object)), { recursive: true })
  await writeFile(store.path(object), content)
  return object
}

async function delivery(
  version: string,
  names: readonly string[],
  within = '',
): Promise<() => Promise<void>> {
  const files: Named[] = []
  for (const name of names) files.push(await have(data(within + name, version), `PAR1 ${version} of ${name}`))
  const text = JSON.stringify({ dataFiles: files.map(({ key }) => key) })
  const last = await have(manifest(version, within), text)
  return () => mirror.place(files, last)
}

/** What an importer would take in: the versions of the files it was vouched for; nothing when it refuses. */
async function imported(): Promise<readonly string[]> {
  const found = await findExports(folder)
  if (!found.ok || found.value.refused.length > 0) return []
  const texts: string[] = []
  for (const set of found.value.sets) {
    expect(set.manifest).not.toBeNull()
    for (const { path } of set.files) texts.push((await readFile(path, 'utf8')).split(' ')[1] ?? '')
  }
  return texts
}

const names = ['1.parquet', '2.parquet', '3.parquet']

test.each([
  ['the same names', names, ''],
  ['other names', ['4.parquet', '5.parquet'], ''],
  ['a folder of its own', names, '20261002-b/'],
] as const)(
  'a cut at any moment (%s): the former delivery, the new one or a refusal, never a mixture',
  async (_what, fresh, within) => {
    for (let moment = 0; ; moment += 1) {
      await rm(join(folder, 'p'), { recursive: true, force: true })
      cut.after = Number.POSITIVE_INFINITY
      await (await delivery('old', names, within === '' ? '' : '20261001-a/'))()
      expect(await imported()).toEqual(['old', 'old', 'old'])
      const place = await delivery('new', fresh, within)
      cut.renames = 0
      cut.after = moment
      const whole = await place().then(
        () => true,
        () => false,
      )
      expect([[], names.map(() => 'old'), fresh.map(() => 'new')]).toContainEqual(await imported())
      // The next sync places it again, whatever was left behind.
      cut.after = Number.POSITIVE_INFINITY
      await place()
      expect(await imported()).toEqual(fresh.map(() => 'new'))
      if (whole) break
      expect(moment).toBeLessThan(10)
    }
  },
)

test('a manifest beside its data goes in with it', async () => {
  const file = await have({ key: 'p/cur/20260901-20261001/cur-1.csv.gz', etag: 'a' }, 'rows')
  const label = await have({ key: 'p/cur/20260901-20261001/cur-Manifest.json', etag: 'b' }, '{}')
  await mirror.place([file], label)
  // One that looks for a former folder, one that puts both in place.
  expect(cut.renames).toBe(2)
  expect(await readFile(mirror.path(label.key), 'utf8')).toBe('{}')
})

test('the store and the folder share the bytes: a period can be put together again from what is here', async () => {
  const place = await delivery('old', names)
  await place()
  await rename(join(folder, 'p'), join(folder, 'gone'))
  await place()
  expect(await readFile(mirror.path(data('2.parquet', 'old').key), 'utf8')).toBe('PAR1 old of 2.parquet')
})
