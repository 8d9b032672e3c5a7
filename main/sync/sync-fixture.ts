import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Result } from '../../analytics/contract/result'
import type { S3Draft } from '../../analytics/contract/s3-sources'
import { openS3 } from '../aws/clients'
import { type AwsEnvironment, awsEnvironment, quickClient } from '../aws/testing/aws-environment'
import { S3TestServer } from '../aws/testing/s3-server'
import type { PutOptions } from '../aws/testing/stored-objects'
import { sourceFolder } from './source-place'
import { type SyncOutcome, type SyncPorts, syncSource } from './sync-source'

export interface SyncFixture {
  readonly server: S3TestServer
  readonly home: string
  readonly folder: string
  readonly environment: AwsEnvironment
  sync(change?: Partial<SyncPorts>, draft?: Partial<S3Draft>): Promise<Result<SyncOutcome>>
  /** Paths and contents of what an importer would see. */
  mirrored(): Promise<ReadonlyMap<string, Buffer>>
  ports(change?: Partial<SyncPorts>): SyncPorts
  end(): Promise<void>
}

export const draft: S3Draft = {
  name: 'billing',
  bucket: 'company-billing',
  prefix: 'finops/',
  profile: null,
  region: 'us-east-1',
}

/** Long after everything the tests deliver. */
export const now = Date.UTC(2026, 9, 15)

export async function openSyncFixture(): Promise<SyncFixture> {
  const server = await S3TestServer.start()
  const environment = await awsEnvironment(server.url)
  const home = await mkdtemp(join(tmpdir(), 'finops-sync-'))
  const folder = sourceFolder(home, draft.name)
  const ports = (change: Partial<SyncPorts> = {}): SyncPorts => ({
    home,
    openClient: (place) => openS3(place, { env: process.env, settings: quickClient }),
    policy: { attempts: 4, baseMs: 1, mostMs: 4, stallMs: 300, random: () => 0.5 },
    freeBytes: async () => Number.MAX_SAFE_INTEGER,
    now: () => now,
    signal: new AbortController().signal,
    progress: () => undefined,
    ...change,
  })
  return {
    server,
    home,
    folder,
    environment,
    ports,
    sync: (change, place) => syncSource({ ...draft, ...place }, ports(change)),
    mirrored: () => readTree(folder),
    end: async () => {
      await server.close()
      await environment.end()
      await rm(home, { recursive: true })
    },
  }
}

async function readTree(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  const files = new Map<string, Buffer>()
  const visit = async (path: string, key: string): Promise<void> => {
    for (const entry of await readdir(path, { withFileTypes: true })) {
      if (entry.name.startsWith('.') || (key === '' && entry.name === 'index.json')) continue
      const at = join(path, entry.name)
      const name = key === '' ? entry.name : `${key}/${entry.name}`
      if (entry.isDirectory()) await visit(at, name)
      else files.set(name, await readFile(at))
    }
  }
  await visit(folder, '')
  return files
}

export interface Delivery {
  readonly period: string
  readonly files: Readonly<Record<string, Buffer | string>>
  readonly root?: string
  /** Folder of the execution, where each delivery has its own. */
  readonly execution?: string
  readonly modifiedMs?: number
  readonly options?: PutOptions
  /** Keys that the manifest names besides. */
  readonly also?: readonly string[]
  readonly columns?: readonly string[]
}

export const defaultRoot = 'finops/cur2-daily'

/** Writes what Data Exports writes: the data first, the manifest last. */
export function deliver(server: S3TestServer, delivery: Delivery): { data: string[]; manifest: string } {
  const root = delivery.root ?? defaultRoot
  const within = delivery.execution === undefined ? '' : `${delivery.execution}/`
  const modifiedMs = delivery.modifiedMs ?? Date.UTC(2026, 9, 1)
  const folder = `${root}/data/BILLING_PERIOD=${delivery.period}/${within}`
  const data = Object.entries(delivery.files).map(([name, body]) => {
    server.put(folder + name, Buffer.from(body), { ...delivery.options, modifiedMs })
    return folder + name
  })
  const manifest = `${root}/metadata/BILLING_PERIOD=${delivery.period}/${within}${root.split('/').at(-1)}-Manifest.json`
  const text = JSON.stringify({
    columns: (delivery.columns ?? ['line_item_unblended_cost']).map((name) => ({ name })),
    dataFiles: [...data, ...(delivery.also ?? [])].map((key) => `s3://${server.bucket}/${key}`),
  })
  server.put(manifest, text, { modifiedMs: modifiedMs + 1_000 })
  return { data, manifest }
}

/** Bytes that are the same for the same seed and hard to mistake for others; they begin as Parquet does. */
export function bytes(length: number, seed = 1): Buffer {
  const body = Buffer.alloc(length)
  let state = seed >>> 0
  for (let at = 0; at < length; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    body[at] = state >>> 24
  }
  body.write('PAR1')
  return body
}

export function got<T>(result: Result<T>): T {
  if (!result.ok)
    throw new Error(`${result.failure.code}: ${result.failure.message} ${result.failure.details}`)
  return result.value
}
