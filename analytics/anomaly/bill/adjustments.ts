import type { Anomalies, AnomaliesRequest } from '../../contract/anomalies'
import { untagged } from '../../contract/spend'
import { BoundValues } from '../../model/bound-values'
import type { Connection, SqlValue } from '../../store/connection'
import { quoteIdentifier } from '../../store/sql-text'
import { type BillScope, filtersOfBill } from './bill-cells'
import { type BillImports, daysSql, itemsSql } from './bill-items'

const mostAdjustments = 200

/** Credits and refunds of the period: they are no usage, and are told beside the anomalies. */
export function compileAdjustments(
  scope: BillScope,
  imports: BillImports,
  from: string,
  to: string,
): { readonly sql: string; readonly values: readonly SqlValue[] } {
  const bound = new BoundValues()
  const asked = {
    dimensions: ['charge-category', 'service'],
    categories: ['Credit', 'Adjustment'],
    filters: filtersOfBill(scope),
  }
  const items = itemsSql(imports, asked, { from, to }, bound)
  const days = daysSql(imports, scope.measure, { from, to }, bound)
  const amount = 'sum("cost")'
  return {
    sql: `SELECT strftime("Day", '%Y-%m-%d') AS "day", "charge-category" AS category,
        CASE WHEN "service" = '${untagged}' THEN '' ELSE "service" END AS service, ${amount}::VARCHAR AS amount
      FROM (${days}) JOIN (${items}) USING ("Item")
      GROUP BY ALL HAVING ${amount} <> 0 ORDER BY abs(${amount}) DESC, 1, 2, 3 LIMIT ${mostAdjustments}`,
    values: bound.values,
  }
}

export async function readAdjustments(
  connection: Connection,
  scope: BillScope,
  imports: BillImports,
  from: string,
  to: string,
  signal: AbortSignal,
): Promise<Anomalies['adjustments']> {
  const { sql, values } = compileAdjustments(scope, imports, from, to)
  const rows = await connection.rows(sql, values, signal)
  return rows.map(({ day, category, service, amount }) => ({
    day: String(day),
    category: String(category),
    service: String(service),
    amount: String(amount),
  }))
}

/** Billing months that were delivered again with another total: what moved there may be the provider's correction. */
export async function readRestatedPeriods(
  connection: Connection,
  measure: NonNullable<AnomaliesRequest['measure']>,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  // The totals of an import are named like the measures.
  const column = quoteIdentifier(measure)
  const rows = await connection.rows(
    `SELECT DISTINCT now.period AS period FROM imports now JOIN imports past ON past.id = now.replaced_import
     WHERE now.counted AND NOT past.estimated AND now.${column} <> past.${column}`,
    [],
    signal,
  )
  return new Set(rows.map(({ period }) => String(period)))
}
