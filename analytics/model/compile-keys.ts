import type { CostMeasure } from '../contract/spend'
import { BoundValues } from './bound-values'
import type { CompiledQuery } from './compile-query'
import type { CostTable } from './cost-tables'
import type { Question } from './question'

/** AWS's rule for keys in maps and columns, as `dimensions.ts` applies it to what people type. */
export const normalisedKeySql = `trim(regexp_replace(lower(regexp_replace(regexp_replace(key, '^user[_:]', ''),
    '([a-z0-9])([A-Z])', '\\1_\\2', 'g')), '[^a-z0-9]+', '_', 'g'), '_')`

/** What the lines carry, by key: lines with the same tags are added up first, so that few maps are taken apart. */
export function compileKeys(question: Question, table: CostTable, measure: CostMeasure): CompiledQuery {
  const bound = new BoundValues()
  const source = table.source(question, question.window, bound)
  const family = (name: string, column: string) => `
${name}_entries AS (
  SELECT id, amount, entry.key AS key, entry.value AS value
  FROM (SELECT id, amount, unnest(map_entries(${column})) AS entry FROM sets)),
${name}_named AS (SELECT *, ${normalisedKeySql} AS name FROM ${name}_entries WHERE value <> ''),
${name}_sets AS (SELECT name, id, any_value(amount) AS amount FROM ${name}_named GROUP BY ALL),
${name}_keys AS (
  SELECT spent.name, spent.amount, told.spellings, told.different
  FROM (SELECT name, sum(amount) AS amount FROM ${name}_sets GROUP BY 1) AS spent
  JOIN (SELECT name, list_sort(list(DISTINCT key)) AS spellings, count(DISTINCT value) AS different
    FROM ${name}_named GROUP BY 1) AS told USING (name))`
  const rows = (name: string, shown: string) =>
    `SELECT '${shown}' AS family, spellings, different, CAST(amount AS VARCHAR) AS amount,
  round(CAST(100 * amount / NULLIF((SELECT amount FROM total), 0) AS DOUBLE), 4) AS coverage, name
FROM ${name}_keys`
  const sql = `WITH sets AS MATERIALIZED (
  SELECT row_number() OVER () AS id, "Tags", "x_CostCategories", amount FROM (
    SELECT ${source.tagSet.key}, COALESCE(${table.total(measure, source.shares)}, 0) AS amount
    FROM ${source.from} WHERE ${source.conditions.join(' AND ')} GROUP BY ALL) ${source.tagSet.join}),
total AS (SELECT COALESCE(sum(amount), 0) AS amount FROM sets),${family('tag', '"Tags"')},${family('category', '"x_CostCategories"')}
${rows('tag', 'tag')}
UNION ALL
${rows('category', 'cost-category')}
UNION ALL
SELECT 'total', NULL, NULL, CAST(amount AS VARCHAR), NULL, NULL FROM total
ORDER BY coverage DESC NULLS LAST, name`
  return { sql, values: bound.values, table: table.name }
}
