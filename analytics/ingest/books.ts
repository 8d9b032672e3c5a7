import { fail, type Result, succeed } from '../contract/result'
import type { Work } from '../engine/work'
import type { Connection } from '../store/connection'
import { nextDataVersion } from './data-version'

/**
 * The same spend can be in several exports: CUR 1 beside CUR 2.0, FOCUS beside both. Of one payer and month one
 * import feeds the figures: the user's choice, else the export that says most, else the newest.
 */
export async function settleBooks(connection: Connection): Promise<void> {
  await connection.run(
    `UPDATE imports SET counted = in_force AND id IN (
       SELECT first(id ORDER BY preferred DESC, detail DESC, imported_at DESC, id DESC) FROM (
         SELECT imports.id, imports.payer, imports.period, imports.imported_at,
           (preferred_sources.source IS NOT NULL) AS preferred,
           CASE WHEN imports.kind = 'cur2' THEN 2 WHEN imports.kind = 'cur1' THEN 1 ELSE 0 END AS detail
         FROM imports LEFT JOIN state.main.preferred_sources
           ON preferred_sources.payer = imports.payer AND preferred_sources.source = imports.source
         WHERE imports.in_force)
       GROUP BY payer, period)`,
  )
}

/** Makes a source the book of record of its payers, wherever it has the month. */
export async function preferSource(
  { name }: { readonly name: string },
  work: Work,
): Promise<Result<{ name: string; periods: number }>> {
  const connection = await work.store.connect()
  try {
    const payers = await connection.rows('SELECT DISTINCT payer FROM imports WHERE in_force AND source = ?', [
      name,
    ])
    if (payers.length === 0) {
      return fail(
        'no-such-source',
        `There is no source named ${name}.`,
        'List the sources with: finops sources',
      )
    }
    // Two databases cannot change in one transaction: the decision first, then what follows from it, which an
    // import would settle again all the same.
    await connection.transaction(async () => {
      for (const { payer } of payers) {
        await connection.run(
          'INSERT OR REPLACE INTO state.main.preferred_sources VALUES (?, ?, now()::TIMESTAMP)',
          [String(payer), name],
        )
      }
    })
    const dataVersion = await connection.transaction(async () => {
      await settleBooks(connection)
      return await nextDataVersion(connection)
    })
    work.dataChanged(dataVersion)
    const counted = await connection.first(
      'SELECT count(*)::INTEGER AS n FROM imports WHERE counted AND source = ?',
      [name],
    )
    return succeed({ name, periods: Number(counted?.n ?? 0) })
  } finally {
    connection.closeSync()
  }
}

/** Months of this source that another export brings into the figures, and the other way round. */
export async function sharedSpend(
  connection: Connection,
  source: string,
): Promise<readonly { readonly period: string; readonly counted: string; readonly left: string }[]> {
  const rows = await connection.rows(
    `SELECT mine.period, CASE WHEN mine.counted THEN mine.source ELSE other.source END AS counted,
       CASE WHEN mine.counted THEN other.source ELSE mine.source END AS left_out
     FROM imports AS mine JOIN imports AS other
       ON other.payer = mine.payer AND other.period = mine.period AND other.id <> mine.id
     WHERE mine.in_force AND other.in_force AND mine.source = ? AND (mine.counted OR other.counted)
     ORDER BY mine.period`,
    [source],
  )
  return rows.map((row) => ({
    period: String(row.period),
    counted: String(row.counted),
    left: String(row.left_out),
  }))
}
