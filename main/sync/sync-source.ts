import { rm } from 'node:fs/promises'
import type { S3Client } from '@aws-sdk/client-s3'
import { type Failure, fail, failureCodes, type Result, succeed } from '../../analytics/contract/result'
import type { MissingObject, S3Draft, SyncedSource } from '../../analytics/contract/s3-sources'
import type { Progress } from '../../analytics/contract/tasks'
import { describeError, kindOfError } from '../aws/failures'
import { checkSpace, diskFailure, type FreeBytes, inWords } from './disk-space'
import { type MirrorIndex, readIndex } from './index-file'
import { Mirror } from './mirror'
import { ObjectStore } from './object-store'
import { bytesToFetch } from './period-objects'
import type { RetryPolicy } from './retry'
import { listingPrefix, sourceFolder, storeFolder } from './source-place'
import { SourceSession } from './source-session'
import { type SyncNote, SyncPeriods } from './sync-periods'

export interface SyncPorts {
  readonly home: string
  readonly openClient: (draft: S3Draft) => Promise<S3Client>
  readonly policy: RetryPolicy
  readonly freeBytes: FreeBytes
  readonly now: () => number
  readonly signal: AbortSignal
  readonly progress: (progress: Progress) => void
}

export interface SyncOutcome {
  readonly report: SyncedSource
  readonly notes: readonly SyncNote[]
}

/** Brings a source's folder up to date with its bucket: complete, or with a list of exactly what is not here. */
export async function syncSource(draft: S3Draft, ports: SyncPorts): Promise<Result<SyncOutcome>> {
  const folder = sourceFolder(ports.home, draft.name)
  const store = new ObjectStore(storeFolder(folder))
  const mirror = new Mirror(folder, store)
  let client: S3Client | null = null
  let action = 's3:ListBucket'
  try {
    client = await ports.openClient(draft)
    const counts = { received: 0, position: 0 }
    let tell: () => void = () => undefined
    const session = new SourceSession({
      client,
      draft,
      store,
      signal: ports.signal,
      policy: ports.policy,
      now: ports.now,
      onListed: (objects) =>
        ports.progress({ stage: `Listing ${draft.bucket}`, done: objects, total: null, unit: 'files' }),
      onReceived: (bytes) => {
        counts.received += bytes
      },
      onPosition: (change) => {
        counts.position += change
        tell()
      },
    })
    const catalogue = await session.list()
    if (catalogue === null) return tooManyObjects(draft)
    if (catalogue.periods.length === 0) return nothingFound(draft, catalogue.objectsSeen)
    await store.make()
    const index = await takeUpIndex(folder, mirror, draft)
    action = 's3:GetObject'
    const plans = await session.planAll(catalogue.periods)
    const needed = await bytesToFetch(plans, store)
    const space = await checkSpace(folder, needed, ports.freeBytes)
    if (!space.ok) return space
    counts.position = 0
    const periods = new SyncPeriods(session, store, mirror, folder, index)
    const total = needed
    tell = () => {
      const files = `${periods.fetched} of ${periods.toFetch}`
      const done = Math.min(total, Math.max(0, counts.position))
      ports.progress({ stage: `Fetching from ${draft.bucket}: ${files} files`, done, total, unit: 'bytes' })
    }
    await periods.run(plans)
    if (ports.signal.aborted) return cancelled
    await store.keepOnly(periods.wanted())
    return succeed(reportOf(draft, folder, periods, counts.received))
  } catch (error) {
    if (ports.signal.aborted || kindOfError(error) === 'cancelled') return cancelled
    return { ok: false, failure: diskFailure(error, folder) ?? failureOf(error, draft, action) }
  } finally {
    client?.destroy()
  }
}

export const cancelled = fail(
  failureCodes.cancelled,
  'The sync was cancelled.',
  'What had arrived is kept; the next sync goes on from there.',
)

/** A source that now points elsewhere must not go on showing what it pointed to before. */
async function takeUpIndex(folder: string, mirror: Mirror, draft: S3Draft): Promise<MirrorIndex> {
  const known = await readIndex(folder)
  const empty: MirrorIndex = { version: 1, bucket: draft.bucket, prefix: draft.prefix, periods: [] }
  if (known === null) return empty
  const prefix = listingPrefix(draft.prefix)
  const stays = (root: string) => known.bucket === draft.bucket && `${root}/`.startsWith(prefix)
  for (const period of known.periods) if (!stays(period.root)) await mirror.remove(period.files)
  return { ...empty, periods: known.periods.filter(({ root }) => stays(root)) }
}

function reportOf(draft: S3Draft, folder: string, periods: SyncPeriods, bytes: number): SyncOutcome {
  const { missing, fetched, unchanged, placed, standing } = periods
  const whole = placed + standing
  const state = missing.length === 0 ? 'done' : whole > 0 ? 'partly' : 'failed'
  const files = { fetched, unchanged, failed: missing.length }
  return {
    report: {
      name: draft.name,
      state,
      message: sentence(files, bytes, missing),
      files,
      bytes,
      missing: [...missing],
      folder,
    },
    notes: periods.notes(),
  }
}

function sentence(files: SyncedSource['files'], bytes: number, missing: readonly MissingObject[]): string {
  const news =
    files.fetched === 0 ? 'Nothing had changed' : `${counted(files.fetched)} fetched, ${inWords(bytes)}`
  if (missing.length === 0) return `${news}.`
  return `${news}. ${counted(missing.length)} missing; the periods they belong to are left as they were.`
}

const counted = (files: number) => `${files} file${files === 1 ? '' : 's'}`

export function nothingFound(draft: S3Draft, objectsSeen: number): Result<never> {
  const where = draft.prefix === '' ? `the bucket ${draft.bucket}` : `${draft.bucket}/${draft.prefix}`
  return fail(
    'no-exports',
    objectsSeen === 0
      ? `There is nothing in ${where}.`
      : `There is no billing export in ${where}, only ${objectsSeen} other object${objectsSeen === 1 ? '' : 's'}.`,
    'Check the prefix. The first delivery of a new export takes up to a day.',
  )
}

export function tooManyObjects(draft: S3Draft): Result<never> {
  return fail(
    'too-many-objects',
    `The bucket ${draft.bucket} holds more files of exports than one source can take.`,
    'Narrow the prefix to the folder of the export.',
  )
}

export function failureOf(error: unknown, draft: S3Draft, action: string): Failure {
  const { bucket, profile, region } = draft
  return describeError(error, { action, bucket, profile, region })
}

export async function removeMirror(home: string, name: string): Promise<void> {
  await rm(sourceFolder(home, name), { recursive: true, force: true })
}
