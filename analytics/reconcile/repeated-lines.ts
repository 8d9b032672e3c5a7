import { relative, sep } from 'node:path'
import type { Check } from '../contract/application'
import { fail, type Result, succeed } from '../contract/result'
import type { Work } from '../engine/work'
import type { BillColumns } from '../ingest/formats/bill-columns'
import { type Bill, openBill } from '../ingest/open-bill'
import { listStaged, type StagedSet } from '../ingest/stage'
import type { Connection } from '../store/connection'

const checkName = 'repeated-lines'

interface Standing {
  readonly id: number
  readonly payer: string
  readonly period: string
}

/**
 * AWS names a line by its id within its hour or day; a pair that comes twice is spend that is counted twice. The
 * ids are the widest columns of a bill and are not stored, so this reads the files again, when asked.
 */
export async function checkSource(
  { name }: { readonly name: string },
  work: Work,
): Promise<Result<{ name: string; periods: number }>> {
  const connection = await work.store.connect()
  try {
    const staged = (await listStaged(work.store.home)).filter(({ source }) => source === name)
    let periods = 0
    for (const [index, set] of staged.entries()) {
      const imports = await standingOn(connection, set, work.store.home)
      if (imports.length === 0) continue
      work.progress({
        stage: `Reading ${name} ${set.period ?? ''}`.trim(),
        done: index,
        total: staged.length,
        unit: 'periods',
      })
      const bill = await openBill(connection, set)
      if (!bill.ok) return bill
      const found = await repeatedLines(connection, bill.value, work.signal)
      for (const one of imports) {
        await keepCheck(connection, one.id, toCheck(bill.value, found, one))
        periods += 1
      }
    }
    if (periods > 0) return succeed({ name, periods })
    return fail(
      'no-such-source',
      `There is no source named ${name}.`,
      'List the sources with: finops sources',
    )
  } finally {
    connection.closeSync()
  }
}

async function standingOn(
  connection: Connection,
  set: StagedSet,
  home: string,
): Promise<readonly Standing[]> {
  const rows = await connection.rows(
    'SELECT id, payer, period FROM imports WHERE in_force AND source = ? AND folder = ?',
    [set.source, relative(home, set.folder).split(sep).join('/')],
  )
  return rows.map(({ id, payer, period }) => ({
    id: Number(id),
    payer: String(payer),
    period: String(period),
  }))
}

interface Repeated extends Omit<Standing, 'id'> {
  readonly lines: number
  readonly example: string
}

/** null where the format names no lines. */
async function repeatedLines(
  connection: Connection,
  { columns, from }: Bill,
  signal: AbortSignal,
): Promise<readonly Repeated[] | null> {
  const sql = repeatedLinesSql(columns, from)
  if (sql === null) return null
  try {
    await connection.run(sql.suspects, [], signal)
    const suspects = await connection.first('SELECT count(*)::INTEGER AS n FROM suspect_lines')
    if (Number(suspects?.n) === 0) return []
    const rows = await connection.rows(sql.repeated, [], signal)
    return rows.map(({ payer, period, lines, example }) => ({
      payer: String(payer),
      period: String(period),
      lines: Number(lines),
      example: String(example),
    }))
  } finally {
    await connection.run('DROP TABLE IF EXISTS suspect_lines')
  }
}

export interface RepeatedLinesSql {
  readonly suspects: string
  readonly repeated: string
}

/**
 * Two steps, so that memory holds eight bytes a line and the answer is exact all the same: lines that are the same
 * share a hash, and only those that share one are compared in full.
 */
export function repeatedLinesSql(columns: BillColumns, from: string): RepeatedLinesSql | null {
  if (!columns.has('identity_line_item_id') || !columns.has('identity_time_interval')) return null
  const id = columns.text('identity_line_item_id')
  const named = `SELECT ${id} AS id, ${columns.text('identity_time_interval')} AS span,
      ${columns.text('bill_payer_account_id')} AS payer,
      strftime(${columns.time('bill_billing_period_start_date')}, '%Y-%m') AS period
    FROM ${from} AS bill WHERE ${id} IS NOT NULL`
  const sameHash = 'hash(id, span, payer, period)'
  return {
    suspects: `CREATE OR REPLACE TEMP TABLE suspect_lines AS
      SELECT ${sameHash} AS h FROM (${named}) GROUP BY 1 HAVING count(*) > 1`,
    repeated: `SELECT payer, period, sum(n - 1)::BIGINT AS lines, min(id) AS example FROM (
        SELECT payer, period, id, span, count(*) AS n FROM (${named})
        WHERE ${sameHash} IN (SELECT h FROM suspect_lines) GROUP BY ALL HAVING n > 1)
      GROUP BY ALL ORDER BY period, payer`,
  }
}

function toCheck({ format }: Bill, found: readonly Repeated[] | null, { payer, period }: Standing): Check {
  if (found === null) {
    return {
      name: checkName,
      ok: true,
      detail: `Not possible: this ${format.title} export carries no line ids with their time.`,
    }
  }
  const repeated = found.find((one) => one.payer === payer && one.period === period)
  return {
    name: checkName,
    ok: repeated === undefined,
    detail:
      repeated === undefined
        ? 'No line comes twice: every line id is there once in its time interval.'
        : `${repeated.lines.toLocaleString('en-US')} ${repeated.lines === 1 ? 'line comes' : 'lines come'} more than once, ${repeated.example} among them: what they cost is counted more than once.`,
  }
}

async function keepCheck(
  connection: Connection,
  importId: number,
  { name, ok, detail }: Check,
): Promise<void> {
  await connection.transaction(async () => {
    await connection.run('DELETE FROM import_checks WHERE import_id = ? AND name = ?', [importId, name])
    await connection.run(
      `INSERT INTO import_checks SELECT ?, COALESCE(max(position), -1) + 1, ?, ?, ? FROM import_checks WHERE import_id = ?`,
      [importId, name, ok, detail, importId],
    )
  })
}
