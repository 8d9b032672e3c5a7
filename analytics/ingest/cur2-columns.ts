import type { Connection } from '../store/connection'
import { quoteIdentifier, quoteList } from '../store/sql-text'

/** The columns of one export, by lower-case name: users choose their own SELECT, and case drifts. */
export class ExportColumns {
  private constructor(
    private readonly types: ReadonlyMap<string, { readonly name: string; readonly type: string }>,
  ) {}

  static async read(connection: Connection, files: readonly string[]): Promise<ExportColumns> {
    const rows = await connection.rows(`DESCRIBE SELECT * FROM ${parquet(files)}`)
    return new ExportColumns(
      new Map(
        rows.map((row) => [
          String(row.column_name).toLowerCase(),
          { name: String(row.column_name), type: String(row.column_type) },
        ]),
      ),
    )
  }

  has(name: string): boolean {
    return this.types.has(name)
  }

  /** The column as it is, or NULL of the type where the export lacks it. */
  raw(name: string, type: string): string {
    const column = this.types.get(name)
    return column ? quoteIdentifier(column.name) : `CAST(NULL AS ${type})`
  }

  /** Text, with the empty string as absent: exports mix both. */
  text(name: string): string {
    const column = this.types.get(name)
    if (!column) return 'CAST(NULL AS VARCHAR)'
    const value = quoteIdentifier(column.name)
    return column.type === 'VARCHAR' ? `NULLIF(${value}, '')` : `CAST(${value} AS VARCHAR)`
  }

  /** Exact money; what is not a number becomes NULL and is counted by `unreadable`. */
  money(name: string): string {
    const column = this.types.get(name)
    if (!column) return 'CAST(NULL AS DECIMAL(38,12))'
    const value = quoteIdentifier(column.name)
    const exact = `TRY_CAST(${value} AS DECIMAL(38,12))`
    if (!/^(DOUBLE|FLOAT)$/.test(column.type)) return exact
    // Scaled up, a larger double no longer holds all its digits: 12345678.91 would become 12345678.910000001024.
    return `CASE WHEN abs(${value}) < 2048 THEN ${exact} ELSE TRY_CAST(CAST(${value} AS VARCHAR) AS DECIMAL(38,12)) END`
  }

  time(name: string): string {
    return this.types.has(name)
      ? `TRY_CAST(${this.raw(name, 'TIMESTAMP')} AS TIMESTAMP)`
      : 'CAST(NULL AS TIMESTAMP)'
  }

  /** A map column; NULL where the export has none. */
  map(name: string): string {
    const column = this.types.get(name)
    return column?.type.startsWith('MAP')
      ? quoteIdentifier(column.name)
      : 'CAST(NULL AS MAP(VARCHAR, VARCHAR))'
  }
}

export function parquet(files: readonly string[]): string {
  return `read_parquet(${quoteList(files)}, union_by_name = true)`
}

/** Without these a line of a bill cannot be understood. */
export const mandatoryColumns = [
  'bill_payer_account_id',
  'bill_billing_period_start_date',
  'line_item_line_item_type',
  'line_item_usage_start_date',
  'line_item_usage_account_id',
  'line_item_product_code',
  'line_item_unblended_cost',
  'line_item_currency_code',
] as const

/** Without these the figures are still right where they exist, but some are missing. */
export const advisableColumns: Readonly<Record<string, string>> = {
  savings_plan_savings_plan_effective_cost: 'the effective cost of usage covered by Savings Plans',
  reservation_effective_cost: 'the effective cost of usage covered by reservations',
  pricing_public_on_demand_cost: 'list cost and savings',
  line_item_usage_type: 'questions by usage type',
  resource_tags: 'questions by tag',
}
