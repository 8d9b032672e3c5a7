import { untagged } from '../contract/dimensions'
import type { Sort } from '../contract/spend'
import type { SplitDimension } from '../contract/split-cost'
import { quoteIdentifier } from '../store/sql-text'
import { BoundValues } from './bound-values'
import type { CompiledLines } from './compile-lines'
import { filterConditions } from './filters'
import { pointSql } from './query-steps'
import type { Question } from './question'

export interface SplitView {
  readonly by: readonly SplitDimension[]
  readonly net: boolean
  readonly only: readonly { readonly dimension: SplitDimension; readonly values: readonly string[] }[]
  readonly sort: Sort | undefined
  readonly offset: number
  readonly limit: number
}

const tag = (...keys: readonly string[]) => keys.map((key) => `NULLIF("Tags"['${key}'], '')`)

/** `...:pod/cluster/namespace/name/uid` of EKS, `...:task/cluster/id` of ECS. */
const part = (kind: 'pod' | 'task', at: number) =>
  `CASE WHEN "ResourceId" LIKE '%:${kind}/%' THEN NULLIF(split_part("ResourceId", '/', ${at}), '') END`

const meanings: { readonly [D in SplitDimension]: readonly string[] } = {
  cluster: [
    ...tag('aws_eks_cluster_name', 'aws:eks:cluster-name', 'aws_ecs_cluster_name', 'aws:ecs:clusterName'),
    part('pod', 2),
    part('task', 2),
  ],
  namespace: [...tag('aws_eks_namespace', 'aws:eks:namespace'), part('pod', 3)],
  workload: [
    ...tag('aws_eks_workload_name', 'aws:eks:workload-name', 'aws_eks_deployment', 'aws:eks:deployment'),
    ...tag('aws_ecs_service_name', 'aws:ecs:serviceName'),
    part('pod', 4),
  ],
  pod: [part('pod', 4), part('task', 3), '"ResourceId"'],
  node: ['"x_SplitParentId"'],
  account: ['"SubAccountId"'],
  region: ['"RegionId"'],
}

export function splitSql(dimension: SplitDimension): string {
  return `COALESCE(${meanings[dimension].join(', ')}, '${untagged}')`
}

/** What containers used and what of the rest is theirs; bills without discounts have no net amounts. */
export function splitAmounts(net: boolean): { readonly used: string; readonly unused: string } {
  return net
    ? {
        used: 'COALESCE("x_SplitNetCost", "x_SplitCost")',
        unused: 'COALESCE("x_SplitNetUnusedCost", "x_SplitUnusedCost", 0)',
      }
    : { used: '"x_SplitCost"', unused: 'COALESCE("x_SplitUnusedCost", 0)' }
}

/** The rows of a page and, as the last, the sum of all: the same shape as a query's statement. */
export function compileSplit(question: Question, view: SplitView): CompiledLines {
  const bound = new BoundValues()
  const { window, grain } = question
  const names = view.by.map(quoteIdentifier)
  const conditions = [
    '"x_SplitCost" IS NOT NULL',
    `"ChargePeriodStart" >= CAST(${bound.bind(window.from)} AS TIMESTAMP)`,
    `"ChargePeriodStart" < CAST(${bound.bind(window.to)} AS TIMESTAMP)`,
    ...filterConditions(question.where ?? [], bound),
    ...view.only.map(
      ({ dimension, values }) =>
        `${splitSql(dimension)} IN (${values.map((value) => bound.bind(value)).join(', ')})`,
    ),
  ]
  const { used, unused } = splitAmounts(view.net)
  const point = grain
    ? `strftime(${pointSql(question, grain, moments, null)}, '${grain === 'hour' ? '%Y-%m-%dT%H:00:00Z' : '%Y-%m-%d'}')`
    : 'NULL'
  const keys = [
    ...view.by.map((name) => `${splitSql(name)} AS ${quoteIdentifier(name)}`),
    `${point} AS "time"`,
  ]
  const columnOf = (name: string) => (name === grain ? '"time"' : quoteIdentifier(name))
  const order = [
    ...(view.sort
      ? [`${columnOf(view.sort.column)} ${view.sort.direction === 'ascending' ? 'ASC' : 'DESC'}`]
      : []),
    '"time"',
    'total DESC',
    ...names,
  ].join(', ')
  return {
    sql: `WITH cells AS MATERIALIZED (
  SELECT ${keys.join(', ')}, sum(${used}) AS used, sum(${unused}) AS unused, sum(${used}) + sum(${unused}) AS total,
    list(DISTINCT "BillingCurrency") AS currencies
  FROM counted_charges WHERE ${conditions.join(' AND ')} GROUP BY ${[...names, '"time"'].join(', ')})
SELECT * FROM (
  SELECT 0 AS part, *, NULL AS count FROM cells ORDER BY ${order} LIMIT ${view.limit} OFFSET ${view.offset})
UNION ALL
SELECT 1, ${names
      .map(() => 'NULL')
      .concat('NULL')
      .join(', ')}, COALESCE(sum(used), 0), COALESCE(sum(unused), 0),
  COALESCE(sum(total), 0), list_sort(list_distinct(flatten(list(currencies)))), count(*) FROM cells
ORDER BY part, ${order}`,
    values: bound.values,
  }
}

const moments = { day: 'CAST("ChargePeriodStart" AS DATE)', moment: '"ChargePeriodStart"' }
