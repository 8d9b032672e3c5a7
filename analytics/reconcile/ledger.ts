import type { Ledger, LedgerFile, LedgerRequest, RejectedLines, RejectedRequest } from '../contract/ledger'
import { type Result, succeed } from '../contract/result'
import type { Work } from '../engine/work'
import { instantOf } from '../ingest/import-records'
import type { Row } from '../store/connection'

const usualPage = 100

const ofSource = '(?::VARCHAR IS NULL OR imports.source = ?) AND (?::VARCHAR IS NULL OR imports.period = ?)'

const searched = `contains(lower(concat_ws(' ', imports.source, imports.payer, imports.period, files.name, files.origin, files.sha256)), lower(?))`

/** Values for `ofSource`. */
function chosen(source: string | undefined, period: string | undefined): readonly (string | null)[] {
  return [source ?? null, source ?? null, period ?? null, period ?? null]
}

/** Newest import first; the reasons of rejected lines as a list of pairs. */
export const ledgerSql = `WITH reasons AS (
    SELECT import_id, file, list({'reason': reason, 'lines': n} ORDER BY n DESC, reason)::JSON AS reasons, sum(n)::BIGINT AS rejected
    FROM (SELECT import_id, file, reason, count(*) AS n FROM rejected_lines GROUP BY ALL) GROUP BY 1, 2)
  SELECT files.import_id, imports.source, imports.payer, imports.period, files.name, files.origin, files.bytes,
    files.sha256, files."rows", COALESCE(reasons.rejected, 0) AS rejected, CAST(reasons.reasons AS VARCHAR) AS reasons,
    ${instantOf('imports.imported_at')} AS imported_at, imports.in_force, count(*) OVER () AS total
  FROM import_files AS files JOIN imports ON imports.id = files.import_id
    LEFT JOIN reasons ON reasons.import_id = files.import_id AND reasons.file = files.origin
  WHERE ${ofSource} AND ${searched}
  ORDER BY files.import_id DESC, files.name LIMIT ? OFFSET ?`

/** Each file that was ever read, and what became of it. */
export async function readLedger(
  { source, period, search = '', offset = 0, limit = usualPage }: LedgerRequest,
  { store, signal }: Work,
): Promise<Result<Ledger>> {
  const connection = await store.connect()
  try {
    const values = [...chosen(source, period), search.trim()]
    const rows = await connection.rows(ledgerSql, [...values, limit, offset], signal)
    const counted =
      rows.length > 0 || offset === 0 ? rows[0] : await connection.first(ledgerSql, [...values, 1, 0], signal)
    return succeed({ files: rows.map(toFile), total: Number(counted?.total ?? 0) })
  } finally {
    connection.closeSync()
  }
}

function toFile(row: Row): LedgerFile {
  const reasons = row.reasons === null ? [] : (JSON.parse(String(row.reasons)) as LedgerFile['reasons'])
  return {
    importId: Number(row.import_id),
    source: String(row.source),
    payer: String(row.payer),
    period: String(row.period),
    name: String(row.name),
    origin: String(row.origin),
    bytes: Number(row.bytes),
    sha256: String(row.sha256),
    rows: Number(row.rows),
    rejected: Number(row.rejected),
    reasons: reasons.map(({ reason, lines }) => ({ reason, lines: Number(lines) })),
    importedAt: String(row.imported_at),
    inForce: row.in_force === true,
  }
}

/** Only of what is in force: a line that a later delivery mended is no longer amiss. */
export const rejectedSql = `SELECT imports.source, imports.period, rejected.file, rejected.line, rejected.reason, rejected.content
  FROM rejected_lines AS rejected JOIN imports ON imports.id = rejected.import_id
  WHERE imports.in_force AND ${ofSource}
  ORDER BY imports.source, imports.period, rejected.file, rejected.line NULLS LAST, rejected.content LIMIT ? OFFSET ?`

export const rejectedCountSql = `SELECT
    (SELECT count(*) FROM rejected_lines AS rejected JOIN imports ON imports.id = rejected.import_id
     WHERE imports.in_force AND ${ofSource}) AS total,
    (SELECT COALESCE(sum(rejected), 0) FROM imports WHERE imports.in_force AND ${ofSource}) AS rejected`

export async function readRejected(
  { source, period, offset = 0, limit = usualPage }: RejectedRequest,
  { store, signal }: Work,
): Promise<Result<RejectedLines>> {
  const connection = await store.connect()
  try {
    const values = chosen(source, period)
    const rows = await connection.rows(rejectedSql, [...values, limit, offset], signal)
    const counted = await connection.first(rejectedCountSql, [...values, ...values], signal)
    return succeed({
      lines: rows.map((row) => ({
        source: String(row.source),
        period: String(row.period),
        file: String(row.file),
        line: row.line === null ? null : Number(row.line),
        reason: String(row.reason),
        content: String(row.content),
      })),
      total: Number(counted?.total ?? 0),
      rejected: Number(counted?.rejected ?? 0),
    })
  } finally {
    connection.closeSync()
  }
}
