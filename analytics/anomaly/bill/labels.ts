import type { AnomalyLabel, LabelRequest } from '../../contract/anomalies'
import type { Connection } from '../../store/connection'
import { type BillEvent, scopeKey } from './gather-events'

/** What somebody said about an event, and what the next run needs to know to respect it. */
export interface StoredLabel {
  readonly id: string
  readonly label: AnomalyLabel
  readonly note: string | null
  readonly scope: string
  readonly rising: boolean
  readonly impactADay: number
}

/** Up to this much larger than the one people did not want to hear of, the next is not told either. */
const similar = 1.5

export async function readLabels(connection: Connection): Promise<readonly StoredLabel[]> {
  const rows = await connection.rows(
    'SELECT id, label, note, scope, rising, impact_a_day FROM state.main.anomaly_labels ORDER BY labelled_at, id',
  )
  return rows.map((row) => ({
    id: String(row.id),
    label: String(row.label) as AnomalyLabel,
    note: row.note === null ? null : String(row.note),
    scope: String(row.scope),
    rising: row.rising === true,
    impactADay: Number(row.impact_a_day),
  }))
}

export async function writeLabel(
  connection: Connection,
  { id, label, note }: LabelRequest,
  event: BillEvent,
): Promise<void> {
  if (label === null) {
    await connection.run('DELETE FROM state.main.anomaly_labels WHERE id = ?', [id])
    return
  }
  await connection.run(
    `INSERT OR REPLACE INTO state.main.anomaly_labels (id, label, note, scope, rising, impact_a_day, labelled_at)
     VALUES (?, ?, ?, ?, ?, ?, now()::TIMESTAMP)`,
    [id, label, note ?? null, scopeKey(event.scope), event.impactADay > 0, event.impactADay],
  )
}

/** People said of one like it that it was expected or of no use: the labelled one stays, others are not told. */
export function silenced(id: string, event: BillEvent, labels: readonly StoredLabel[]): boolean {
  if (labels.some((one) => one.id === id)) return false
  const key = scopeKey(event.scope)
  return labels.some(
    ({ label, scope, rising, impactADay }) =>
      (label === 'expected' || label === 'not-useful') &&
      scope === key &&
      rising === event.impactADay > 0 &&
      Math.abs(event.impactADay) <= similar * Math.abs(impactADay),
  )
}
