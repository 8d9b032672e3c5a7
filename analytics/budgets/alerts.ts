import { randomUUID } from 'node:crypto'
import type { BudgetAlert, BudgetStatus, BudgetThreshold } from '../contract/budgets'
import { fail, type Result, succeed } from '../contract/result'
import type { Work } from '../engine/work'
import type { Connection } from '../store/connection'
import { connected, type StoreWork } from './budget-store'
import { listBudgets } from './read-budgets'

type Alerts = Result<{ alerts: BudgetAlert[] }>
const mostListed = 100

/** Looks which thresholds are reached and writes down those that were not told yet; it answers with these. */
export async function checkBudgets(_input: unknown, work: Work): Promise<Alerts> {
  const listed = await listBudgets({ projected: true }, work)
  if (!listed.ok) return listed
  return await connected(work, async (connection) => {
    const raised: BudgetAlert[] = []
    await connection.transaction(async () => {
      for (const status of listed.value.budgets) {
        if (status.state === 'ended' || status.state === 'waiting') continue
        for (const threshold of status.reached) {
          const id = randomUUID()
          const isNew = await writeAlert(connection, id, status, threshold)
          if (isNew) raised.push(...(await readAlerts(connection, 'id = ?', [id])))
        }
      }
    })
    return succeed({ alerts: raised })
  })
}

/** What was told and not put away, newest first. */
export async function listBudgetAlerts(_input: unknown, work: StoreWork): Promise<Alerts> {
  return await connected(work, async (connection) =>
    succeed({ alerts: await readAlerts(connection, 'NOT dismissed', []) }),
  )
}

export async function dismissBudgetAlert({ id }: { readonly id: string }, work: StoreWork): Promise<Alerts> {
  return await connected(work, async (connection) => {
    const changed = await connection.run(
      'UPDATE state.main.budget_alerts SET dismissed = true WHERE id = ?',
      [id],
    )
    if (changed === 0) return fail('no-such-alert', 'There is no such alert any more.')
    return succeed({ alerts: await readAlerts(connection, 'NOT dismissed', []) })
  })
}

async function writeAlert(
  connection: Connection,
  id: string,
  { budget, from, to, amount, actual, projection }: BudgetStatus,
  { of, percent }: BudgetThreshold,
): Promise<boolean> {
  const reachedWith = of === 'actual' ? actual : (projection?.total ?? actual)
  const written = await connection.run(
    `INSERT INTO state.main.budget_alerts
       (id, budget, period_from, period_to, threshold_of, percent, amount, reached_with, currency, raised_at, dismissed)
     VALUES (?, ?, CAST(? AS DATE), CAST(? AS DATE), ?, ?, CAST(? AS DECIMAL(38,12)), CAST(? AS DECIMAL(38,12)), ?,
       now()::TIMESTAMP, false)
     ON CONFLICT DO NOTHING`,
    [id, budget.name, from, to, of, percent, amount, reachedWith, budget.currency],
  )
  return written > 0
}

async function readAlerts(
  connection: Connection,
  condition: string,
  values: readonly string[],
): Promise<BudgetAlert[]> {
  const rows = await connection.rows(
    `SELECT id, budget, CAST(period_from AS VARCHAR) AS "from", CAST(period_to AS VARCHAR) AS "to", threshold_of,
       percent, CAST(amount AS VARCHAR) AS amount, CAST(reached_with AS VARCHAR) AS reached_with, currency,
       strftime(raised_at, '%Y-%m-%dT%H:%M:%SZ') AS raised_at, dismissed
     FROM state.main.budget_alerts WHERE ${condition}
     ORDER BY budget_alerts.raised_at DESC, budget, percent DESC LIMIT ${mostListed}`,
    values,
  )
  return rows.map((row) => ({
    id: String(row.id),
    budget: String(row.budget),
    threshold: { of: row.threshold_of === 'forecast' ? 'forecast' : 'actual', percent: Number(row.percent) },
    from: String(row.from),
    to: String(row.to),
    amount: String(row.amount),
    reachedWith: String(row.reached_with),
    currency: String(row.currency),
    raisedAt: String(row.raised_at),
    dismissed: row.dismissed === true,
  }))
}
