import { partsStatement } from '../allocation/allocated-question'
import type { ExplainRequest, Explanation } from '../contract/explanation'
import type { LinesRequest } from '../contract/line-items'
import { type Result, succeed } from '../contract/result'
import type { Work } from '../engine/work'
import { instantOf } from '../ingest/import-records'
import type { Connection } from '../store/connection'
import { type Asking, asking } from './ask'
import { askedQuestion } from './asked-question'
import { readableSql } from './bound-values'
import { type CompiledQuery, compileQuery } from './compile-query'
import { tableFor } from './cost-tables'
import { linesStatements } from './line-items'
import { componentsOf } from './measures'
import type { Question } from './question'
import { drawnQuestion } from './run-series'

/** How an answer is computed: the statements that run, and the imports they read. */
export async function explainQuery(request: ExplainRequest, work: Work): Promise<Result<Explanation>> {
  return await asking(work, async (context) => {
    const explained = await explain(request, context)
    if (!explained.ok) return explained
    const { question, statements, table, reason } = explained.value
    return succeed({
      statements: [
        ...(await sharesOf(question, context)),
        ...statements.map(({ sql, values }) => readableSql(sql, values)),
      ],
      table,
      reason,
      window: question.window,
      previous: question.previous && { from: question.previous.from, to: question.previous.to },
      asOf: context.facts.lastDay,
      dataVersion: context.facts.dataVersion,
      sources: [...(await sourcesOf(question, context.connection, context.signal))],
    })
  })
}

interface Explained {
  readonly question: Question
  readonly statements: readonly Pick<CompiledQuery, 'sql' | 'values'>[]
  readonly table: string
  readonly reason: string
}

async function explain(request: ExplainRequest, context: Asking): Promise<Result<Explained>> {
  if (isOfLines(request)) {
    const lines = await linesStatements(request, context)
    return lines.ok
      ? succeed({
          ...lines.value,
          table: 'counted_charges',
          reason: 'Line items are read one by one; what they come to is added up from a roll-up.',
        })
      : lines
  }
  const { drawn, ...query } = request
  const asked = drawn ? await drawnQuestion(query, context) : await askedQuestion(query, context)
  if (!asked.ok) return asked
  const question = asked.value
  const table = tableFor(question, componentsOf(question.measures), context.facts)
  return succeed({
    question,
    statements: [compileQuery(question, table, drawn)],
    table: table.name,
    reason: table.reason,
  })
}

/** Shared cost is divided by shares that a statement only names: they are told as well, so that it can be run. */
async function sharesOf({ allocations }: Question, { connection }: Asking): Promise<readonly string[]> {
  return allocations?.some(({ divided }) => divided) ? [await partsStatement(connection)] : []
}

function isOfLines(request: ExplainRequest): request is LinesRequest {
  return 'columns' in request
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
       (SELECT list(regexp_extract(origin, '[^/\\\\]+$') ORDER BY origin) FROM import_files WHERE import_id = imports.id) AS files
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
