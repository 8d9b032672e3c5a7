import { onlyOfTheBill } from '../../allocation/only-of-the-bill'
import type { PlannedEvent } from '../../contract/anomalies'
import { fail, type Result, succeed } from '../../contract/result'
import { type Filter, filterSchema } from '../../contract/spend'
import type { Work } from '../../engine/work'
import type { Connection } from '../../store/connection'

type StoreWork = Pick<Work, 'store'>

export async function listPlannedCosts(
  _input: unknown,
  work: StoreWork,
): Promise<Result<{ events: PlannedEvent[] }>> {
  return await connected(work, async (connection) => succeed({ events: await readPlannedCosts(connection) }))
}

export async function writePlannedCost(
  event: PlannedEvent,
  work: StoreWork,
): Promise<Result<{ events: PlannedEvent[] }>> {
  const refused = onlyOfTheBill(
    'A planned cost',
    event.where.map((one) => one.dimension),
  )
  if (refused) return refused
  if (event.from >= event.to) {
    return fail(
      'empty-period',
      `The period from ${event.from} to ${event.to} holds no day.`,
      '"to" is exclusive: give the day after the last one.',
    )
  }
  return await connected(work, async (connection) => {
    await connection.run(
      `INSERT OR REPLACE INTO state.main.planned_costs (name, first_day, end_day, conditions, note, changed_at)
       VALUES (?, CAST(? AS DATE), CAST(? AS DATE), ?, ?, now()::TIMESTAMP)`,
      [event.name, event.from, event.to, JSON.stringify(event.where), event.note],
    )
    return succeed({ events: await readPlannedCosts(connection) })
  })
}

export async function removePlannedCost(
  { name }: { readonly name: string },
  work: StoreWork,
): Promise<Result<{ events: PlannedEvent[] }>> {
  return await connected(work, async (connection) => {
    const removed = await connection.run('DELETE FROM state.main.planned_costs WHERE name = ?', [name])
    if (removed === 0) {
      return fail('no-such-event', `There is no planned cost named ${name}.`, 'List them to see their names.')
    }
    return succeed({ events: await readPlannedCosts(connection) })
  })
}

export async function readPlannedCosts(connection: Connection): Promise<PlannedEvent[]> {
  const rows = await connection.rows(
    `SELECT name, CAST(first_day AS VARCHAR) AS "from", CAST(end_day AS VARCHAR) AS "to", conditions, note
     FROM state.main.planned_costs ORDER BY first_day, name`,
  )
  return rows.map((row) => ({
    name: String(row.name),
    from: String(row.from),
    to: String(row.to),
    where: conditions(String(row.conditions)),
    note: String(row.note),
  }))
}

function conditions(text: string): Filter[] {
  return filterSchema.array().parse(JSON.parse(text))
}

async function connected<T>({ store }: StoreWork, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await store.connect()
  try {
    return await work(connection)
  } finally {
    connection.closeSync()
  }
}
