import type { AnomalyKind } from '../../contract/anomalies'
import type { Finding } from '../kinds'
import type { BillCell, CellDimensions } from './bill-cells'
import { compatible, keyOf } from './levels'

/** What was found in one cell of one level. */
export interface CellFinding {
  readonly cell: BillCell
  readonly finding: Finding
}

/** One event of the bill: everything that tells of the same thing, once. */
export interface BillEvent {
  readonly kind: AnomalyKind
  readonly start: number
  readonly end: number
  readonly detected: number
  readonly strength: number
  /** What all of it has in common: the level that explains it. */
  readonly scope: CellDimensions
  /** Of a day, estimated. */
  readonly expectedADay: number
  readonly impactADay: number
}

export interface FindingsByLevel {
  readonly lines: readonly CellFinding[]
  readonly resources: readonly CellFinding[]
  /** From account and service up to the whole bill: the narrower first. */
  readonly upper: readonly (readonly CellFinding[])[]
}

/** Findings of the same cause are raised within so many days of each other. */
const sameTime = 3
/** A share of an upper level's change that makes one part of it the explanation. */
const explains = 0.6
const manyParts = 3

interface Cluster {
  members: CellFinding[]
  /** Set where several parts moved together and the level above them is the explanation. */
  scope: CellDimensions | null
}

export function gatherEvents({ lines, resources, upper }: FindingsByLevel): readonly BillEvent[] {
  const clusters: Cluster[] = []
  for (const found of chained(lines)) {
    const home = clusters.find(({ members }) =>
      members.some(
        (member) => sameDirection(member, found) && near(member, found) && sameWork(member, found),
      ),
    )
    if (home) home.members.push(found)
    else clusters.push({ members: [found], scope: null })
  }
  for (const found of chained(resources.filter(lastingResource))) {
    const home = clusters.find(({ members }) => members.some((member) => tellsOfSame(member, found)))
    if (home) home.members.push(found)
    else clusters.push({ members: [found], scope: null })
  }
  for (const level of upper) for (const found of chained(level)) absorb(clusters, found)
  return clusters.map(eventOf).sort((a, b) => a.detected - b.detected || a.start - b.start)
}

/** A finding of an upper level: told already, the common explanation of several, or an event of its own. */
function absorb(clusters: Cluster[], found: CellFinding): void {
  const parts = clusters.filter(({ members }) => members.some((member) => tellsOfSame(member, found)))
  if (parts.length === 0) {
    clusters.push({ members: [found], scope: null })
    return
  }
  const whole = Math.abs(impactADay(found))
  const together = parts.filter(({ members }) => members.some((member) => near(member, found)))
  const largest = Math.max(...together.map(({ members }) => Math.abs(largestOf(members))))
  if (together.length < manyParts || largest > explains * whole) return
  for (const part of together) clusters.splice(clusters.indexOf(part), 1)
  clusters.push({
    members: [found, ...together.flatMap(({ members }) => members)],
    scope: found.cell.dimensions,
  })
}

function largestOf(members: readonly CellFinding[]): number {
  return members.reduce(
    (most, member) => (Math.abs(impactADay(member)) > Math.abs(most) ? impactADay(member) : most),
    0,
  )
}

/** In one cell what follows on what is still going on is the same story: only the first of it raises an alarm. */
function chained(found: readonly CellFinding[]): readonly CellFinding[] {
  const kept: { cell: BillCell; finding: Finding }[] = []
  const lastOf = new Map<BillCell, { cell: BillCell; finding: Finding }>()
  for (const { cell, finding } of found) {
    const last = lastOf.get(cell)
    const next = { cell, finding }
    if (last && finding.start <= last.finding.end && sameDirection(last, next)) {
      last.finding = {
        ...last.finding,
        end: Math.max(last.finding.end, finding.end),
        strength: Math.max(last.finding.strength, finding.strength),
        kind: joinedKind(last.finding, finding),
        // The first of it is measured against what was before; the rest against it would be counted twice.
        expected: last.finding.expected * stretch(last.finding, finding),
        actual: last.finding.actual + finding.actual * beyond(last.finding, finding),
      }
      continue
    }
    kept.push(next)
    lastOf.set(cell, next)
  }
  return kept
}

/** Small steps one after the other, all to one side, are a drift. */
function joinedKind(first: Finding, next: Finding): AnomalyKind {
  const slow = (kind: AnomalyKind) => kind === 'shift' || kind === 'drift'
  return slow(first.kind) && slow(next.kind) && next.start > first.start + 1 ? 'drift' : first.kind
}

function stretch(first: Finding, next: Finding): number {
  return (Math.max(first.end, next.end) - first.start) / (first.end - first.start)
}

function beyond(first: Finding, next: Finding): number {
  return Math.max(0, next.end - first.end) / (next.end - next.start)
}

function sameDirection(one: CellFinding, other: CellFinding): boolean {
  return Math.sign(impactADay(one)) === Math.sign(impactADay(other))
}

function near({ finding: one }: CellFinding, { finding: other }: CellFinding): boolean {
  return Math.abs(one.detected - other.detected) <= sameTime
}

function sameWork({ cell: one }: CellFinding, { cell: other }: CellFinding): boolean {
  const same = (name: string) => one.dimensions[name] === other.dimensions[name]
  return same('service') && (same('account') || same('usage-type'))
}

/** Whether a finding elsewhere in the hierarchy tells of what a member tells. */
function tellsOfSame(member: CellFinding, found: CellFinding): boolean {
  if (!compatible(found.cell.dimensions, member.cell.dimensions) || !sameDirection(member, found))
    return false
  const slack = 7
  return (
    found.finding.detected >= member.finding.start - slack &&
    found.finding.start <= member.finding.end + slack
  )
}

/** Machines come and go; that one did is told by its usage type. What lasts can be told by itself. */
function lastingResource({ finding }: CellFinding): boolean {
  if (finding.kind === 'new' || finding.kind === 'gone') return false
  const { actual, expected, kind } = finding
  return kind === 'missing' || Math.abs(actual) > 0.1 * Math.abs(expected)
}

function impactADay({ finding }: CellFinding): number {
  return (finding.actual - finding.expected) / (finding.end - finding.start)
}

const depth = ({ cell }: CellFinding) => Object.keys(cell.dimensions).length

function eventOf({ members, scope }: Cluster): BillEvent {
  const finest = scope === null ? Math.max(...members.map(depth)) : Object.keys(scope).length
  const lines = members.filter((member) => depth(member) === Math.min(finest, 4))
  const whole = scope === null && lines.length > 0 ? lines : members.slice(0, 1)
  const resource = scope === null ? members.find((member) => depth(member) === 5) : undefined
  const impact = whole.reduce((sum, member) => sum + impactADay(member), 0)
  const main = whole.reduce((most, one) =>
    Math.abs(impactADay(one)) > Math.abs(impactADay(most)) ? one : most,
  )
  // One resource that makes up the whole of it knows best what happened.
  const told =
    resource && Math.abs(impactADay(resource)) > explains * Math.abs(impactADay(main)) ? resource : main
  const core = [...whole, ...(resource ? [resource] : [])]
  return {
    kind: told.finding.kind === 'shift' ? main.finding.kind : told.finding.kind,
    start: Math.min(main.finding.start, told.finding.start),
    end: Math.max(...core.map(({ finding }) => finding.end)),
    detected: Math.min(...core.map(({ finding }) => finding.detected)),
    strength: Math.max(...core.map(({ finding }) => finding.strength)),
    scope: scope ?? common(whole),
    expectedADay: whole.reduce(
      (sum, { finding }) => sum + finding.expected / (finding.end - finding.start),
      0,
    ),
    impactADay: impact,
  }
}

function common(members: readonly CellFinding[]): CellDimensions {
  const [first, ...rest] = members.map(({ cell }) => cell.dimensions)
  return Object.fromEntries(
    Object.entries(first ?? {}).filter(([name, value]) =>
      rest.every((dimensions) => dimensions[name] === value),
    ),
  )
}

export function scopeKey(scope: CellDimensions): string {
  return keyOf(scope)
}
