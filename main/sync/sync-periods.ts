import type { MissingObject } from '../../analytics/contract/s3-sources'
import { describeError, kindOfError } from '../aws/failures'
import type { ListedObject } from '../aws/list-objects'
import { diskFailure } from './disk-space'
import { type IndexEntry, type IndexPeriod, type MirrorIndex, writeIndex } from './index-file'
import type { Mirror } from './mirror'
import { contentKey, type Named, type ObjectStore } from './object-store'
import { objectsOf } from './period-objects'
import type { PeriodPlan } from './plan-period'
import { mostRounds, type SourceSession } from './source-session'

export interface SyncNote {
  readonly code: string
  readonly message: string
}

/** Fetches and places the periods of a source; each succeeds or fails as a whole, none holds up another. */
export class SyncPeriods {
  readonly missing: MissingObject[] = []
  fetched = 0
  unchanged = 0
  /** Files that were not here at the start. */
  toFetch = 0
  placed = 0
  /** Periods that were already as they should be. */
  standing = 0
  private index: MirrorIndex
  private readonly plans: PeriodPlan[] = []
  private readonly left = new Set<PeriodPlan>()
  private fatal: { readonly error: unknown } | null = null
  private placing: Promise<void> = Promise.resolve()
  /** Why nothing more will come; then nothing more is asked for. */
  private refused: unknown = null

  constructor(
    private readonly session: SourceSession,
    private readonly store: ObjectStore,
    private readonly mirror: Mirror,
    private readonly folder: string,
    index: MirrorIndex,
  ) {
    this.index = index
    // Manifests have already come, to be planned by.
    this.fetched = session.verified.size
  }

  async run(plans: readonly PeriodPlan[]): Promise<void> {
    for (const plan of plans) {
      if (plan.missing.length > 0) continue
      for (const object of objectsOf(plan)) {
        if (this.session.verified.has(contentKey(object)) || !(await this.store.has(object)))
          this.toFetch += 1
        else this.unchanged += 1
      }
    }
    const outcomes = await Promise.allSettled(plans.map((plan) => this.period(plan)))
    await this.placing
    if (this.fatal) throw this.fatal.error
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
  }

  /** What has to be kept: the content of what lies in the folder, and of what is being brought there. */
  *wanted(): Generator<Named> {
    for (const { files } of this.index.periods) yield* files
    for (const plan of this.plans) yield* objectsOf(plan)
  }

  notes(): readonly SyncNote[] {
    const left = this.plans
      .filter((plan) => this.left.has(plan))
      .map((plan) => ({
        code: 'period-left',
        message: `${plan.root} ${plan.period} was left as it was, because not all of its files could be fetched.`,
      }))
    const bySize = [...this.session.verified.values()].filter((how) => how === 'size').length
    if (bySize === 0) return left
    return [
      ...left,
      {
        code: 'checked-by-size',
        message: `${bySize} of the fetched files ${bySize === 1 ? 'has' : 'have'} no checksum in S3 that covers the whole file, as after an upload in parts; only the size could be checked.`,
      },
    ]
  }

  private async period(first: PeriodPlan): Promise<void> {
    let plan = first
    for (let round = 1; ; round += 1) {
      if (plan.missing.length > 0) return this.leave(plan, plan.missing)
      const troubles = await this.fetchAll(plan)
      if (this.fatal) return
      if (troubles.length === 0) break
      const moved = troubles.some(({ error }) => ['changed', 'gone'].includes(kindOfError(error)))
      if (!moved || round >= mostRounds) {
        return this.leave(
          plan,
          troubles.map(({ object, error }) => ({ key: object.key, reason: this.reasonOf(error) })),
        )
      }
      try {
        plan = await this.session.planAgain(plan)
      } catch (error) {
        if (this.session.ports.signal.aborted) throw error
        return this.leave(
          plan,
          troubles.map(({ object }) => ({ key: object.key, reason: this.reasonOf(error) })),
        )
      }
    }
    this.plans.push(plan)
    await this.settle(plan)
  }

  private leave(plan: PeriodPlan, missing: readonly MissingObject[]): void {
    this.plans.push(plan)
    this.left.add(plan)
    this.missing.push(...missing)
  }

  private async fetchAll(
    plan: PeriodPlan,
  ): Promise<readonly { readonly object: ListedObject; readonly error: unknown }[]> {
    const troubles: { object: ListedObject; error: unknown }[] = []
    const fetchOne = async (object: ListedObject): Promise<void> => {
      if (this.fatal || (await this.store.has(object))) return
      try {
        await this.session.fetch(object)
        this.fetched += 1
      } catch (error) {
        if (
          kindOfError(error) === 'cancelled' ||
          this.session.ports.signal.aborted ||
          this.isDiskTrouble(error)
        ) {
          this.fatal ??= { error }
        } else if (kindOfError(error) === 'credentials') {
          // With these credentials nothing more will come: what is left is missing for the same reason.
          troubles.push({ object, error })
          this.refused ??= error
        } else troubles.push({ object, error })
      }
    }
    await Promise.all(
      objectsOf(plan).map((object) =>
        this.session.places.run(async () => {
          if (this.refused === null) return await fetchOne(object)
          if (!(await this.store.has(object))) troubles.push({ object, error: this.refused })
        }),
      ),
    )
    return troubles
  }

  /** One period at a time is put in place, and the index says so before the next. */
  private async settle(plan: PeriodPlan): Promise<void> {
    this.placing = this.placing.then(async () => {
      if (this.fatal) return
      try {
        await this.place(plan)
      } catch (error) {
        if (this.isDiskTrouble(error)) this.fatal ??= { error }
        else {
          const reason = `It could not be put in place: ${error instanceof Error ? error.message : String(error)}`
          this.left.add(plan)
          this.missing.push(...objectsOf(plan).map(({ key }) => ({ key, reason })))
        }
      }
    })
    await this.placing
  }

  private async place(plan: PeriodPlan): Promise<void> {
    if (plan.data.length === 0) return
    const files = objectsOf(plan)
    const known = this.index.periods.find(({ root, period }) => root === plan.root && period === plan.period)
    if (known && sameFiles(known, files) && (await this.mirror.holds(files))) {
      this.standing += 1
      return
    }
    await this.mirror.place(plan.data, plan.manifest)
    this.placed += 1
    const before = new Map(known?.files.map((file) => [contentKey(file), file]))
    const entry: IndexPeriod = {
      root: plan.root,
      period: plan.period,
      files: files.map((file): IndexEntry => {
        const { key, bytes, etag } = file
        const verified =
          this.session.verified.get(contentKey(file)) ?? before.get(contentKey(file))?.verified ?? 'size'
        return { key, bytes, etag, verified }
      }),
    }
    const others = this.index.periods.filter((one) => one !== known)
    this.index = { ...this.index, periods: [...others, entry] }
    await writeIndex(this.folder, this.index)
  }

  private isDiskTrouble(error: unknown): boolean {
    return diskFailure(error, this.folder) !== null
  }

  private reasonOf(error: unknown): string {
    const kind = kindOfError(error)
    if (kind === 'changed' || kind === 'gone')
      return 'It kept changing while it was fetched; sync again later.'
    const { message, hint } = describeError(error, this.session.attempted('s3:GetObject'))
    return hint === undefined ? message : `${message} ${hint}`
  }
}

function sameFiles(known: IndexPeriod, files: readonly ListedObject[]): boolean {
  const etags = new Map(known.files.map(({ key, etag }) => [key, etag]))
  return etags.size === files.length && files.every(({ key, etag }) => etags.get(key) === etag)
}
