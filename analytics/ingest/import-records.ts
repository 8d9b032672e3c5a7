import { exportKindSchema, type ImportedPeriod } from '../contract/imports'
import type { Connection, Row } from '../store/connection'

/** `YYYY-MM-DDTHH:MM:SSZ` of a TIMESTAMP column that holds UTC. */
export function instantOf(column: string): string {
  return `strftime(${column}, '%Y-%m-%dT%H:%M:%SZ')`
}

/** The imports that feed the figures, newest period first. */
export async function readImports(
  connection: Connection,
  only: { readonly id?: number; readonly source?: string } = {},
): Promise<readonly (ImportedPeriod & { readonly id: number; readonly origin: string })[]> {
  const rows = await connection.rows(
    `SELECT id, source, kind, origin, payer, period, "rows", rejected, currency,
       billed::VARCHAR AS billed, effective::VARCHAR AS effective, list::VARCHAR AS list, contracted::VARCHAR AS contracted,
       estimated, verified, counted, replaced_import, ${instantOf('imported_at')} AS imported_at
     FROM imports WHERE in_force AND (?::INTEGER IS NULL OR id = ?) AND (?::VARCHAR IS NULL OR source = ?)
     ORDER BY period DESC, source`,
    [only.id ?? null, only.id ?? null, only.source ?? null, only.source ?? null],
  )
  const checks = await connection.rows(
    `SELECT import_id, name, ok, detail FROM import_checks
     WHERE import_id IN (SELECT id FROM imports WHERE in_force) ORDER BY import_id, position`,
  )
  return rows.map((row) => ({
    id: Number(row.id),
    origin: String(row.origin),
    source: String(row.source),
    kind: exportKindSchema.parse(row.kind),
    period: String(row.period),
    payer: String(row.payer),
    rows: Number(row.rows),
    rejected: Number(row.rejected),
    currency: String(row.currency),
    billed: String(row.billed),
    effective: String(row.effective),
    list: String(row.list),
    contracted: String(row.contracted),
    state: row.replaced_import === null ? 'new' : 'replaced',
    estimated: row.estimated === true,
    verified: row.verified === true,
    counted: row.counted === true,
    importedAt: String(row.imported_at),
    checks: checks.filter((check) => check.import_id === row.id).map(toCheck),
  }))
}

function toCheck(row: Row) {
  return { name: String(row.name), ok: row.ok === true, detail: String(row.detail) }
}

/** The record as the contract has it. */
export function withoutInternals({
  id: _id,
  origin: _origin,
  ...period
}: ImportedPeriod & { readonly id: number; readonly origin: string }): ImportedPeriod {
  return period
}
