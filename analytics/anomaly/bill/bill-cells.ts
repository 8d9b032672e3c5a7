import type { AnomaliesRequest, PlannedEvent } from '../../contract/anomalies'
import { type Filter, untagged } from '../../contract/spend'
import { dimensionSql } from '../../model/dimensions'
import { filterClause } from '../../model/filters'
import { measureColumn } from '../../model/measures'
import type { Connection, SqlValue } from '../../store/connection'
import { quoteIdentifier } from '../../store/sql-text'

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
export const usageOnly = `"ChargeCategory" = 'Usage' AND "x_SplitCost" IS NULL`

/**
 * Daily cost of usage, one row a cell with its days and amounts. Statistics are estimates: here money becomes
 * a floating-point number; what is reported is added up again in decimals.
 */
export function compileCells(
  scope: BillScope,
  dimensions: readonly string[],
  largest: number | null,
): CompiledCells {
  const groups = dimensions.map((name) => ({ name, ...dimensionSql(name) }))
  const column = measureColumn(scope.measure)
  const filters = filterClause([
    ...scope.filters,
    { dimension: 'currency', operator: '=', value: scope.currency },
  ])
  const shown = groups.map(({ sql, name }) => `COALESCE(${sql}, '${untagged}') AS ${quoteIdentifier(name)}`)
  const keys = dimensions.map(quoteIdentifier).join(', ')
  const named = dimensions.includes('resource') ? `WHERE "resource" <> '${untagged}'` : ''
  return {
    sql: `WITH days AS (
        SELECT ${shown.map((one) => `${one}, `).join('')}date_diff('day', CAST(? AS DATE), CAST("ChargePeriodStart" AS DATE)) AS "day",
          sum(${column}) AS "cost"
        FROM counted_charges
        WHERE ${usageOnly} AND "ChargePeriodStart" >= CAST(? AS TIMESTAMP) AND "ChargePeriodStart" < CAST(? AS TIMESTAMP)
          ${filters.sql}
        GROUP BY ALL
      )
      SELECT ${keys === '' ? '' : `${keys}, `}list("day" ORDER BY "day") AS "days",
        list(CAST("cost" AS DOUBLE) ORDER BY "day") AS "costs"
      FROM days ${named} GROUP BY ALL
      ORDER BY sum(abs("cost")) DESC${keys === '' ? '' : `, ${keys}`} ${largest === null ? '' : `LIMIT ${Math.floor(largest)}`}`,
    values: [
      ...groups.flatMap(({ values }) => values),
      scope.firstDay,
      scope.firstDay,
      scope.to,
      ...filters.values,
    ],
  }
}

export async function readCells(
  connection: Connection,
  scope: BillScope,
  dimensions: readonly string[],
  days: number,
  largest: number | null,
  signal: AbortSignal,
): Promise<readonly BillCell[]> {
  const { sql, values } = compileCells(scope, dimensions, largest)
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
