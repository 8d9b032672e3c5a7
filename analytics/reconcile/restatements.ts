import type {
  DeliveredMonth,
  Delivery,
  RestatedLine,
  Restatements,
  RestatementsRequest,
} from '../contract/restatements'
import { type Result, succeed } from '../contract/result'
import type { Work } from '../engine/work'
import { instantOf } from '../ingest/import-records'
import type { Row } from '../store/connection'

/** Every version of the months of a source that is still in, oldest first. */
export const deliveriesSql = `WITH wanted AS (
    SELECT source, payer, period FROM imports
    WHERE in_force AND (?::VARCHAR IS NULL OR source = ?) AND (?::VARCHAR IS NULL OR period = ?)),
  files AS (SELECT import_id, count(*) AS n FROM import_files GROUP BY 1)
  SELECT one.id, one.source, one.payer, one.period, one."rows", one.estimated, one.in_force, one.replaced_import,
    COALESCE(files.n, 0)::INTEGER AS files, ${instantOf('one.imported_at')} AS first_seen,
    ${instantOf('next.imported_at')} AS last_seen,
    COALESCE(NOT former.estimated
      AND former.imported_at >= strptime(one.period || '-01', '%Y-%m-%d') + INTERVAL 1 MONTH, false) AS after_close
  FROM imports AS one JOIN wanted USING (source, payer, period)
    LEFT JOIN imports AS next ON next.replaced_import = one.id
    LEFT JOIN imports AS former ON former.id = one.replaced_import
    LEFT JOIN files ON files.import_id = one.id
  ORDER BY one.period DESC, one.source, one.payer, one.id`

const beside = `pairs AS (
    SELECT id, replaced_import FROM imports WHERE id IN (SELECT unnest(?::INTEGER[]))),
  present AS (SELECT pairs.id, totals.* FROM pairs JOIN delivery_totals AS totals ON totals.import_id = pairs.id),
  former AS (SELECT pairs.id, totals.* FROM pairs JOIN delivery_totals AS totals ON totals.import_id = pairs.replaced_import),
  lines AS (
    SELECT COALESCE(present.id, former.id) AS id, COALESCE(present.currency, former.currency) AS currency,
      COALESCE(present.account, former.account) AS account, COALESCE(present.service, former.service) AS service,
      COALESCE(present.line_type, former.line_type) AS line_type,
      COALESCE(present.billed, 0) AS billed, COALESCE(present.effective, 0) AS effective,
      COALESCE(former.billed, 0) AS billed_before, COALESCE(former.effective, 0) AS effective_before,
      CASE WHEN former.id IS NULL THEN 'new' WHEN present.id IS NULL THEN 'gone' ELSE 'changed' END AS kind
    FROM present FULL JOIN former ON present.id = former.id AND present.currency IS NOT DISTINCT FROM former.currency
      AND present.account IS NOT DISTINCT FROM former.account AND present.service IS NOT DISTINCT FROM former.service
      AND present.line_type IS NOT DISTINCT FROM former.line_type)`

/** What each delivery comes to, and by how much that is not what the one before came to. */
export const deliveryTotalsSql = `WITH ${beside}
  SELECT id, currency, sum(billed)::VARCHAR AS billed, sum(effective)::VARCHAR AS effective,
    (sum(billed) - sum(billed_before))::VARCHAR AS billed_change,
    (sum(effective) - sum(effective_before))::VARCHAR AS effective_change,
    count(*) FILTER (billed <> billed_before OR effective <> effective_before)::INTEGER AS changes
  FROM lines GROUP BY id, currency ORDER BY id, currency`

/** The largest changes of each delivery, by account, service and line type. */
export const restatedLinesSql = `WITH ${beside},
  changed AS (
    SELECT *, row_number() OVER (PARTITION BY id
      ORDER BY abs(billed - billed_before) DESC, abs(effective - effective_before) DESC, currency, account, service, line_type) AS place
    FROM lines WHERE billed <> billed_before OR effective <> effective_before)
  SELECT changed.id, changed.currency, changed.account, names.name AS account_name, service, line_type, kind,
    billed_before::VARCHAR AS billed_before, billed::VARCHAR AS billed, (billed - billed_before)::VARCHAR AS billed_change,
    effective_before::VARCHAR AS effective_before, effective::VARCHAR AS effective,
    (effective - effective_before)::VARCHAR AS effective_change
  FROM changed LEFT JOIN account_names AS names ON names.account = changed.account
  WHERE place <= ? ORDER BY changed.id, place`

const usualMost = 100

/** What the clouds changed in months that were there already. */
export async function readRestatements(
  { source, period, most = usualMost }: RestatementsRequest,
  { store, signal }: Work,
): Promise<Result<Restatements>> {
  const connection = await store.connect()
  try {
    const wanted = [source ?? null, source ?? null, period ?? null, period ?? null]
    const deliveries = await connection.rows(deliveriesSql, wanted, signal)
    const byMonth = new Map<string, Row[]>()
    for (const row of deliveries) {
      const key = `${row.period}\0${row.source}\0${row.payer}`
      byMonth.set(key, [...(byMonth.get(key) ?? []), row])
    }
    const repeated = [...byMonth.values()].filter((rows) => rows.length > 1)
    const ids = `[${repeated
      .flat()
      .map(({ id }) => Number(id))
      .join(', ')}]`
    const totals = await connection.rows(deliveryTotalsSql, [ids], signal)
    const changes = await connection.rows(restatedLinesSql, [ids, most], signal)
    return succeed({ months: repeated.map((rows) => toMonth(rows, byImport(totals), byImport(changes))) })
  } finally {
    connection.closeSync()
  }
}

type ByImport = ReadonlyMap<number, readonly Row[]>

function byImport(rows: readonly Row[]): ByImport {
  const found = new Map<number, Row[]>()
  for (const row of rows) found.set(Number(row.id), [...(found.get(Number(row.id)) ?? []), row])
  return found
}

function toMonth(rows: readonly Row[], totals: ByImport, changes: ByImport): DeliveredMonth {
  const deliveries = rows.map((row) =>
    toDelivery(row, totals.get(Number(row.id)) ?? [], changes.get(Number(row.id)) ?? []),
  )
  const [first] = rows
  return {
    source: String(first?.source),
    payer: String(first?.payer),
    period: String(first?.period),
    restated: deliveries.some(({ afterClose, changeCount }) => afterClose && changeCount > 0),
    deliveries: deliveries.reverse(),
  }
}

function toDelivery(row: Row, totals: readonly Row[], changes: readonly Row[]): Delivery {
  const replaced = row.replaced_import !== null
  return {
    importId: Number(row.id),
    firstSeen: String(row.first_seen),
    lastSeen: row.last_seen === null ? null : String(row.last_seen),
    inForce: row.in_force === true,
    estimated: row.estimated === true,
    rows: Number(row.rows),
    files: Number(row.files),
    afterClose: row.after_close === true,
    replaced,
    totals: totals.map((total) => ({
      currency: String(total.currency),
      billed: String(total.billed),
      effective: String(total.effective),
      billedChange: replaced ? String(total.billed_change) : '0',
      effectiveChange: replaced ? String(total.effective_change) : '0',
    })),
    // The first of a month has nothing to be compared with.
    changes: replaced ? changes.map(toLine) : [],
    changeCount: replaced ? totals.reduce((sum, total) => sum + Number(total.changes), 0) : 0,
  }
}

function toLine(row: Row): RestatedLine {
  const text = (value: Row[string] | undefined) =>
    value === null || value === undefined ? null : String(value)
  const kind = row.kind === 'new' || row.kind === 'gone' ? row.kind : 'changed'
  return {
    account: text(row.account),
    accountName: text(row.account_name),
    service: text(row.service),
    lineType: text(row.line_type),
    currency: String(row.currency),
    kind,
    billedBefore: String(row.billed_before),
    billed: String(row.billed),
    billedChange: String(row.billed_change),
    effectiveBefore: String(row.effective_before),
    effective: String(row.effective),
    effectiveChange: String(row.effective_change),
  }
}
