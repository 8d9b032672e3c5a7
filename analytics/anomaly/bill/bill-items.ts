import type { Filter } from '../../contract/spend'
import type { BoundValues } from '../../model/bound-values'
import { dimensionSql } from '../../model/dimensions'
import { filterConditions, valueSql } from '../../model/filters'
import { measureColumn } from '../../model/measures'
import type { Connection } from '../../store/connection'
import { quoteIdentifier, quoteLiteral } from '../../store/sql-text'
import { amountSql } from '../../store/warehouse-schema'
import type { BillScope } from './bill-cells'

/** Where the counted imports are read: in the roll-ups, or in the charges while they are not rolled up. */
export interface BillImports {
  readonly rolled: readonly number[]
  readonly others: readonly number[]
}

/** What is asked of items: of one import, an item of the roll-ups and a line of the charges know the same. */
interface ItemsAsked {
  readonly dimensions: readonly string[]
  readonly categories: readonly string[]
  readonly filters: readonly Filter[]
  /** What else is told of an item of the roll-ups; nothing is known of a line of the charges before its days. */
  readonly ofMonth?: { readonly name: string; readonly sql: string; readonly unknown: string }
}

interface Days {
  /** null: from the first day on. */
  readonly from: string | null
  /** Exclusive. */
  readonly to: string
}

export async function billImports(connection: Connection, signal: AbortSignal): Promise<BillImports> {
  const rows = await connection.rows(
    `SELECT id, id IN (SELECT import_id FROM rolled_imports) AS rolled
     FROM imports WHERE counted ORDER BY id`,
    [],
    signal,
  )
  const ids = (rolled: boolean) => rows.filter((row) => row.rolled === rolled).map(({ id }) => Number(id))
  return { rolled: ids(true), others: ids(false) }
}

/**
 * What stays the same of lines, and a number that leads to their days: the dimensions that are asked for, where absent
 * values have a name. Of items, those of the window's months; of lines of the charges, all of their imports.
 */
export function itemsSql(
  { rolled, others }: BillImports,
  { dimensions, categories, filters, ofMonth }: ItemsAsked,
  { from, to }: Days,
  bound: BoundValues,
): string {
  const values = dimensions.map((name) => `${valueSql(name, bound)} AS ${quoteIdentifier(name)}`)
  const told = (sql: string | undefined) =>
    ofMonth && sql ? [`${sql} AS ${quoteIdentifier(ofMonth.name)}`] : []
  const conditions = [
    `"ChargeCategory" IN (${categories.map((one) => quoteLiteral(one)).join(', ')})`,
    ...filterConditions(filters, bound),
  ]
  const tags = [...dimensions, ...filters.map(({ dimension }) => dimension)].some((name) =>
    ['Tags', 'x_CostCategories'].includes(dimensionSql(name).column),
  )
  const sets = tags
    ? 'JOIN (SELECT "TagSet", "Tags", "x_CostCategories" FROM tag_sets) AS sets USING ("TagSet")'
    : ''
  const months = [
    ...(from === null ? [] : [`"Month" >= date_trunc('month', CAST(${bound.bind(from)} AS DATE))`]),
    `"Month" < CAST(${bound.bind(to)} AS DATE)`,
  ]
  const items = `SELECT ${['"Item"', ...told(ofMonth?.sql), ...values].join(', ')} FROM cost_months ${sets}
    WHERE ${[among(rolled), ...months, ...conditions].join(' AND ')}`
  if (others.length === 0) return items
  // Numbers of lines are made negative: they are no numbers of items.
  return `${items}
    UNION ALL
    SELECT ${['-id', ...told(ofMonth?.unknown), ...values].join(', ')} FROM charge_lines
    WHERE ${[among(others), ...conditions].join(' AND ')}`
}

/** The days of items: what each cost and how much was used. Those of charges not rolled up are single lines of a day. */
export function daysSql(
  { others }: BillImports,
  measure: BillScope['measure'],
  { from, to }: Days,
  bound: BoundValues,
  fromOfCharges: string | null = from,
): string {
  const window = (column: string, type: string, first: string | null) =>
    [
      ...(first === null ? [] : [`${column} >= CAST(${bound.bind(first)} AS ${type})`]),
      `${column} < CAST(${bound.bind(to)} AS ${type})`,
    ].join(' AND ')
  const column = measureColumn(measure)
  const days = `SELECT "Item", "Day", ${column} AS "cost", "ConsumedQuantity" AS "used" FROM cost_days
    WHERE ${window('"Day"', 'DATE', from)}`
  if (others.length === 0) return days
  return `${days}
    UNION ALL
    SELECT -line, CAST("ChargePeriodStart" AS DATE), ${amountSql(amountOf(measure), 'amount')}, "ConsumedQuantity"
    FROM charge_amounts AS amount
    WHERE ${among(others)} AND "x_SplitCost" IS NULL AND ${window('"ChargePeriodStart"', 'TIMESTAMP', fromOfCharges)}`
}

function amountOf(measure: BillScope['measure']) {
  switch (measure) {
    case 'billed':
      return 'BilledCost'
    case 'effective':
      return 'EffectiveCost'
    case 'list':
      return 'ListCost'
    case 'contracted':
      return 'ContractedCost'
  }
}

function among(imports: readonly number[]): string {
  return imports.length === 0 ? 'false' : `"x_ImportId" IN (${imports.join(', ')})`
}
