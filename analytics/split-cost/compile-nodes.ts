import { BoundValues } from '../model/bound-values'
import type { CompiledLines } from '../model/compile-lines'
import { splitAmounts, splitSql } from '../model/compile-split'
import { filterConditions } from '../model/filters'
import type { Question } from '../model/question'

/** An instance's hours: what AWS shares among containers. Traffic and the like stand under the same resource. */
const instanceHours = `regexp_matches("x_UsageType", '(Box|Spot|Dedicated|HostBox|ReservedHost|SchedRes)Usage')`

/**
 * The nodes of the containers that a question lets through, each told whole: what its containers used and left
 * unused, and what the bill has for its hours. Rows of nodes, of clusters, and at last of all, by `part`.
 */
export function compileNodes(question: Question, net: boolean, limit: number): CompiledLines {
  const bound = new BoundValues()
  const { window } = question
  const inWindow = `"ChargePeriodStart" >= CAST(${bound.bind(window.from)} AS TIMESTAMP)
    AND "ChargePeriodStart" < CAST(${bound.bind(window.to)} AS TIMESTAMP)`
  const { used, unused } = splitAmounts(net)
  const paid = net ? '"EffectiveCost"' : '"x_AmortizedCost"'
  const filters = filterConditions(question.where ?? [], bound)
  const sums = `sum(used) AS used, sum(unused) AS unused, sum(used + unused) AS total, sum(cost) AS cost,
    sum(cost - used - unused) AS remainder, sum(other) AS other, count(*)::INTEGER AS nodes,
    count(*) FILTER (NOT billed)::INTEGER AS unbilled, list_sort(list_distinct(flatten(list(currencies)))) AS currencies`
  return {
    sql: `WITH chosen AS (
  SELECT DISTINCT "x_SplitParentId" AS node FROM counted_charges
  WHERE ${['"x_SplitCost" IS NOT NULL', inWindow, ...filters].join(' AND ')}),
shared AS (
  SELECT "x_SplitParentId" AS node, min(${splitSql('cluster')}) AS cluster, min("SubAccountId") AS account,
    sum(${used}) AS used, sum(${unused}) AS unused, list(DISTINCT "BillingCurrency") AS currencies
  FROM counted_charges
  WHERE "x_SplitCost" IS NOT NULL AND ${inWindow} AND "x_SplitParentId" IN (SELECT node FROM chosen) GROUP BY 1),
paid AS (
  SELECT "ResourceId" AS node, COALESCE(sum(${paid}) FILTER (${instanceHours}), 0) AS cost,
    COALESCE(sum(${paid}) FILTER (NOT COALESCE(${instanceHours}, false)), 0) AS other,
    count(*) FILTER (${instanceHours}) > 0 AS billed
  FROM counted_charges
  WHERE "x_SplitCost" IS NULL AND ${inWindow} AND "ResourceId" IN (SELECT node FROM chosen) GROUP BY 1),
nodes AS MATERIALIZED (
  SELECT node, cluster, account, used, unused, currencies, COALESCE(cost, 0) AS cost, COALESCE(other, 0) AS other,
    COALESCE(billed, false) AS billed
  FROM shared LEFT JOIN paid USING (node))
SELECT * FROM (
  SELECT 0 AS part, cluster, node, account, ${sums} FROM nodes GROUP BY cluster, node, account
  ORDER BY cost DESC, node LIMIT ${limit})
UNION ALL
SELECT 1, cluster, NULL, NULL, ${sums} FROM nodes GROUP BY cluster
UNION ALL
SELECT 2, NULL, NULL, NULL, ${sums} FROM nodes
ORDER BY part, cost DESC, cluster, node`,
    values: bound.values,
  }
}
