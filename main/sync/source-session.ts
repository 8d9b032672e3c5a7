import { readFile } from 'node:fs/promises'
import type { S3Client } from '@aws-sdk/client-s3'
import type { S3Draft } from '../../analytics/contract/s3-sources'
import { placeOf } from '../aws/export-layout'
import { type Attempted, describeError, kindOfError } from '../aws/failures'
import { type ListedObject, listPages } from '../aws/list-objects'
import { type Catalogue, type ListedPeriod, newestManifest, readCatalogue } from './catalogue'
import { fetchObject, type Verified } from './fetch-object'
import { TakenPaths } from './local-path'
import { contentKey, type ObjectStore } from './object-store'
import { Places } from './places'
import { type PeriodPlan, planPeriod } from './plan-period'
import { type RetryPolicy, retrying } from './retry'
import { listingPrefix } from './source-place'

export interface SessionPorts {
  readonly client: S3Client
  readonly draft: S3Draft
  /** Where manifests are kept: with the rest in a sync, in a folder for the moment in a test. */
  readonly store: ObjectStore
  readonly signal: AbortSignal
  readonly policy: RetryPolicy
  readonly now: () => number
  readonly onListed: (objectsSeen: number) => void
  readonly onReceived: (bytes: number) => void
  readonly onPosition: (change: number) => void
}

/** How often a period may turn out to be another one than was listed before it is left for the next sync. */
export const mostRounds = 3
const mostManifestBytes = 64 * 1024 * 1024
export const parallel = 4

/** One look at one bucket: what is there, and what a period of it needs. */
export class SourceSession {
  readonly places = new Places(parallel)
  /** What was fetched in this session, and how it was checked. */
  readonly verified = new Map<string, Verified>()
  private readonly taken = new TakenPaths()

  constructor(readonly ports: SessionPorts) {}

  /** null: far more objects than billing exports have. */
  async list(): Promise<Catalogue | null> {
    return await readCatalogue(this.pages(listingPrefix(this.ports.draft.prefix)), this.ports.onListed)
  }

  /** Manifests are read beside each other; what they say is judged in order, so that the outcome is always the same. */
  async planAll(periods: readonly ListedPeriod[]): Promise<readonly PeriodPlan[]> {
    const refused: unknown[] = []
    const fetched = periods.map((period) => this.places.run(() => this.prefetch(period)))
    const outcomes = await Promise.allSettled(fetched)
    const plans: PeriodPlan[] = []
    for (const [index, period] of periods.entries()) {
      const outcome = outcomes[index]
      try {
        if (outcome?.status === 'rejected') throw outcome.reason
        plans.push(await this.plan(period))
      } catch (error) {
        const kind = kindOfError(error)
        if (kind === 'cancelled' || kind === 'credentials') throw error
        refused.push(error)
        plans.push(this.unreadable(period, error))
      }
    }
    const withManifest = periods.filter(({ manifests }) => manifests.length > 0).length
    // Not one manifest could be read: that is about the source, not about its periods.
    if (refused[0] !== undefined && refused.length === withManifest) throw refused[0]
    return plans
  }

  /** The same period as it is now: a delivery went on while it was fetched. */
  async planAgain(plan: PeriodPlan): Promise<PeriodPlan> {
    const keys = [...plan.data, ...(plan.manifest ? [plan.manifest] : [])]
    const partitions = new Set(keys.map(({ key }) => placeOf(key)?.partition ?? ''))
    const catalogues: Catalogue[] = []
    for (const partition of partitions) {
      const catalogue = await readCatalogue(this.pages(`${partition}/`), () => undefined)
      if (catalogue) catalogues.push(catalogue)
    }
    const found = catalogues.flatMap(({ periods }) => periods)
    const first = found[0]
    if (first === undefined) {
      const reason = 'It was there a moment ago and is not any more.'
      return { ...plan, missing: keys.map(({ key }) => ({ key, reason })), state: 'incomplete' }
    }
    return await this.plan({
      ...first,
      data: found.flatMap(({ data }) => data),
      manifests: found.flatMap(({ manifests }) => manifests),
    })
  }

  async fetch(object: ListedObject): Promise<void> {
    const { client, draft, store, signal, policy, onReceived, onPosition } = this.ports
    const verified = await fetchObject(
      { client, bucket: draft.bucket, store, signal, policy, onReceived, onPosition },
      object,
    )
    this.verified.set(contentKey(object), verified)
  }

  attempted(action: string): Attempted {
    const { bucket, profile, region } = this.ports.draft
    return { action, bucket, profile, region }
  }

  private async *pages(prefix: string): AsyncGenerator<readonly ListedObject[]> {
    const { client, draft, signal, policy } = this.ports
    yield* listPages(client, {
      bucket: draft.bucket,
      prefix,
      signal,
      retry: (work) => retrying(policy, signal, work),
    })
  }

  private async plan(period: ListedPeriod): Promise<PeriodPlan> {
    return await planPeriod(period, {
      readManifest: (manifest) => this.readManifest(manifest),
      taken: this.taken,
      now: this.ports.now,
    })
  }

  private async prefetch(period: ListedPeriod): Promise<void> {
    const manifest = newestManifest(period)
    if (manifest !== null) await this.readManifest(manifest)
  }

  private async readManifest(manifest: ListedObject): Promise<string> {
    if (manifest.bytes > mostManifestBytes) return ''
    const { store } = this.ports
    if (!(await store.has(manifest))) await this.fetch(manifest)
    return await readFile(store.path(manifest), 'utf8')
  }

  private unreadable(period: ListedPeriod, error: unknown): PeriodPlan {
    const manifest = newestManifest(period)
    const changed = kindOfError(error) === 'changed' || kindOfError(error) === 'gone'
    const reason = changed
      ? 'It changed while it was read: a new delivery is being written. Sync again in a while.'
      : describeError(error, this.attempted('s3:GetObject')).message
    return {
      root: period.root,
      period: period.period,
      kind: 'unknown',
      state: 'incomplete',
      manifest,
      data: [],
      missing: [{ key: manifest?.key ?? period.root, reason }],
    }
  }
}
