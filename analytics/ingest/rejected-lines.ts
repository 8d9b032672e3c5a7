import { join } from 'node:path'
import type { Connection } from '../store/connection'
import { quoteLiteral } from '../store/sql-text'
import { type Bill, readCsv, rejects } from './open-bill'
import { peek } from './peek'
import type { StagedSet } from './stage'

/** Kept for looking at; counted beyond that. */
const mostKept = 10_000

/**
 * Keeps the lines that could not be read as they were, and answers how many: `unread` is how many of the delivery's
 * lines had no number for a cost, or no category, day, month or payer to put them under.
 */
export async function keepRejected(
  connection: Connection,
  importId: number,
  set: StagedSet,
  bill: Bill,
  unread: number,
  signal: AbortSignal,
): Promise<number> {
  if (unread > 0) await keepUnreadable(connection, importId, set, bill, signal)
  return unread + (bill.csv ? await keepBroken(connection, importId, set) : 0)
}

/** Lines that are a line of the bill, with something in them that is not what it should be. */
async function keepUnreadable(
  connection: Connection,
  importId: number,
  set: StagedSet,
  bill: Bill,
  signal: AbortSignal,
): Promise<void> {
  const { columns, format } = bill
  const expressions = { ...format.line(columns), ...format.amounts(columns) }
  const reason = `CASE
    WHEN ${bill.unreadable} THEN 'the cost is not a number'
    WHEN ${expressions.ChargePeriodStart} IS NULL THEN 'the day of the charge is missing or no date'
    WHEN ${expressions.BillingPeriodStart} IS NULL THEN 'the billing period is missing or no date'
    WHEN ${expressions.BillingAccountId} IS NULL THEN 'the payer is missing'
    WHEN ${expressions.ChargeCategory} IS NULL THEN 'the kind of charge is missing' END`
  for (const { name, origin } of set.files) {
    const path = join(set.folder, name)
    // One file at a time and in order, so that the number of the line is the number in the file.
    const from = bill.csv
      ? readCsv([path], await peek(path)).replace(/\)$/, ', parallel = false)')
      : `read_parquet(${quoteLiteral(path)})`
    await connection.run(
      `INSERT INTO rejected_lines
       SELECT ?, ?, line, reason, content FROM (
         SELECT row_number() OVER () + ${bill.csv ? 1 : 0} AS line, ${reason} AS reason, CAST(to_json(bill) AS VARCHAR) AS content
         FROM ${from} AS bill) WHERE reason IS NOT NULL LIMIT ${mostKept}`,
      [importId, origin],
      signal,
    )
  }
}

/** Lines that are no CSV at all: quotes that do not close, too many or too few fields, foreign bytes. */
async function keepBroken(connection: Connection, importId: number, set: StagedSet): Promise<number> {
  const there = await connection.first(
    `SELECT count(*)::INTEGER AS n FROM duckdb_tables() WHERE table_name = ?`,
    [rejects.lines],
  )
  if (Number(there?.n) === 0) return 0
  const origins = set.files.map(
    ({ name, origin }) =>
      `WHEN scans.file_path LIKE ${quoteLiteral(`%${name}`)} THEN ${quoteLiteral(origin)}`,
  )
  const broken = `SELECT scans.file_path, errors.line, min(errors.error_message) AS reason, min(errors.csv_line) AS content
    FROM ${rejects.lines} AS errors JOIN ${rejects.scans} AS scans USING (scan_id, file_id)
    GROUP BY scans.file_path, errors.line`
  await connection.run(
    `INSERT INTO rejected_lines
     SELECT ?, CASE ${origins.join(' ')} ELSE file_path END, line, reason, COALESCE(content, '')
     FROM (${broken}) AS scans LIMIT ${mostKept}`,
    [importId],
  )
  return Number((await connection.first(`SELECT count(*)::BIGINT AS n FROM (${broken})`))?.n ?? 0)
}
