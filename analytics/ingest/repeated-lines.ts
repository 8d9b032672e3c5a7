import type { Check } from '../contract/application'
import type { Connection } from '../store/connection'
import type { BillColumns } from './formats/bill-columns'
import type { Bill } from './open-bill'

const checkName = 'repeated-lines'

interface Month {
  readonly payer: string
  readonly period: string
}

interface Imported extends Month {
  readonly importId: number
}

/**
 * AWS names a line by its id within its hour or day; a pair that comes twice is spend that is counted twice. In
 * Parquet the two columns are read alone, at a small part of the import's cost. Text would have to be read whole
 * once more, so there it waits to be asked for.
 */
export async function checkOnImport(
  connection: Connection,
  bill: Bill,
  imports: readonly Imported[],
  signal: AbortSignal,
): Promise<ReadonlyMap<number, Check>> {
  if (bill.csv || repeatedLinesSql(bill.columns, bill.from) === null) return new Map()
  return await checkRepeatedLines(connection, bill, imports, signal)
}

/** The finding of each import that stands on these files, kept among its checks in place of an earlier one. */
export async function checkRepeatedLines(
  connection: Connection,
  bill: Bill,
  imports: readonly Imported[],
  signal: AbortSignal,
): Promise<ReadonlyMap<number, Check>> {
  const found = await repeatedLines(connection, bill, signal)
  const checks = new Map<number, Check>()
  for (const one of imports) {
    const check = toCheck(bill, found, one)
    await keepCheck(connection, one.importId, check)
    checks.set(one.importId, check)
  }
  return checks
}

interface Repeated extends Month {
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
  // A table of the transaction's own: what is taken back takes it along.
  await connection.run(sql.suspects, [], signal)
  const suspects = await connection.first('SELECT count(*)::INTEGER AS n FROM suspect_lines')
  const rows = Number(suspects?.n) === 0 ? [] : await connection.rows(sql.repeated, [], signal)
  await connection.run('DROP TABLE suspect_lines')
  return rows.map(({ payer, period, lines, example }) => ({
    payer: String(payer),
    period: String(period),
    lines: Number(lines),
    example: String(example),
  }))
}

interface RepeatedLinesSql {
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

function toCheck({ format }: Bill, found: readonly Repeated[] | null, { payer, period }: Month): Check {
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
  await connection.run('DELETE FROM import_checks WHERE import_id = ? AND name = ?', [importId, name])
  await connection.run(
    `INSERT INTO import_checks SELECT ?, COALESCE(max(position), -1) + 1, ?, ?, ? FROM import_checks WHERE import_id = ?`,
    [importId, name, ok, detail, importId],
  )
}
