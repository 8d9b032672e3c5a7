import { mkdir, mkdtemp, readdir, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import type { ImportReport } from '../contract/imports'
import type { Result } from '../contract/result'
import type { CostQuery, CostTable } from '../contract/spend'
import type { Progress } from '../contract/tasks'
import type { Work } from '../engine/work'
import { runImport } from '../ingest/run-import'
import { runCostQuery } from '../model/run-query'
import type { Row, SqlValue } from '../store/connection'
import { openStore, type Store, type StoreSettings } from '../store/open-store'

/** One thread: small questions are answered sooner by one than by several. */
export const testSettings = { memoryLimit: '500MB', threads: 1 } as const

export interface TestStore {
  readonly store: Store
  readonly home: string
  /** A folder for the billing files of a test, outside the workspace. */
  readonly outside: string
  readonly progress: readonly Progress[]
  readonly dataVersions: readonly number[]
  work(more?: Partial<Work>): Work
  bringIn(...paths: readonly string[]): Promise<Result<ImportReport>>
  /** The answer to a query that must succeed. */
  query(query: CostQuery): Promise<CostTable>
  rows(sql: string, values?: readonly SqlValue[]): Promise<readonly Row[]>
  close(): Promise<void>
}

/** A workspace in a temporary folder, and the work that an engine would give to its answers. */
export async function openTestStore(
  name = 'workspace',
  settings: StoreSettings = testSettings,
): Promise<TestStore> {
  const folder = await temporaryFolder()
  const home = join(folder, name)
  const outside = join(folder, 'outside')
  await mkdir(outside)
  const opened = mustSucceed(await openStore(home, settings))
  return testStoreOver(opened, folder, outside)
}

function testStoreOver(store: Store, folder: string, outside: string): TestStore {
  const progress: Progress[] = []
  const dataVersions: number[] = []
  const work = (more: Partial<Work> = {}): Work => ({
    store,
    signal: new AbortController().signal,
    progress: (step) => progress.push(step),
    dataChanged: (version) => dataVersions.push(version),
    recovery: null,
    ...more,
  })
  return {
    store,
    home: store.home,
    outside,
    progress,
    dataVersions,
    work,
    bringIn: (...paths) => runImport({ paths: [...paths] }, work()),
    query: async (query) => mustSucceed(await runCostQuery(query, work())),
    rows: async (sql, values = []) => {
      const connection = await store.connect()
      try {
        return await connection.rows(sql, values)
      } finally {
        connection.closeSync()
      }
    },
    close: async () => {
      await store.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export async function temporaryFolder(): Promise<string> {
  return await realpath(await mkdtemp(join(tmpdir(), 'finops-test-')))
}

export function mustSucceed<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw new Error(`${result.failure.code}: ${result.failure.message} ${result.failure.details ?? ''}`)
}

export function codeOf(result: Result<unknown>): string {
  return result.ok ? 'ok' : result.failure.code
}

/** Paths of all files below a folder, sorted. */
export async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort()
}
