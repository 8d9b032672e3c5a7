import type {
  Relation,
  Resource,
  ScannedUnit,
  ScanRecord,
  Skipped,
} from '../../../analytics/contract/inventory'
import { type Failure, failure, failureCodes, type Result, succeed } from '../../../analytics/contract/result'
import type { Progress } from '../../../analytics/contract/tasks'
import { listScans, type UnitName } from '../../../analytics/inventory/scan-files'
import { type RetryPolicy, retrying } from '../../sync/retry'
import type { CollectContext, Collected, Collector } from './collector'
import { identityOf, regionsOf } from './identity'
import { type InventoryLine, ScanFolder } from './scan-folder'
import type { AwsSession } from './session'
import { troubleOf } from './trouble'

export interface ScanPlan {
  readonly home: string
  readonly collectors: readonly Collector[]
  readonly regions?: readonly string[] | undefined
  /** Takes over what a scan of the same account did that was broken off not long ago. */
  readonly resume: boolean
}

export interface ScanPorts {
  readonly session: AwsSession
  readonly policy: RetryPolicy
  readonly signal: AbortSignal
  readonly progress: (progress: Progress) => void
  readonly now: () => number
  /** How many units are worked on at the same time. */
  readonly atOnce?: number
}

export interface ScanOutcome {
  readonly record: ScanRecord
  readonly folder: ScanFolder
  readonly resumed: number
}

const unitMs = 5 * 60_000
/** What was seen longer ago is looked at again. */
const resumableMs = 6 * 3_600_000

interface Unit {
  readonly collector: Collector
  readonly region: string
}

/** Looks at everything the collectors know of, region by region. It asks only what reads. */
export async function runScan(plan: ScanPlan, ports: ScanPorts): Promise<Result<ScanOutcome>> {
  const { session, signal } = ports
  const identity = await identityOf(ports)
  if (!identity.ok) return identity
  const account = identity.value
  const known = plan.regions ? succeed({ regions: plan.regions, skipped: [] }) : await regionsOf(ports)
  if (!known.ok) return known
  const { regions } = known.value
  const units = unitsOf(plan.collectors, regions)

  const earlier = plan.resume ? await brokenOff(plan, account, regions, ports.now()) : null
  const startedAt = earlier?.startedAt ?? timeOf(ports)
  const id = earlier?.id ?? `${startedAt.replaceAll(/[:.]/g, '-')}-${account}`
  const folder = ScanFolder.of(plan.home, id)
  await folder.make()

  const done: ScannedUnit[] = [...(earlier?.units ?? []).filter(({ state }) => state === 'done')]
  const skipped: Skipped[] = [...known.value.skipped, ...notesOf(earlier, done)]
  const record = (endedAt: string | null): ScanRecord => ({
    format: 1,
    id,
    account,
    profile: session.profile,
    regions: [...regions],
    services: servicesOf(plan.collectors),
    startedAt,
    endedAt,
    units: [...done].sort(byName),
    skipped: [...skipped].sort(byName),
  })
  const resumed = done.length
  const finished = new Set(done.map(unitKey))
  const left = units.filter(
    ({ collector: { service, part }, region }) => !finished.has(unitKey({ service, part, region })),
  )

  const ending = new AbortController()
  let stopped: Failure | null = null
  const tell = (stage: string) =>
    ports.progress({ stage, done: done.length, total: units.length, unit: 'steps' })
  const work = async (unit: Unit): Promise<void> => {
    const { collector, region } = unit
    const { service, part } = collector
    tell(`Reading ${part.replaceAll('-', ' ')} of ${service} in ${region}`)
    const outcome = await collectUnit(unit, account, ports, AbortSignal.any([signal, ending.signal]))
    if (outcome.stop) {
      stopped ??= outcome.stop
      ending.abort()
      return
    }
    if (outcome.collected) {
      await folder.writeUnit({ service, part, region }, linesOf(outcome.collected, account, unit))
    }
    skipped.push(...outcome.skipped)
    done.push({
      service,
      region,
      part,
      state: outcome.collected ? 'done' : 'skipped',
      at: timeOf(ports),
      resources: outcome.collected?.resources.length ?? 0,
    })
    // Not after each of hundreds: what is lost by a crash is looked at again.
    if (done.length % 16 === 0) await save()
  }
  // One at a time: two would rename the same file.
  let saving: Promise<void> = Promise.resolve()
  const save = (endedAt: string | null = null) => {
    saving = saving.then(() => folder.writeRecord(record(endedAt)))
    return saving
  }

  await save()
  await inTurn(left, ports.atOnce ?? 8, work, () => stopped === null && !signal.aborted)
  if (signal.aborted || stopped !== null) {
    await save()
    return { ok: false, failure: stopped ?? failure(failureCodes.cancelled, 'The scan was cancelled.') }
  }
  const endedAt = timeOf(ports)
  await save(endedAt)
  tell('Inventory read')
  return succeed({ record: record(endedAt), folder, resumed })
}

export function servicesOf(collectors: readonly Collector[]): string[] {
  return [...new Set(collectors.map(({ service }) => service))]
}

function unitsOf(collectors: readonly Collector[], regions: readonly string[]): readonly Unit[] {
  const ofAccount = collectors.filter(({ scope }) => scope === 'account')
  return [
    ...ofAccount.map((collector) => ({ collector, region: 'global' })),
    // Region by region within a collector: neighbours in the list ask different endpoints.
    ...collectors
      .filter(({ scope }) => scope === 'region')
      .flatMap((collector) => regions.map((region) => ({ collector, region }))),
  ]
}

interface UnitOutcome {
  readonly collected: Collected | null
  readonly skipped: readonly Skipped[]
  readonly stop: Failure | null
}

async function collectUnit(
  { collector, region }: Unit,
  account: string,
  { session, policy }: ScanPorts,
  signal: AbortSignal,
): Promise<UnitOutcome> {
  const limit = AbortSignal.timeout(collector.timeoutMs ?? unitMs)
  const within = AbortSignal.any([signal, limit])
  const notes: Skipped[] = []
  const skip = (action: string, code: string, reason: string): Skipped => ({
    service: collector.service,
    region,
    part: collector.part,
    action,
    code,
    reason,
  })
  const context: CollectContext = {
    session,
    account,
    // What has no region is asked in one; the SDK finds the global endpoint.
    region: region === 'global' ? 'us-east-1' : region,
    signal: within,
    ask: (request) => retrying(policy, within, request),
    optional: async (action, work, without) => {
      try {
        return await work()
      } catch (error) {
        const trouble = troubleOf(error, { action, region, profile: session.profile })
        if (trouble.kind === 'stop') throw error
        notes.push(skip(action, trouble.code, trouble.reason))
        return without
      }
    },
  }
  const [action] = collector.actions
  try {
    return { collected: await collector.collect(context), skipped: notes, stop: null }
  } catch (error) {
    if (limit.aborted && !signal.aborted) {
      const minutes = Math.round((collector.timeoutMs ?? unitMs) / 60_000)
      const reason = `${collector.part.replaceAll('-', ' ')} of ${collector.service} took longer than ${minutes} minutes.`
      return { collected: null, skipped: [...notes, skip(action, 'timeout', reason)], stop: null }
    }
    const trouble = troubleOf(error, { action, region, profile: session.profile })
    if (trouble.kind === 'stop') return { collected: null, skipped: [], stop: trouble.failure }
    return { collected: null, skipped: [...notes, skip(action, trouble.code, trouble.reason)], stop: null }
  }
}

function* linesOf(
  { resources, relations }: Collected,
  account: string,
  { collector: { service, part }, region }: Unit,
): Generator<InventoryLine> {
  for (const draft of resources) {
    const resource: Resource = { ...draft, account, region: draft.region ?? region, service, part }
    yield { resource }
  }
  for (const draft of relations) {
    const relation: Relation = { ...draft, account, region, service, part }
    yield { relation }
  }
}

/** The newest scan of the account, where it did not come to its end and asked for the same. */
async function brokenOff(
  { home, collectors }: ScanPlan,
  account: string,
  regions: readonly string[],
  now: number,
): Promise<ScanRecord | null> {
  const newest = (await listScans(home)).filter((scan) => scan.account === account).at(-1)
  if (!newest || newest.endedAt !== null) return null
  if (now - Date.parse(newest.startedAt) > resumableMs) return null
  const same = (one: readonly string[], other: readonly string[]) =>
    one.length === other.length && one.every((item) => other.includes(item))
  return same(newest.regions, regions) && same(newest.services, servicesOf(collectors)) ? newest : null
}

/** Notes of what is done already; what was left out is tried again. */
function notesOf(earlier: ScanRecord | null, done: readonly ScannedUnit[]): readonly Skipped[] {
  const finished = new Set(done.map(unitKey))
  return (earlier?.skipped ?? []).filter((one) => finished.has(unitKey(one)))
}

async function inTurn(
  units: readonly Unit[],
  atOnce: number,
  work: (unit: Unit) => Promise<void>,
  goesOn: () => boolean,
): Promise<void> {
  let at = 0
  const worker = async () => {
    while (at < units.length && goesOn()) {
      const unit = units[at]
      at += 1
      if (unit) await work(unit)
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, units.length) }, worker))
}

const unitKey = ({ service, region, part }: UnitName) => `${region}.${service}.${part}`
const byName = (one: UnitName, other: UnitName) => (unitKey(one) < unitKey(other) ? -1 : 1)
const timeOf = ({ now }: Pick<ScanPorts, 'now'>) => new Date(now()).toISOString()
