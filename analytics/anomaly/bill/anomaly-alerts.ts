import {
  type AnomaliesRequest,
  type Anomaly,
  type AnomalyAlert,
  anomalyAlertSchema,
} from '../../contract/anomalies'
import { fail, type Result, succeed } from '../../contract/result'
import type { Connection } from '../../store/connection'
import type { Store } from '../../store/open-store'
import { readSettings } from '../../store/settings'
import { dayName, dayNumber } from '../daily/calendar'
import { findAnomalies, lastJudgedDay } from './find-anomalies'
import { type BillWork, connected, knownRun } from './known-run'
import { compatible } from './levels'

type Alerts = Result<{ alerts: AnomalyAlert[] }>

/** What was raised longer before the newest day is history: it waits in the inbox and alarms nobody. */
const newsDays = 7
/** The same event may be told at another level, or be dated a little differently, once there is more of it. */
const sameTime = 7
const mostListed = 100

/** Looks at the newest days and writes down what was not told yet; it answers with that. */
export async function checkAnomalies(_input: unknown, work: BillWork): Promise<Alerts> {
  const question = await usualQuestion(work.store)
  const newest = await lastJudgedDay(question, work)
  if (!newest.ok) return newest
  if (newest.value === null) return succeed({ alerts: [] })
  const since = dayName(dayNumber(newest.value) - newsDays)
  const found = await findAnomalies({ ...question, from: since }, work)
  if (!found.ok) return found
  const news = found.value.anomalies.filter(({ detected, label }) => detected > since && label === null)
  return await connected(work, async (connection) => {
    const raised: string[] = []
    await connection.transaction(async () => {
      const told = await readAlerts(connection, 'detected_day > CAST(? AS DATE)', [
        dayName(dayNumber(since) - sameTime),
      ])
      for (const anomaly of news) {
        if (told.some((alert) => tellsOfSame(alert, anomaly))) continue
        await writeAlert(connection, anomaly)
        raised.push(anomaly.id)
      }
    })
    const alerts = await readAlerts(connection, 'NOT dismissed', [])
    return succeed({ alerts: alerts.filter(({ id }) => raised.includes(id)) })
  })
}

/** What a screen asks first: found after an import, in one thread, so that the first look at it need not wait. */
export async function findBeforehand(store: Store, signal: AbortSignal): Promise<void> {
  await knownRun(await usualQuestion(store), { store, signal, threads: 1 })
}

async function usualQuestion(store: Store): Promise<AnomaliesRequest> {
  const settings = await readSettings({}, { store })
  if (!settings.ok) return {}
  const { basis, currency } = settings.value
  return { measure: basis, ...(currency === null ? {} : { currency }) }
}

/** What was told and not put away, newest first. */
export async function listAnomalyAlerts(_input: unknown, work: BillWork): Promise<Alerts> {
  return await connected(work, async (connection) =>
    succeed({ alerts: await readAlerts(connection, 'NOT dismissed', []) }),
  )
}

export async function dismissAnomalyAlert({ id }: { readonly id: string }, work: BillWork): Promise<Alerts> {
  return await connected(work, async (connection) => {
    const changed = await connection.run(
      'UPDATE state.main.anomaly_alerts SET dismissed = true WHERE id = ?',
      [id],
    )
    if (changed === 0) return fail('no-such-alert', 'There is no such alert any more.')
    return succeed({ alerts: await readAlerts(connection, 'NOT dismissed', []) })
  })
}

function tellsOfSame(alert: AnomalyAlert, anomaly: Anomaly): boolean {
  if (alert.id === anomaly.id) return true
  return (
    alert.currency === anomaly.currency &&
    alert.impact.startsWith('-') === anomaly.impact.startsWith('-') &&
    Math.abs(dayNumber(alert.detected) - dayNumber(anomaly.detected)) <= sameTime &&
    compatible(dimensionsOf(alert), dimensionsOf(anomaly))
  )
}

function dimensionsOf({ scope }: Pick<Anomaly, 'scope'>): Readonly<Record<string, string>> {
  return Object.fromEntries(scope.map(({ dimension, value }) => [dimension, value]))
}

async function writeAlert(connection: Connection, anomaly: Anomaly): Promise<void> {
  const { id, kind, severity, scope, start, detected, impact, currency } = anomaly
  await connection.run(
    `INSERT INTO state.main.anomaly_alerts
       (id, kind, severity, scope, start_day, detected_day, impact, currency, raised_at, dismissed)
     VALUES (?, ?, ?, ?, CAST(? AS DATE), CAST(? AS DATE), CAST(? AS DECIMAL(38,12)), ?, now()::TIMESTAMP, false)`,
    [id, kind, severity, JSON.stringify(scope), start, detected, impact, currency],
  )
}

async function readAlerts(
  connection: Connection,
  condition: string,
  values: readonly string[],
): Promise<AnomalyAlert[]> {
  const rows = await connection.rows(
    `SELECT id, kind, severity, scope, CAST(start_day AS VARCHAR) AS start, CAST(detected_day AS VARCHAR) AS detected,
       CAST(impact AS VARCHAR) AS impact, currency, strftime(raised_at, '%Y-%m-%dT%H:%M:%SZ') AS "raisedAt", dismissed
     FROM state.main.anomaly_alerts WHERE ${condition}
     ORDER BY anomaly_alerts.raised_at DESC, abs(anomaly_alerts.impact) DESC, id LIMIT ${mostListed}`,
    values,
  )
  return rows.map((row) => anomalyAlertSchema.parse({ ...row, scope: JSON.parse(String(row.scope)) }))
}
