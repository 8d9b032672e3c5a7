import { basename } from 'node:path'
import type { Connection } from '../store/connection'
import { quoteIdentifier, quoteLiteral } from '../store/sql-text'
import { csvColumns, readCsv, rejects } from './csv-table'
import type { Bill } from './open-bill'
import { type BrokenLine, brokenMark, mostKept } from './sound-text'
import type { StagedSet } from './stage'

export interface Rejected {
  readonly set: StagedSet
  readonly bill: Bill
  /** No CSV at all; among those that could not be read. */
  readonly broken: readonly BrokenLine[]
  /** Of the delivery's lines: those without a number for a cost, a category, day, month or payer to put them under. */
  readonly unread: number
}

/** Keeps the lines that could not be read as they were, and answers how many. */
export async function keepRejected(
  connection: Connection,
  importId: number,
  rejected: Rejected,
  signal: AbortSignal,
): Promise<number> {
  const { set, bill, broken, unread } = rejected
  const origins = new Map(set.files.map(({ name, origin }) => [name, origin]))
  for (let from = 0; from < broken.length; from += 500) {
    const some = broken.slice(from, from + 500)
    await connection.run(
      `INSERT INTO rejected_lines VALUES ${some.map(() => '(?, ?, ?, ?, ?)').join(', ')}`,
      some.flatMap(({ file, line, reason, content }) => [
        importId,
        origins.get(file) ?? file,
        line,
        reason,
        content,
      ]),
    )
  }
  if (unread > broken.length) await keepUnreadable(connection, importId, set, bill, signal)
  return unread + (bill.csv ? await keepMisread(connection, importId, set) : 0)
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
  for (const { path, from, none } of singleFiles(bill)) {
    const { origin } = set.files.find(({ name }) => name === basename(path)) ?? set
    const reason = `CASE
    WHEN ${none} THEN NULL
    WHEN ${columns.tooLarge(format.costs)} THEN 'the cost is larger than any amount can be'
    WHEN ${bill.unreadable} THEN 'the cost is not a number'
    WHEN ${expressions.ChargePeriodStart} IS NULL THEN 'the day of the charge is missing or no date'
    WHEN ${expressions.BillingPeriodStart} IS NULL THEN 'the billing period is missing or no date'
    WHEN ${expressions.BillingAccountId} IS NULL THEN 'the payer is missing'
    WHEN ${expressions.ChargeCategory} IS NULL THEN 'the kind of charge is missing' END`
    // Columns that only other files of the delivery have are empty here.
    await connection.run(
      `INSERT INTO rejected_lines
       SELECT ?, ?, line, reason, content FROM (
         SELECT rejected_line AS line, ${reason} AS reason, rejected_content AS content FROM (
           SELECT *, row_number() OVER () + ${bill.csv ? 1 : 0} AS rejected_line, CAST(to_json(bill) AS VARCHAR) AS rejected_content
           FROM ${from} AS bill
           UNION ALL BY NAME SELECT *, 0 AS rejected_line, NULL AS rejected_content FROM ${bill.from} WHERE false) AS bill)
       WHERE reason IS NOT NULL LIMIT ${mostKept}`,
      [importId, origin],
      signal,
    )
  }
}

interface SingleFile {
  readonly path: string
  readonly from: string
  /** Over its rows: stands this in the place of a line that is none? */
  readonly none: string
}

/** One file at a time and in order, so that the number of the line is the number in the file. */
function singleFiles({ csv, paths }: Bill): readonly SingleFile[] {
  if (csv === null) {
    return paths.map((path) => ({ path, from: `read_parquet(${quoteLiteral(path)})`, none: 'false' }))
  }
  return csv.flatMap(({ header, paths: same }) =>
    same.map((path) => {
      const group = { header, paths: [path] }
      const first = quoteIdentifier(csvColumns([group])[0]?.name ?? '')
      return {
        path,
        from: `(SELECT * EXCLUDE (file_index) FROM ${readCsv(group, { inOrder: true })})`,
        none: `COALESCE(${first} = ${quoteLiteral(brokenMark)}, false)`,
      }
    }),
  )
}

/** Lines that looked sound and that DuckDB has refused all the same. */
async function keepMisread(connection: Connection, importId: number, set: StagedSet): Promise<number> {
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
