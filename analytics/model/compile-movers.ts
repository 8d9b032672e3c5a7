import { quoteIdentifier } from '../store/sql-text'
import { moneyType } from '../store/warehouse-schema'
import { BoundValues } from './bound-values'
import type { CompiledQuery } from './compile-query'
import type { CostTable } from './cost-tables'
import { componentsOf, meaningOf } from './measures'
import { cells, componentColumn, previousColumn } from './query-steps'
import type { Question } from './question'

/** The level at which a price is one: what a usage type costs a unit in one account. */
export const cellDimensions = ['account', 'service', 'usage-type', 'unit', 'charge-category'] as const

export const shownMovers = 8

const lists = [
  { name: 'service', key: '"service"' },
  { name: 'account', key: '"account"' },
  { name: 'total', key: "''" },
] as const

/**
 * One row a mover: what it costs now and before, and the change divided by cause. What the former usage would cost
 * now is worked out once a cell, in floating point, and rounded; price and usage are what it leaves on either side,
 * so that the parts add up to the change to the last digit.
 */
export function compileMovers(question: Question, table: CostTable): CompiledQuery {
  const bound = new BoundValues()
  const [measure = 'effective'] = question.measures
  const step = cells(question, componentsOf(question.measures), table, bound)
  const sql = meaningOf(measure).sql
  const [used, usedBefore] = [componentColumn('quantity'), previousColumn('quantity')]
  const isPriced = `"charge-category" = 'Usage' AND ${used} > 0 AND ${usedBefore} > 0`
  const kept = `TRY_CAST("before" * (CAST(${used} AS DOUBLE) / CAST(${usedBefore} AS DOUBLE)) AS ${moneyType})`
  const one = ({ name, key }: (typeof lists)[number]) => `(
  SELECT '${name}' AS list, ${key} AS value, sum("now") AS "current", sum("before") AS "previous",
    sum("now" - "before") AS "change", sum("price") AS "price", sum("usage") AS "usage", sum("mix") AS "mix",
    sum("fees") AS "fees"
  FROM divided GROUP BY 2 HAVING sum("now") <> 0 OR sum("before") <> 0
  ORDER BY abs(sum("now" - "before")) DESC, 2 LIMIT ${shownMovers})`
  const lead = ({ name, key }: (typeof lists)[number]) => `
  SELECT '${name}' AS list, ${key} AS value, "usage-type", sum("now" - "before") AS "change"
  FROM divided WHERE "charge-category" = 'Usage' GROUP BY ALL`
  return {
    sql: `WITH ${step.sql.join(',\n')},
costs AS (
  SELECT *, ${sql(componentColumn)} AS "now", ${sql(previousColumn)} AS "before" FROM ${step.last}),
kept AS (
  SELECT *, CASE WHEN ${isPriced} THEN ${kept} END AS "kept" FROM costs),
divided AS (
  SELECT ${cellDimensions.map(quoteIdentifier).join(', ')}, "now", "before",
    COALESCE("now" - "kept", 0) AS "price", COALESCE("kept" - "before", 0) AS "usage",
    CASE WHEN "kept" IS NULL AND "charge-category" = 'Usage' THEN "now" - "before" ELSE 0 END AS "mix",
    CASE WHEN "charge-category" <> 'Usage' THEN "now" - "before" ELSE 0 END AS "fees"
  FROM kept),
movers AS (${lists.map(one).join(' UNION ALL ')}),
leads AS (
  SELECT list, value, "usage-type", leads."change",
    row_number() OVER (PARTITION BY list, value ORDER BY abs(leads."change") DESC, "usage-type") AS place
  FROM (${lists.map(lead).join('  UNION ALL')}) AS leads JOIN movers USING (list, value)
  WHERE sign(leads."change") = sign(movers."change") AND leads."change" <> 0)
SELECT list, value, ${['current', 'previous', 'change', 'price', 'usage', 'mix', 'fees']
      .map((name) => `CAST(movers.${quoteIdentifier(name)} AS VARCHAR) AS ${quoteIdentifier(name)}`)
      .join(', ')},
  leads."usage-type" AS lead, CAST(leads."change" AS VARCHAR) AS lead_change
FROM movers LEFT JOIN leads USING (list, value)
WHERE COALESCE(place, 1) = 1 ORDER BY list, abs(movers."change") DESC, value`,
    values: bound.values,
    table: table.name,
  }
}
