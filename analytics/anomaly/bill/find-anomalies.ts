import { createHash } from 'node:crypto'
import { onlyOfTheBill } from '../../allocation/only-of-the-bill'
import type {
  Anomalies,
  AnomaliesRequest,
  Anomaly,
  AnomalyReplay,
  LabelRequest,
  PlannedEvent,
  Severity,
} from '../../contract/anomalies'
import { fail, type Result, succeed } from '../../contract/result'
import type { Work } from '../../engine/work'
import { holdingsOf } from '../../model/holdings'
import type { Connection } from '../../store/connection'
import { dayName, dayNumber } from '../daily/calendar'
import { defaultBillPerYear } from '../dial'
import { readAdjustments, readRestatedPeriods } from './adjustments'
import { type BillScope, concerns } from './bill-cells'
import { detectEvents, incompleteDays } from './detect-events'
import { type Explanation, explainEvent } from './explain-event'
import { type BillEvent, scopeKey } from './gather-events'
import { readLabels, type StoredLabel, silenced, writeLabel } from './labels'
import { readPlannedCosts } from './planned-costs'

type BillWork = Pick<Work, 'store' | 'signal'>

interface NamedEvent extends BillEvent {
  readonly id: string
  /** Calendar days of start, end and detection. */
  readonly days: { readonly start: string; readonly end: string; readonly detected: string }
}

interface Detected {
  readonly key: string
  readonly scope: BillScope
  readonly events: readonly NamedEvent[]
  readonly incomplete: readonly string[]
  readonly explained: Map<string, Explanation>
}

/** The last answers, by data version and question: a screen asks the same again and again. */
const remembered: Detected[] = []
const mostRemembered = 4

export async function findAnomalies(request: AnomaliesRequest, work: BillWork): Promise<Result<Anomalies>> {
  return await connected(work, async (connection) => {
    const detected = await detect(connection, request, work)
    if (!detected.ok) return detected
    if (detected.value === null) {
      return succeed({ currency: null, anomalies: [], adjustments: [], incompleteDays: [] })
    }
    const { scope, incomplete, explained } = detected.value
    const labels = await readLabels(connection)
    const planned = await readPlannedCosts(connection)
    const restated = await readRestatedPeriods(connection, scope.measure, work.signal)
    const from = request.from ?? scope.firstDay
    const to = request.to ?? dayName(dayNumber(scope.to) + 1)
    const wanted = detected.value.events.filter(
      (event) =>
        event.days.start < to &&
        event.days.end > from &&
        !expectedByPlan(event, planned) &&
        !silenced(event.id, event, labels),
    )
    const anomalies: Anomaly[] = []
    for (const event of wanted) {
      const explanation =
        explained.get(event.id) ??
        (await explainEvent(connection, scope, { scope: event.scope, ...windowOf(event) }, work.signal))
      explained.set(event.id, explanation)
      anomalies.push(anomalyOf(event, explanation, scope, labels, restated))
    }
    return succeed({
      currency: scope.currency,
      anomalies,
      adjustments: await readAdjustments(connection, scope, from, to, work.signal),
      incompleteDays: [...incomplete],
    })
  })
}

export async function labelAnomaly(request: LabelRequest, work: BillWork): Promise<Result<LabelRequest>> {
  return await connected(work, async (connection) => {
    const known = remembered.flatMap(({ events }) => events).find(({ id }) => id === request.id)
    const event = known ?? (await lookedUp(connection, request.id, work))
    if (event === null) {
      return fail(
        'no-such-anomaly',
        `There is no anomaly ${request.id}.`,
        'List the anomalies to see their ids.',
      )
    }
    await writeLabel(connection, request, event)
    return succeed(request)
  })
}

/** All of history as the detector would have told it, measured by what people said about it. */
export async function replayAnomalies(
  request: AnomaliesRequest,
  work: BillWork,
): Promise<Result<AnomalyReplay>> {
  return await connected(work, async (connection) => {
    const detected = await detect(connection, request, work)
    if (!detected.ok) return detected
    const labels = await readLabels(connection)
    const events = detected.value?.events ?? []
    const count = (wanted: StoredLabel['label']) =>
      events.filter(({ id }) => labels.some((one) => one.id === id && one.label === wanted)).length
    const [real, expected, notUseful] = [count('real'), count('expected'), count('not-useful')]
    const labelled = real + expected + notUseful
    const days = detected.value
      ? dayNumber(detected.value.scope.to) - dayNumber(detected.value.scope.firstDay)
      : 0
    return succeed({
      alarms: events.length,
      labelled,
      real,
      expected,
      notUseful,
      precision: labelled === 0 ? null : real / labelled,
      alarmsAYear: days === 0 ? 0 : (events.length / days) * 365,
      days,
    })
  })
}

async function lookedUp(connection: Connection, id: string, work: BillWork): Promise<NamedEvent | null> {
  const detected = await detect(connection, {}, work)
  return detected.ok ? (detected.value?.events.find((event) => event.id === id) ?? null) : null
}

/** null for a workspace without usage. */
async function detect(
  connection: Connection,
  request: AnomaliesRequest,
  { store, signal }: BillWork,
): Promise<Result<Detected | null>> {
  if (request.from !== undefined && request.to !== undefined && request.from >= request.to) {
    return fail(
      'empty-period',
      `The period from ${request.from} to ${request.to} holds no day.`,
      '"to" is exclusive: give the day after the last one.',
    )
  }
  const refused = onlyOfTheBill('Anomalies', [
    request.by,
    ...(request.where ?? []).map(({ dimension }) => dimension),
  ])
  if (refused) return refused
  const holdings = await holdingsOf(connection, signal)
  const currency = request.currency ?? holdings.currencies[0]
  if (holdings.firstDay === null || holdings.lastDay === null || currency === undefined) return succeed(null)
  const { from: _from, to: _to, ...question } = request
  const key = JSON.stringify([store.home, holdings.dataVersion, question])
  const before = remembered.find((one) => one.key === key)
  if (before) return succeed(before)
  const incomplete = await incompleteDays(connection, holdings.lastDay, signal)
  const scope: BillScope = {
    measure: request.measure ?? 'effective',
    currency,
    filters: request.where ?? [],
    firstDay: holdings.firstDay,
    to: incomplete[0] ?? dayName(dayNumber(holdings.lastDay) + 1),
  }
  const options = {
    perYear: request.perYear ?? defaultBillPerYear,
    // A threshold, not money that is reported.
    floor: request.floor === undefined ? null : Number.parseFloat(request.floor),
    by: request.by,
  }
  const events = (await detectEvents(connection, scope, options, signal)).map((event) => named(event, scope))
  const detected = { key, scope, events, incomplete, explained: new Map<string, Explanation>() }
  remembered.unshift(detected)
  remembered.length = Math.min(remembered.length, mostRemembered)
  return succeed(detected)
}

function named(event: BillEvent, scope: BillScope): NamedEvent {
  const first = dayNumber(scope.firstDay)
  const days = {
    start: dayName(first + event.start),
    end: dayName(first + event.end),
    detected: dayName(first + event.detected),
  }
  // What it is about and when it was raised: the same event has the same name in every run.
  const words = [
    scope.measure,
    scope.currency,
    scopeKey(event.scope),
    days.detected,
    String(event.impactADay > 0),
  ]
  return { ...event, days, id: createHash('sha256').update(words.join('\n')).digest('hex').slice(0, 12) }
}

function windowOf({ days, expectedADay, start, end }: NamedEvent): {
  start: string
  end: string
  expected: string
} {
  return { start: days.start, end: days.end, expected: (expectedADay * (end - start)).toFixed(6) }
}

function expectedByPlan({ scope, days }: NamedEvent, planned: readonly PlannedEvent[]): boolean {
  return planned.some(
    (event) => event.from <= days.detected && days.start < event.to && concerns(event, scope),
  )
}

function anomalyOf(
  event: NamedEvent,
  explanation: Explanation,
  { currency }: BillScope,
  labels: readonly StoredLabel[],
  restated: ReadonlySet<string>,
): Anomaly {
  const label = labels.find(({ id }) => id === event.id)
  return {
    id: event.id,
    ...event.days,
    kind: event.kind,
    severity: severityOf(event),
    expected: windowOf(event).expected,
    currency,
    ...explanation,
    scope: Object.entries(event.scope).map(([dimension, value]) => ({ dimension, value })),
    restated: restated.has(event.days.start.slice(0, 7)),
    label: label?.label ?? null,
    note: label?.note ?? null,
  }
}

/** By what it moves in a month against what was expected there, and by how far it stands out. */
function severityOf({ impactADay, expectedADay, strength }: BillEvent): Severity {
  const relative = Math.abs(impactADay) / Math.max(Math.abs(expectedADay), Math.abs(impactADay) / 10)
  const points = Math.log2(1 + relative) + Math.log2(Math.max(1, strength))
  if (points < 1) return 'low'
  if (points < 2) return 'medium'
  return points < 4 ? 'high' : 'critical'
}

async function connected<T>({ store }: BillWork, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await store.connect()
  try {
    return await work(connection)
  } finally {
    connection.closeSync()
  }
}
