import { type CostQuery, type Filter, type Measure, untagged } from '../contract/spend'
import { quoteIdentifier } from '../store/sql-text'
import { dimensionSql } from './dimensions'
import { comparisonWindow, type Shift } from './windows'

export interface CompiledQuery {
  readonly sql: string
  readonly values: readonly (string | null)[]
  /** The daily cube answers what it can; both hold the same exact decimals, so the digits are the same. */
  readonly table: 'counted_costs' | 'counted_charges'
}

const measureColumns: { readonly [M in Measure]: string } = {
  billed: '"BilledCost"',
  effective: '"EffectiveCost"',
  list: '"ListCost"',
  contracted: '"ContractedCost"',
  quantity: '"ConsumedQuantity"',
}

export function measureColumn(measure: Measure): string {
  return measureColumns[measure]
}

/** Rows grouped and sorted, without `limit`: the caller cuts, after the total is known. */
export function compileQuery(query: CostQuery): CompiledQuery {
  const table = tableFor(query)
  if (!query.compare) {
    const part = groupedPart(query, table, query.from, query.to, null)
    const order = [...(query.grain ? ['"time"'] : []), '"amount" DESC', ...names(query).map(quoteIdentifier)]
    return { sql: `${part.sql} ORDER BY ${order.join(', ')}`, values: part.values, table }
  }
  const window = comparisonWindow(query.from, query.to, query.compare, query.grain)
  const now = groupedPart(query, table, query.from, query.to, null)
  const then = groupedPart(query, table, window.from, window.to, window.shift)
  const keys = [...names(query).map(quoteIdentifier), ...(query.grain ? ['"time"'] : [])]
  const shown = keys.map((key) => `COALESCE(now.${key}, past.${key}) AS ${key}`)
  const joined = keys.length === 0 ? 'true' : keys.map((key) => `now.${key} = past.${key}`).join(' AND ')
  const order = [
    ...(query.grain ? ['"time"'] : []),
    '"amount" DESC',
    '"previous" DESC',
    ...names(query).map(quoteIdentifier),
  ]
  return {
    sql: `WITH now AS (${now.sql}), past AS (${then.sql})
      SELECT ${[...shown, 'COALESCE(now."amount", 0) AS "amount"', 'COALESCE(past."amount", 0) AS "previous"'].join(', ')}
      FROM now FULL JOIN past ON ${joined}
      ORDER BY ${order.join(', ')}`,
    values: [...now.values, ...then.values],
    table,
  }
}

/** The currencies among the rows a query adds up: more than one may never become one sum. */
export function compileCurrencies(query: CostQuery): CompiledQuery {
  const table = tableFor(query)
  const filters = where(query.where ?? [])
  // Of a comparison both windows, and nothing of what lies between them.
  const windows = [
    query,
    ...(query.compare ? [comparisonWindow(query.from, query.to, query.compare, query.grain)] : []),
  ]
  const days = windows.map(() => `(${dayRange(table)})`).join(' OR ')
  return {
    sql: `SELECT DISTINCT "BillingCurrency" AS currency FROM ${table}
      WHERE (${days}) ${filters.sql} ORDER BY 1`,
    values: [...windows.flatMap(({ from, to }) => [from, to]), ...filters.values],
    table,
  }
}

function tableFor(query: CostQuery): CompiledQuery['table'] {
  const used = [...(query.by ?? []), ...(query.where ?? []).map(({ dimension }) => dimension)]
  return used.every((dimension) => dimensionSql(dimension).inCube) ? 'counted_costs' : 'counted_charges'
}

/** A dimension named twice is one. */
export function names(query: CostQuery): readonly string[] {
  return [...new Set(query.by)]
}

interface Part {
  readonly sql: string
  readonly values: readonly string[]
}

function groupedPart(
  query: CostQuery,
  table: CompiledQuery['table'],
  from: string,
  to: string,
  shift: Shift | null,
): Part {
  const groups: string[] = []
  const values: string[] = []
  for (const name of names(query)) {
    const dimension = dimensionSql(name)
    groups.push(`COALESCE(${dimension.sql}, '${untagged}') AS ${quoteIdentifier(name)}`)
    values.push(...dimension.values)
  }
  if (query.grain) {
    const day = shift ? `(${dayOf(table)} + INTERVAL ${shift.amount} ${shift.unit})` : dayOf(table)
    groups.push(`strftime(date_trunc('${query.grain}', ${day}), '%Y-%m-%d') AS "time"`)
  }
  const filters = where(query.where ?? [])
  return {
    sql: `SELECT ${[...groups, `COALESCE(sum(${measureColumn(query.measure)}), 0) AS "amount"`].join(', ')}
      FROM ${table} WHERE ${dayRange(table)} ${filters.sql} ${groups.length > 0 ? 'GROUP BY ALL' : ''}`,
    values: [...values, from, to, ...filters.values],
  }
}

function dayOf(table: CompiledQuery['table']): string {
  return table === 'counted_costs' ? '"Day"' : 'CAST("ChargePeriodStart" AS DATE)'
}

function dayRange(table: CompiledQuery['table']): string {
  return table === 'counted_costs'
    ? '"Day" >= CAST(? AS DATE) AND "Day" < CAST(? AS DATE)'
    : // Split cost repeats what an instance costs; its rows would only add empty groups.
      '"x_SplitCost" IS NULL AND "ChargePeriodStart" >= CAST(? AS TIMESTAMP) AND "ChargePeriodStart" < CAST(? AS TIMESTAMP)'
}

/**
 * Several values included for one dimension are alternatives, as in every filter menu; everything else must hold
 * together.
 */
export function where(filters: readonly Filter[]): Part {
  const parts: string[] = []
  const values: string[] = []
  const alternatives = new Map<string, Filter[]>()
  for (const filter of filters) {
    if (filter.operator === '=') {
      alternatives.set(filter.dimension, [...(alternatives.get(filter.dimension) ?? []), filter])
      continue
    }
    const dimension = dimensionSql(filter.dimension)
    const value = `COALESCE(${dimension.sql}, '${untagged}')`
    const test = { '!=': '<> ?', '~': "ILIKE ? ESCAPE '\\'", '!~': "NOT ILIKE ? ESCAPE '\\'" }[
      filter.operator
    ]
    parts.push(`${value} ${test}`)
    values.push(...dimension.values, filter.operator === '!=' ? filter.value : containing(filter.value))
  }
  for (const [name, same] of alternatives) {
    const dimension = dimensionSql(name)
    parts.push(`COALESCE(${dimension.sql}, '${untagged}') IN (${same.map(() => '?').join(', ')})`)
    values.push(...dimension.values, ...same.map(({ value }) => value))
  }
  return { sql: parts.map((part) => `AND ${part}`).join(' '), values }
}

function containing(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`
}
