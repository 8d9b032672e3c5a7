import { otherGroup } from '../contract/dimensions'
import { quoteIdentifier, quoteLiteral } from '../store/sql-text'
import type { BoundValues } from './bound-values'
import { accountDays, type CostTable, costDays, daysOf, serviceDays } from './cost-tables'
import { type Component, mergeOf } from './measures'
import {
  cells,
  componentColumn,
  keyColumns,
  merged,
  previousColumn,
  rankOrder,
  type Steps,
  summedColumns,
} from './query-steps'
import type { Question } from './question'

/**
 * The biggest groups over time where groups are many: who they are is told from sums without days, days are read of
 * them alone, and the rest is what a small roll-up says of all less theirs. The decimals are exact, so that the rest
 * has the digits that adding it up would give. null where that cannot be done.
 */
export function daysOfBiggest(
  question: Question,
  components: readonly Component[],
  table: CostTable,
  bound: BoundValues,
): Steps | null {
  const whole: Question = { ...question, by: [] }
  const small = [serviceDays, accountDays].find((one) => one.answers(whole, components))
  if (!small || table.name !== costDays.name || !isOfBiggest(question, components)) return null
  const keys = question.by.map(quoteIdentifier)
  const rest = keyColumns(question).slice(keys.length)
  const { grain: _grain, ...withoutDays } = question
  const groups = cells(withoutDays, components, table, bound, 'groups')
  const biggest = cells(question, components, daysOf('biggest'), bound, 'biggest_days')
  const all = cells(whole, components, small, bound, 'all_days')
  const columns = summedColumns(question, components).map(({ name }) => name)
  const left = columns.map((name) => `all_days.${name} - COALESCE(known.${name}, 0) AS ${name}`)
  const lines = [componentColumn('lines'), ...(question.previous ? [previousColumn('lines')] : [])]
  return {
    sql: [
      ...groups.sql,
      `biggest AS MATERIALIZED (
  SELECT ${keys.join(', ')} FROM ${groups.last} GROUP BY ALL
  ORDER BY ${rankOrder(question, keys).join(', ')} LIMIT ${question.top?.count ?? 0})`,
      ...biggest.sql,
      ...all.sql,
      `others AS (
  SELECT ${[...keys.map((key) => `${quoteLiteral(otherGroup)} AS ${key}`), ...rest.map((key) => `all_days.${key}`), ...left].join(', ')}
  FROM ${all.last} LEFT JOIN (
    SELECT ${[...rest, merged(question, components)].join(', ')} FROM ${biggest.last} GROUP BY ALL) AS known
  ON ${rest.map((key) => `all_days.${key} IS NOT DISTINCT FROM known.${key}`).join(' AND ')})`,
      `top AS MATERIALIZED (
  SELECT ${[...keys, ...rest, ...columns].join(', ')} FROM ${biggest.last}
  UNION ALL
  SELECT * FROM others WHERE ${lines.join(' + ')} > 0)`,
    ],
    last: 'top',
  }
}

function isOfBiggest({ by, grain, top, having, allocations }: Question, components: readonly Component[]) {
  return (
    grain !== undefined &&
    top?.of === 'groups' &&
    by.length > 0 &&
    !by.includes('currency') &&
    !having?.length &&
    !allocations?.length &&
    // A lowest unit of all says nothing of the lowest of the rest.
    components.every((component) => mergeOf(component) === 'sum')
  )
}
