import type { Relation, Resource } from '../../../analytics/contract/inventory'
import type { AwsSession } from './session'

/** What a collector says of a resource; account, service and part are known to the scan. */
export type ResourceDraft = Omit<Resource, 'account' | 'region' | 'service' | 'part'> & {
  /** Where it is when not where it was asked for. */
  readonly region?: string
}

export type RelationDraft = Pick<Relation, 'from' | 'relation' | 'to'>

export interface Collected {
  readonly resources: readonly ResourceDraft[]
  readonly relations: readonly RelationDraft[]
}

export interface CollectContext {
  readonly session: AwsSession
  readonly account: string
  readonly region: string
  readonly signal: AbortSignal
  /** One request, tried again where that helps. */
  ask<T>(request: () => Promise<T>): Promise<T>
  /** For what is good to know: where it is not allowed, it is noted and the rest goes on. */
  optional<T>(action: string, work: () => Promise<T>, without: T): Promise<T>
}

/** One list of one service: the smallest thing a scan does, skips and does over. */
export interface Collector {
  readonly service: string
  readonly part: string
  /** Asked once a region, or once an account. */
  readonly scope: 'region' | 'account'
  /** The permissions it takes; the first is named when it is not allowed. */
  readonly actions: readonly [string, ...string[]]
  readonly timeoutMs?: number
  collect(context: CollectContext): Promise<Collected>
}
