import type { AnomaliesRequest, PlannedEvent } from '../../contract/anomalies'
import { type Filter, untagged } from '../../contract/spend'
import { BoundValues } from '../../model/bound-values'
import type { Connection, SqlValue } from '../../store/connection'
import { quoteIdentifier } from '../../store/sql-text'
import { type BillImports, daysSql, itemsSql } from './bill-items'

export interface CompiledCells {
  readonly sql: string
  readonly values: readonly SqlValue[]
}

export interface BillScope {
  readonly measure: NonNullable<AnomaliesRequest['measure']>
  readonly currency: string
  readonly filters: readonly Filter[]
  readonly firstDay: string
  /** Exclusive. */
  readonly to: string
}

/** What a daily cost belongs to; null where the level does not tell it apart. */
export type CellDimensions = Readonly<Record<string, string>>

export interface BillCell {
  readonly dimensions: CellDimensions
  readonly values: Float64Array
}

/** The finest level that is looked at by itself. */
export const lineDimensions = ['account', 'service', 'region', 'usage-type'] as const
export const resourceDimensions = [...lineDimensions, 'resource'] as const

/** Usage alone: fees, credits and taxes have their own times and are told apart. */
export const usageOnly = ['Usage'] as const

/** What the bill is narrowed to, and the currency that is looked at. */
export function filtersOfBill({ filters, currency }: BillScope): readonly Filter[] {
  return [...filters, { dimension: 'currency', operator: '=', value: currency }]
}

/**
 * Daily cost of usage, one row a cell with its days and amounts, the cells that cost most. Who they can be is told
 * from sums without days: a cell's days come to at least their sum and to at most what its items' days come to.
 * Statistics are estimates: here money becomes a floating-point number; what is reported is added up again in decimals.
 */
export function compileCells(
  scope: BillScope,
  imports: BillImports,
  dimensions: readonly string[],
  largest: number,
): CompiledCells {
  const bound = new BoundValues()
  const window = { from: scope.firstDay, to: scope.to }
  const asked = { dimensions, categories: usageOnly, filters: filtersOfBill(scope) }
  const items = itemsSql(imports, asked, window, bound)
  const days = daysSql(imports, scope.measure, window, bound)
  const keys = dimensions.map(quoteIdentifier).join(', ')
  const named = dimensions.includes('resource') ? `WHERE "resource" <> '${untagged}'` : ''
  const count = Math.floor(largest)
  return {
    sql: `WITH items AS MATERIALIZED (SELECT * FROM (${items}) ${named}),
      sums AS (
        SELECT "Item", sum("cost") AS "cost", sum(abs("cost")) AS "most" FROM (${days}) GROUP BY "Item"),
      bounds AS MATERIALIZED (
        SELECT row_number() OVER () AS "cell", * FROM (
          SELECT ${keys}, COALESCE(abs(sum("cost")), 0) AS "least", COALESCE(sum("most"), 0) AS "most"
          FROM items JOIN sums USING ("Item") GROUP BY ${keys})),
      cells AS MATERIALIZED (
        SELECT "cell", ${keys} FROM bounds
        WHERE "most" >= (SELECT min("least") FROM (SELECT "least" FROM bounds ORDER BY "least" DESC LIMIT ${count}))),
      days AS (
        SELECT "cell", date_diff('day', CAST(${bound.bind(scope.firstDay)} AS DATE), "Day")::INTEGER AS "day", sum("cost") AS "cost"
        FROM (${days}) JOIN (SELECT "Item", "cell" FROM items JOIN cells USING (${keys})) USING ("Item")
        GROUP BY ALL),
      lists AS (
        SELECT "cell", sum(abs("cost")) AS "size", list("day" ORDER BY "day") AS "days",
          list(CAST("cost" AS DOUBLE) ORDER BY "day") AS "costs"
        FROM days GROUP BY "cell")
      SELECT ${keys}, "days", "costs" FROM lists JOIN cells USING ("cell")
      ORDER BY "size" DESC, ${keys} LIMIT ${count}`,
    values: bound.values,
  }
}

export async function readCells(
  connection: Connection,
  scope: BillScope,
  imports: BillImports,
  dimensions: readonly string[],
  days: number,
  largest: number,
  signal: AbortSignal,
): Promise<readonly BillCell[]> {
  const { sql, values } = compileCells(scope, imports, dimensions, largest)
  const rows = await connection.cells(sql, values, signal)
  return rows.map((row) => {
    const cost = new Float64Array(days)
    const places = listIn(row[dimensions.length])
    const costs = listIn(row[dimensions.length + 1])
    for (const [at, place] of places.entries()) cost[Number(place)] = Number(costs[at] ?? 0)
    return {
      dimensions: Object.fromEntries(dimensions.map((name, at) => [name, String(row[at])])),
      values: cost,
    }
  })
}

/** DuckDB hands a list over as an array, which the type of a plain cell does not say. */
function listIn(cell: unknown): readonly unknown[] {
  if (!Array.isArray(cell)) throw new Error('A cell of days and costs is no list.')
  return cell
}

/** Whether a planned event speaks of this cell: every one of its conditions holds there. */
export function concerns({ where: filters }: PlannedEvent, dimensions: CellDimensions): boolean {
  return filters.every((filter) => holds(filter, dimensions[filter.dimension]))
}

function holds({ operator, value }: Filter, mine: string | undefined): boolean {
  if (mine === undefined) return false
  const values = typeof value === 'string' ? [value] : value
  const part = values.some((one) => mine.toLowerCase().includes(one.toLowerCase()))
  switch (operator) {
    case '=':
      return values.includes(mine)
    case '!=':
      return !values.includes(mine)
    case '~':
      return part
    case '!~':
      return !part
  }
}
