import type { Anomalies, AnomaliesRequest } from '../../contract/anomalies'
import { filterClause } from '../../model/filters'
import { measureColumn } from '../../model/measures'
import type { Connection, SqlValue } from '../../store/connection'
import { quoteIdentifier } from '../../store/sql-text'
import type { BillScope } from './bill-cells'

const mostAdjustments = 200

/** Credits and refunds of the period: they are no usage, and are told beside the anomalies. */
export function compileAdjustments(
  scope: BillScope,
  from: string,
  to: string,
): { readonly sql: string; readonly values: readonly SqlValue[] } {
  const filters = filterClause([
    ...scope.filters,
    { dimension: 'currency', operator: '=', value: scope.currency },
  ])
  const amount = `sum(${measureColumn(scope.measure)})`
  return {
    sql: `SELECT strftime(CAST("ChargePeriodStart" AS DATE), '%Y-%m-%d') AS "day", "ChargeCategory" AS category,
        COALESCE("ServiceName", '') AS service, ${amount}::VARCHAR AS amount
      FROM counted_charges
      WHERE "ChargeCategory" IN ('Credit', 'Adjustment') AND "x_SplitCost" IS NULL
        AND "ChargePeriodStart" >= CAST(? AS TIMESTAMP) AND "ChargePeriodStart" < CAST(? AS TIMESTAMP) ${filters.sql}
      GROUP BY ALL HAVING ${amount} <> 0 ORDER BY abs(${amount}) DESC, 1, 2, 3 LIMIT ${mostAdjustments}`,
    values: [from, to, ...filters.values],
  }
}

export async function readAdjustments(
  connection: Connection,
  scope: BillScope,
  from: string,
  to: string,
  signal: AbortSignal,
): Promise<Anomalies['adjustments']> {
  const { sql, values } = compileAdjustments(scope, from, to)
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
