import type { CostMeasure } from '../contract/spend'
import { quoteIdentifier } from '../store/sql-text'
import { BoundValues } from './bound-values'
import type { CompiledQuery } from './compile-query'
import type { CostTable } from './cost-tables'
import type { Question } from './question'

/**
 * What each of a question's groups came to on each day, all of it: an answer for people is cut to a page, a forecast
 * needs every day of every group. Its columns: the dimensions, the day, the amount.
 */
export function compileDays(question: Question, table: CostTable, measure: CostMeasure): CompiledQuery {
  const bound = new BoundValues()
  const source = table.source(question, question.window, bound)
  const groups = question.by.map((name) => `${source.value(name)} AS ${quoteIdentifier(name)}`)
  const sql = `SELECT ${[...groups, `CAST(${table.day} AS VARCHAR) AS "day"`].join(', ')}, COALESCE(${table.total(measure, source.shares)}, 0) AS amount
FROM ${source.from} WHERE ${source.conditions.join(' AND ')} GROUP BY ALL ORDER BY ALL`
  return { sql, values: bound.values, table: table.name }
}

/** The currencies among a question's rows: more than one may never become one sum. */
export function compileCurrencies(question: Question, table: CostTable): CompiledQuery {
  const bound = new BoundValues()
  const source = table.source(question, question.window, bound)
  const sql = `SELECT DISTINCT ${source.currency} AS currency
FROM ${source.from} WHERE ${source.conditions.join(' AND ')} ORDER BY 1`
  return { sql, values: bound.values, table: table.name }
}
