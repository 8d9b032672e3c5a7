import type { Explanation } from '../contract/explanation'
import { type Result, succeed } from '../contract/result'
import type { CostQuery } from '../contract/spend'
import type { Work } from '../engine/work'
import { instantOf } from '../ingest/import-records'
import type { Connection } from '../store/connection'
import { asking } from './ask'
import { readableSql } from './bound-values'
import { compileQuery } from './compile-query'
import { tableFor } from './cost-tables'
import { componentsOf } from './measures'
import { type Question, questionOf } from './question'

/** How an answer is computed: the statement that runs, and the imports it reads. */
export async function explainQuery(query: CostQuery, work: Work): Promise<Result<Explanation>> {
  return await asking(work, async ({ connection, facts, fiscalYearStart, signal }) => {
    const asked = questionOf(query, facts, fiscalYearStart)
    if (!asked.ok) return asked
    const question = asked.value
    const table = tableFor(question, componentsOf(question.measures))
    const { sql, values } = compileQuery(question, table)
    return succeed({
      sql: readableSql(sql, values),
      table: table.name,
      reason: table.reason,
      window: question.window,
      previous: question.previous && { from: question.previous.from, to: question.previous.to },
      asOf: facts.lastDay,
      dataVersion: facts.dataVersion,
      sources: [...(await sourcesOf(question, connection, signal))],
    })
  })
}

/** Counted imports with charges on days of the question, or of what it is compared with. */
async function sourcesOf(
  { window, previous }: Question,
  connection: Connection,
  signal: AbortSignal,
): Promise<Explanation['sources']> {
  const windows = [window, ...(previous ? [previous] : [])]
  const days = windows.map(() => '("Day" >= CAST(? AS DATE) AND "Day" < CAST(? AS DATE))').join(' OR ')
  const rows = await connection.rows(
    `SELECT source, kind, period, payer, "rows", estimated, ${instantOf('imported_at')} AS imported_at,
       (SELECT list(name ORDER BY name) FROM import_files WHERE import_id = imports.id) AS files
     FROM imports WHERE counted AND id IN (SELECT DISTINCT "x_ImportId" FROM daily_costs WHERE ${days})
     ORDER BY period DESC, source, payer`,
    windows.flatMap(({ from, to }) => [from, to]),
    signal,
  )
  return rows.map((row) => ({
    source: String(row.source),
    kind: String(row.kind),
    period: String(row.period),
    payer: String(row.payer),
    rows: Number(row.rows),
    estimated: row.estimated === true,
    importedAt: String(row.imported_at),
    files: Array.isArray(row.files) ? row.files.map(String) : [],
  }))
}
