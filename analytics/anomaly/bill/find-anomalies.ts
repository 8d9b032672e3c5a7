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
import { dayName, dayNumber } from '../daily/calendar'
import { readAdjustments, readRestatedPeriods } from './adjustments'
import { type BillScope, concerns } from './bill-cells'
import { billImports } from './bill-items'
import type { Explanation } from './explain-event'
import { type BillWork, connected, eventNamed, knownRun, type NamedEvent, windowOf } from './known-run'
import { readLabels, type StoredLabel, silenced, writeLabel } from './labels'
import { readPlannedCosts } from './planned-costs'

export async function findAnomalies(request: AnomaliesRequest, work: BillWork): Promise<Result<Anomalies>> {
  const known = await knownRun(request, work)
  if (!known.ok) return known
  const run = known.value
  if (run === null) return succeed({ currency: null, anomalies: [], adjustments: [], incompleteDays: [] })
  return await connected(work, async (connection) => {
    const { scope, incomplete } = run
    const labels = await readLabels(connection)
    const planned = await readPlannedCosts(connection)
    const imports = await billImports(connection, work.signal)
    const restated = await readRestatedPeriods(connection, scope.measure, work.signal)
    const from = request.from ?? scope.firstDay
    const to = request.to ?? dayName(dayNumber(scope.to) + 1)
    const anomalies = run.events
      .filter(
        (event) =>
          event.days.start < to &&
          event.days.end > from &&
          !expectedByPlan(event, planned) &&
          !silenced(event.id, event, labels),
      )
      .flatMap((event) => {
        const explanation = run.explanationOf(event)
        return explanation === null ? [] : [anomalyOf(event, explanation, scope, labels, restated)]
      })
    return succeed({
      currency: scope.currency,
      anomalies,
      adjustments: await readAdjustments(connection, scope, imports, from, to, work.signal),
      incompleteDays: [...incomplete],
    })
  })
}

/** The last day that was looked at, in days that are whole; null for a workspace without usage. */
export async function lastJudgedDay(
  request: AnomaliesRequest,
  work: BillWork,
): Promise<Result<string | null>> {
  const known = await knownRun(request, work, 'nothing')
  if (!known.ok) return known
  return succeed(known.value === null ? null : dayName(dayNumber(known.value.scope.to) - 1))
}

export async function labelAnomaly(request: LabelRequest, work: BillWork): Promise<Result<LabelRequest>> {
  const event = await eventNamed(request.id, work)
  if (event === null) {
    return fail(
      'no-such-anomaly',
      `There is no anomaly ${request.id}.`,
      'List the anomalies to see their ids.',
    )
  }
  return await connected(work, async (connection) => {
    await writeLabel(connection, request, event)
    return succeed(request)
  })
}

/** All of history as the detector would have told it, measured by what people said about it. */
export async function replayAnomalies(
  request: AnomaliesRequest,
  work: BillWork,
): Promise<Result<AnomalyReplay>> {
  const known = await knownRun(request, work, 'nothing')
  if (!known.ok) return known
  const events = known.value?.events ?? []
  const scope = known.value?.scope
  const labels = await connected(work, readLabels)
  const count = (wanted: StoredLabel['label']) =>
    events.filter(({ id }) => labels.some((one) => one.id === id && one.label === wanted)).length
  const real = count('real') + count('resolved')
  const [expected, notUseful] = [count('expected'), count('not-useful')]
  const labelled = real + expected + notUseful
  const days = scope === undefined ? 0 : dayNumber(scope.to) - dayNumber(scope.firstDay)
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
function severityOf({ impactADay, expectedADay, strength }: NamedEvent): Severity {
  const relative = Math.abs(impactADay) / Math.max(Math.abs(expectedADay), Math.abs(impactADay) / 10)
  const points = Math.log2(1 + relative) + Math.log2(Math.max(1, strength))
  if (points < 1) return 'low'
  if (points < 2) return 'medium'
  return points < 4 ? 'high' : 'critical'
}
