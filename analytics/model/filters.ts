import { type Filter, untagged } from '../contract/dimensions'
import type { BoundValues } from './bound-values'
import { dimensionSql } from './dimensions'

/** A dimension's value as it is shown and compared: absent has a name. */
export function valueSql(name: string, bound: BoundValues): string {
  const dimension = dimensionSql(name)
  return `COALESCE(${bound.inline(dimension.sql, dimension.values)}, '${untagged}')`
}

/**
 * Conditions of the filters; all must hold. Several values included for one dimension are alternatives, as in every
 * filter menu, whether they come in one filter or in several.
 */
export function filterConditions(
  filters: readonly Filter[],
  bound: BoundValues,
  shown: (dimension: string) => string = (name) => valueSql(name, bound),
): readonly string[] {
  const included = new Map<string, string[]>()
  const conditions: string[] = []
  for (const { dimension, operator, value } of filters) {
    const values = typeof value === 'string' ? [value] : value
    if (operator === '=') {
      included.set(dimension, [...(included.get(dimension) ?? []), ...values])
      continue
    }
    const sql = shown(dimension)
    if (operator === '!=')
      conditions.push(`${sql} NOT IN (${values.map((one) => bound.bind(one)).join(', ')})`)
    else conditions.push(matching(sql, values, operator === '!~', bound))
  }
  for (const [dimension, values] of included) {
    conditions.push(`${shown(dimension)} IN (${values.map((one) => bound.bind(one)).join(', ')})`)
  }
  return conditions
}

function matching(sql: string, values: readonly string[], not: boolean, bound: BoundValues): string {
  const parts = values.map((one) => `${sql} ILIKE ${bound.bind(containing(one))} ESCAPE '\\'`)
  return `${not ? 'NOT ' : ''}(${parts.join(' OR ')})`
}

export function containing(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`
}
