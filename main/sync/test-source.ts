import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { S3Client } from '@aws-sdk/client-s3'
import { type Result, succeed } from '../../analytics/contract/result'
import type {
  ExportGuess,
  FoundExport,
  FoundPeriod,
  S3Draft,
  S3Test,
} from '../../analytics/contract/s3-sources'
import { kindOfError } from '../aws/failures'
import { ObjectStore } from './object-store'
import { bytesToFetch, objectsOf } from './period-objects'
import type { PeriodPlan } from './plan-period'
import { sourceFolder, storeFolder } from './source-place'
import { SourceSession } from './source-session'
import { cancelled, failureOf, type SyncPorts, tooManyObjects } from './sync-source'

export type TestPorts = Omit<SyncPorts, 'freeBytes'>

/** Looks at everything a sync would look at, and fetches nothing but the manifests. */
export async function testSource(draft: S3Draft, ports: TestPorts): Promise<Result<S3Test>> {
  let client: S3Client | null = null
  let action = 's3:ListBucket'
  const folder = await mkdtemp(join(tmpdir(), 'finops-s3-test-'))
  const ignore = () => undefined
  try {
    client = await ports.openClient(draft)
    const { signal, policy, now } = ports
    const session = new SourceSession({
      client,
      draft,
      store: new ObjectStore(folder),
      signal,
      policy,
      now,
      onListed: (objects) =>
        ports.progress({ stage: `Listing ${draft.bucket}`, done: objects, total: null, unit: 'files' }),
      onReceived: ignore,
      onPosition: ignore,
    })
    const catalogue = await session.list()
    if (catalogue === null) return tooManyObjects(draft)
    action = 's3:GetObject'
    const plans = await session.planAll(catalogue.periods)
    const here = new ObjectStore(storeFolder(sourceFolder(ports.home, draft.name)))
    const { objectsSeen, otherObjects } = catalogue
    return succeed({
      region: await regionOf(client, draft.bucket, signal),
      exports: await describeExports(plans, here),
      objectsSeen,
      otherObjects,
      filesToFetch: await countMissing(plans, here),
      bytesToFetch: await bytesToFetch(plans, here),
      missing: plans.flatMap(({ missing }) => missing),
    })
  } catch (error) {
    if (ports.signal.aborted) return cancelled
    return { ok: false, failure: failureOf(error, draft, action) }
  } finally {
    client?.destroy()
    await rm(folder, { recursive: true, force: true })
  }
}

async function describeExports(plans: readonly PeriodPlan[], here: ObjectStore): Promise<FoundExport[]> {
  const byRoot = new Map<string, PeriodPlan[]>()
  for (const plan of plans) byRoot.set(plan.root, [...(byRoot.get(plan.root) ?? []), plan])
  const exports: FoundExport[] = []
  for (const [root, ofRoot] of byRoot) {
    const periods: FoundPeriod[] = []
    for (const plan of ofRoot) periods.push(await describePeriod(plan, here))
    const sum = (pick: (period: FoundPeriod) => number) =>
      periods.reduce((total, period) => total + pick(period), 0)
    exports.push({
      name: root.split('/').at(-1) || root,
      root,
      kind: kindOf(ofRoot),
      periods,
      files: sum(({ files }) => files),
      bytes: sum(({ bytes }) => bytes),
      bytesToFetch: sum((period) => period.bytesToFetch),
    })
  }
  return exports.sort((a, b) => (a.root < b.root ? -1 : 1))
}

async function describePeriod(plan: PeriodPlan, here: ObjectStore): Promise<FoundPeriod> {
  return {
    period: plan.period,
    files: plan.data.length,
    bytes: plan.data.reduce((sum, { bytes }) => sum + bytes, 0),
    bytesToFetch: await bytesToFetch([plan], here),
    state: plan.state,
    deliveredAt: plan.manifest ? new Date(plan.manifest.modifiedMs).toISOString() : null,
  }
}

/** The newest period whose manifest tells. */
function kindOf(plans: readonly PeriodPlan[]): ExportGuess {
  return plans.find(({ kind }) => kind !== 'unknown')?.kind ?? 'unknown'
}

async function countMissing(plans: readonly PeriodPlan[], here: ObjectStore): Promise<number> {
  let files = 0
  for (const plan of plans) {
    if (plan.missing.length > 0) continue
    for (const object of objectsOf(plan)) if (!(await here.has(object))) files += 1
  }
  return files
}

/** Nice to know and no reason to fail: not everybody may ask. */
async function regionOf(client: S3Client, bucket: string, signal: AbortSignal): Promise<string | null> {
  const { GetBucketLocationCommand } = await import('@aws-sdk/client-s3')
  try {
    const answer = await client.send(new GetBucketLocationCommand({ Bucket: bucket }), {
      abortSignal: signal,
    })
    // S3 says nothing for its oldest region, and "EU" for one nearly as old.
    if (answer.LocationConstraint === 'EU') return 'eu-west-1'
    return answer.LocationConstraint || 'us-east-1'
  } catch (error) {
    if (signal.aborted || kindOfError(error) === 'credentials') throw error
    return null
  }
}
