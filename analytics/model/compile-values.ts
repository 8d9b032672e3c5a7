import type { CostMeasure } from '../contract/spend'
import { BoundValues } from './bound-values'
import type { CompiledQuery } from './compile-query'
import type { CostTable } from './cost-tables'
import { containing } from './filters'
import type { Question } from './question'

export interface Menu {
  readonly measure: CostMeasure
  /** A part of the value; empty for all. */
  readonly search: string
  /** Values that match by another name. */
  readonly named: readonly string[]
  readonly limit: number
  readonly offset: number
}

/** The values of a question's only dimension, with how many there are in each row. */
export function compileValues(question: Question, table: CostTable, menu: Menu): CompiledQuery {
  const bound = new BoundValues()
  const source = table.source(question, bound)
  const conditions = [table.days(question.window, bound), ...source.conditions]
  const like = `value ILIKE ${bound.bind(containing(menu.search))} ESCAPE '\\'`
  const named =
    menu.named.length > 0 ? ` OR value IN (${menu.named.map((one) => bound.bind(one)).join(', ')})` : ''
  const [dimension = 'service'] = question.by
  const sql = `WITH spend AS (
  SELECT ${source.value(dimension)} AS value, COALESCE(${table.total(menu.measure)}, 0) AS amount, ${table.total('lines')} AS lines,
    ${question.apart ? `list_sort(list(DISTINCT ${source.currency}))` : 'NULL'} AS currencies
  FROM ${source.from} WHERE ${conditions.join(' AND ')} GROUP BY 1)
SELECT value, amount, CAST(lines AS BIGINT) AS lines, currencies, count(*) OVER () AS count
FROM spend ${menu.search === '' ? '' : `WHERE ${like}${named}`}
ORDER BY amount DESC, value LIMIT ${menu.limit} OFFSET ${menu.offset}`
  return { sql, values: bound.values, table: table.name }
}
