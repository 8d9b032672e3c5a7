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
  const source = table.source(question, question.window, bound)
  const found = menu.search === '' ? '' : `WHERE ${matching(menu, bound)}`
  const [dimension = 'service'] = question.by
  const sql = `WITH spend AS (
  SELECT ${source.value(dimension)} AS value, COALESCE(${table.total(menu.measure, source.shares)}, 0) AS amount, ${table.total('lines', source.shares)} AS lines,
    ${question.apart ? `list_sort(list(DISTINCT ${source.currency}))` : 'NULL'} AS currencies
  FROM ${source.from} WHERE ${source.conditions.join(' AND ')} GROUP BY 1)
SELECT value, amount, CAST(lines AS BIGINT) AS lines, currencies, count(*) OVER () AS count
FROM spend ${found}
ORDER BY amount DESC, value LIMIT ${menu.limit} OFFSET ${menu.offset}`
  return { sql, values: bound.values, table: table.name }
}

function matching({ search, named }: Menu, bound: BoundValues): string {
  const like = `value ILIKE ${bound.bind(containing(search))} ESCAPE '\\'`
  return named.length === 0
    ? like
    : `(${like} OR value IN (${named.map((one) => bound.bind(one)).join(', ')}))`
}
