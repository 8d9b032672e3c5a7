import type { ExportGuess, FoundPeriod, MissingObject } from '../../analytics/contract/s3-sources'
import type { ListedObject } from '../aws/list-objects'
import { type ListedPeriod, newestFolder, newestManifest } from './catalogue'
import { localParts, type TakenPaths } from './local-path'
import { keyTail, parseManifest } from './manifest'

/** What a period needs to be here, whole; and what keeps it from that. */
export interface PeriodPlan {
  readonly root: string
  readonly period: string
  readonly kind: ExportGuess
  readonly state: FoundPeriod['state']
  readonly manifest: ListedObject | null
  readonly data: readonly ListedObject[]
  /** Not empty: nothing of the period is fetched or replaced. */
  readonly missing: readonly MissingObject[]
}

/** A delivery is written within minutes; a bucket that was copied has times in any order, and old ones. */
const deliveryMs = 60 * 60 * 1000

export interface PlanningPorts {
  readonly readManifest: (object: ListedObject) => Promise<string>
  readonly taken: TakenPaths
  readonly now: () => number
}

export async function planPeriod(listed: ListedPeriod, ports: PlanningPorts): Promise<PeriodPlan> {
  const manifest = newestManifest(listed)
  const base = { root: listed.root, period: listed.period, manifest }
  if (manifest === null) {
    const data = newestFolder(listed.data)
    const missing = unsafe(data, ports.taken)
    const kind = listed.layout === 'cur-1' ? 'cur1' : 'unknown'
    return { ...base, kind, data, missing, state: missing.length > 0 ? 'incomplete' : 'unverified' }
  }
  const parsed = parseManifest(await ports.readManifest(manifest), listed.layout)
  if (parsed === null) {
    const reason = 'The manifest names no data files; which files belong to the period is not known.'
    return incomplete(base, 'unknown', [], [{ key: manifest.key, reason }])
  }
  const exact = new Map(listed.data.map((object) => [object.key, object]))
  const byTail = new Map(listed.data.map((object) => [keyTail(object.key), object]))
  const data: ListedObject[] = []
  const absent: MissingObject[] = []
  for (const key of new Set(parsed.keys)) {
    const object = exact.get(key) ?? byTail.get(keyTail(key))
    if (object) data.push(object)
    else
      absent.push({ key: key.slice(0, 1_024), reason: 'The manifest names it and it is not in the bucket.' })
  }
  if (absent.length > 0) return incomplete(base, parsed.kind, data, absent)
  const running = underWay(manifest, data, ports.now())
  if (running) return incomplete(base, parsed.kind, data, [running])
  const missing = unsafe([...data, manifest], ports.taken)
  if (missing.length > 0) return incomplete(base, parsed.kind, data, missing)
  return { ...base, kind: parsed.kind, data, missing: [], state: 'whole' }
}

function incomplete(
  base: Pick<PeriodPlan, 'root' | 'period' | 'manifest'>,
  kind: ExportGuess,
  data: readonly ListedObject[],
  missing: readonly MissingObject[],
): PeriodPlan {
  return { ...base, kind, data, missing, state: 'incomplete' }
}

/** The manifest is written after the data: data that is newer belongs to a delivery which is not complete yet. */
function underWay(manifest: ListedObject, data: readonly ListedObject[], now: number): MissingObject | null {
  const newer = data.find(
    ({ modifiedMs }) => modifiedMs > manifest.modifiedMs && now - modifiedMs < deliveryMs,
  )
  if (!newer) return null
  return {
    key: newer.key,
    reason: 'A new delivery of this period is being written; sync again in an hour.',
  }
}

/** A period is taken whole or not at all, so one key without a place on this disk keeps all of it away. */
function unsafe(objects: readonly ListedObject[], taken: TakenPaths): readonly MissingObject[] {
  const missing: MissingObject[] = []
  for (const { key } of objects) {
    const parts = localParts(key)
    if (parts === null) {
      missing.push({ key, reason: 'A part of its name is longer than disks allow.' })
      continue
    }
    const inTheWay = taken.take(parts)
    if (inTheWay !== null) {
      missing.push({ key, reason: `On many disks it would take the place of ${inTheWay}.` })
    }
  }
  return missing
}
