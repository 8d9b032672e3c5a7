import type { CostMeasure } from '../contract/spend'
import { quoteIdentifier } from '../store/sql-text'
import { BoundValues } from './bound-values'
import type { CompiledQuery } from './compile-query'
import type { CostTable } from './cost-tables'
import type { Question } from './question'

/**
 * What each of a question's groups came to in each month, all of it: an answer for people is cut to a page, shared
 * cost is divided by all of it. Its columns: the dimensions, the first day of the month, the amounts.
 */
export function compileMonths(
  question: Question,
  table: CostTable,
  measures: readonly CostMeasure[],
): CompiledQuery {
  const bound = new BoundValues()
  const source = table.source(question, question.window, bound)
  const groups = question.by.map((name) => `${source.value(name)} AS ${quoteIdentifier(name)}`)
  const month = `strftime(date_trunc('month', ${table.day}), '%Y-%m-%d') AS "month"`
  const amounts = measures.map(
    (measure) =>
      `COALESCE(${table.total(measure, source.shares)}, 0) AS ${quoteIdentifier(`amount ${measure}`)}`,
  )
  const sql = `SELECT ${[...groups, month, ...amounts].join(', ')}
FROM ${source.from} WHERE ${source.conditions.join(' AND ')} GROUP BY ALL ORDER BY ALL`
  return { sql, values: bound.values, table: table.name }
}
