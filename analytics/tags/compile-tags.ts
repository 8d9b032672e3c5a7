import { untagged } from '../contract/dimensions'
import type { CostMeasure } from '../contract/spend'
import { BoundValues } from '../model/bound-values'
import { normalisedKeySql } from '../model/compile-keys'
import type { CompiledQuery } from '../model/compile-query'
import type { CostTable } from '../model/cost-tables'
import { pointSql } from '../model/query-steps'
import type { Question } from '../model/question'

/** Values of a key beyond these have next to no spend, and would only make the answer long. */
export const mostValues = 1_000

/** What the statement reads, whichever table answers. */
export const hygieneDimensions = ['charge-category', 'account'] as const

/**
 * Everything about the tags of a period in one reading: rows of several families, told apart by `family`. Usage is
 * what can be tagged; a set of tags is taken apart once, however many accounts and months have it.
 */
export function compileHygiene(question: Question, table: CostTable, measure: CostMeasure): CompiledQuery {
  const bound = new BoundValues()
  const source = table.source(question, question.window, bound)
  const month = pointSql(question, 'month', table, null)
  const sameKind = source.tagSet.key
    .split(', ')
    .map((key) => `spent.${key} IS NOT DISTINCT FROM kinds.${key}`)
    .join(' AND ')
  const sql = `WITH spent AS MATERIALIZED (
  SELECT ${month} AS "month", ${source.value('charge-category')} AS category, ${source.value('account')} AS account,
    ${source.tagSet.key}, COALESCE(${table.total(measure, source.shares)}, 0) AS amount
  FROM ${source.from} WHERE ${source.conditions.join(' AND ')} GROUP BY ALL),
kinds AS MATERIALIZED (
  SELECT row_number() OVER () AS kind, * FROM (SELECT DISTINCT ${source.tagSet.key} FROM spent WHERE category = 'Usage')),
used AS MATERIALIZED (
  SELECT kind, "month", account, sum(amount) AS amount
  FROM (SELECT * FROM spent WHERE category = 'Usage') AS spent JOIN kinds ON ${sameKind} GROUP BY ALL),
entries AS MATERIALIZED (
  SELECT kind, ${normalisedKeySql} AS name, regexp_replace(key, '^user[_:]', '') AS spelling, value
  FROM (SELECT kind, entry.key AS key, trim(entry.value) AS value
    FROM (SELECT kind, unnest(map_entries("Tags")) AS entry FROM kinds ${source.tagSet.join}))
  WHERE value <> ''),
carried AS MATERIALIZED (SELECT DISTINCT name, kind FROM entries),
sums AS MATERIALIZED (SELECT kind, sum(amount) AS amount FROM used GROUP BY 1),
spelt AS (
  SELECT name, spelling, sum(amount) AS amount
  FROM (SELECT DISTINCT name, spelling, kind FROM entries) JOIN sums USING (kind) GROUP BY ALL),
valued AS (
  SELECT name, value, sum(amount) AS amount
  FROM (SELECT DISTINCT name, value, kind FROM entries) JOIN sums USING (kind) GROUP BY ALL)
SELECT family, one, other, CAST(amount AS VARCHAR) AS amount, counted FROM (
  SELECT 'month' AS family, strftime("month", '%Y-%m-%d') AS one, category AS other, sum(amount) AS amount, 0 AS counted
  FROM spent GROUP BY ALL
  UNION ALL SELECT 'account', account, NULL, sum(amount), 0 FROM spent WHERE category = 'Usage' GROUP BY ALL
  UNION ALL SELECT 'key', name, strftime("month", '%Y-%m-%d'), sum(amount), 0
    FROM carried JOIN (SELECT kind, "month", sum(amount) AS amount FROM used GROUP BY ALL) USING (kind) GROUP BY ALL
  UNION ALL SELECT 'key of account', name, account, sum(amount), 0
    FROM carried JOIN (SELECT kind, account, sum(amount) AS amount FROM used GROUP BY ALL) USING (kind) GROUP BY ALL
  UNION ALL SELECT 'spelling', name, spelling, amount, 0 FROM spelt
  UNION ALL SELECT 'value', name, value, amount, counted FROM (
    SELECT *, count(*) OVER (PARTITION BY name)::INTEGER AS counted,
      row_number() OVER (PARTITION BY name ORDER BY amount DESC, value) AS place FROM valued)
  WHERE place <= ${mostValues})
ORDER BY family, one, other`
  return { sql, values: bound.values, table: table.name }
}

/** Accounts by what they leave untagged, with the owner that most of each one's spend names; then their sum. */
export function compileUntagged(
  question: Question,
  table: CostTable,
  { measure, key, owner, limit }: UntaggedView,
): CompiledQuery {
  const bound = new BoundValues()
  const source = table.source(question, question.window, bound)
  const none = bound.bind(untagged)
  const sql = `WITH cells AS MATERIALIZED (
  SELECT ${source.value('account')} AS account, ${source.value(key)} = ${none} AS missing,
    ${source.value('resource')} = ${none} AS bare, ${owner === undefined ? none : source.value(owner)} AS owner,
    COALESCE(${table.total(measure, source.shares)}, 0) AS amount
  FROM ${source.from} WHERE ${[...source.conditions, `${source.value('charge-category')} = 'Usage'`].join(' AND ')}
  GROUP BY ALL),
sums AS (
  SELECT account, sum(amount) AS taggable, COALESCE(sum(amount) FILTER (missing), 0) AS untagged,
    COALESCE(sum(amount) FILTER (missing AND bare), 0) AS bare
  FROM cells GROUP BY 1),
owners AS (SELECT account, owner, sum(amount) AS amount FROM cells WHERE owner <> ${none} GROUP BY ALL),
owned AS (
  SELECT account, arg_max(owner, amount) AS owner, sum(amount) AS amount,
    row_number() OVER (PARTITION BY account ORDER BY sum(amount) DESC, lower(owner)) AS place
  FROM owners GROUP BY account, lower(owner))
SELECT * FROM (
  SELECT 0 AS part, account, taggable, untagged, bare, ${coverage('taggable', 'untagged')} AS coverage, owned.owner AS owner,
    round(CAST(100 * owned.amount / NULLIF(taggable, 0) AS DOUBLE), 2) AS owner_share, NULL AS count
  FROM sums LEFT JOIN (SELECT * FROM owned WHERE place = 1) AS owned USING (account)
  ORDER BY untagged DESC, account LIMIT ${limit})
UNION ALL
SELECT 1, NULL, COALESCE(sum(taggable), 0), COALESCE(sum(untagged), 0), COALESCE(sum(bare), 0),
  ${coverage('sum(taggable)', 'sum(untagged)')}, NULL, NULL, count(*)::INTEGER FROM sums
ORDER BY part, untagged DESC, account`
  return { sql, values: bound.values, table: table.name }
}

export interface UntaggedView {
  readonly measure: CostMeasure
  readonly key: string
  readonly owner: string | undefined
  readonly limit: number
}

const coverage = (all: string, missing: string) =>
  `round(CAST(100 * (${all} - ${missing}) / NULLIF(${all}, 0) AS DOUBLE), 2)`
