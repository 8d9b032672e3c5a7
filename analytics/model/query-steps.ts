import { otherGroup } from '../contract/dimensions'
import type { Grain, Window } from '../contract/periods'
import type { Threshold } from '../contract/spend'
import { quoteIdentifier, quoteLiteral } from '../store/sql-text'
import type { BoundValues } from './bound-values'
import type { CostTable } from './cost-tables'
import { type Component, meaningOf, mergeOf, rankOf } from './measures'
import { pivotTimes, type Question } from './question'
import type { Shift } from './windows'

export const currencyColumn = '"(currency)"'
export const timeColumn = '"(time)"'

/** The steps of a statement, each one a table, and the name of the last. */
export interface Steps {
  readonly sql: readonly string[]
  readonly last: string
}

const steps = (former: Steps, last: string, ...sql: readonly string[]): Steps => ({
  sql: [...former.sql, ...sql],
  last,
})

export function componentColumn(component: Component): string {
  return quoteIdentifier(component)
}

/** A component of the window compared with. A unit holds for both windows, or there is none. */
export function previousColumn(component: Component): string {
  return quoteIdentifier(mergeOf(component) === 'sum' ? `${component} before` : component)
}

/** The columns of a step that are added up. */
export function summedColumns(
  question: Question,
  components: readonly Component[],
): readonly { readonly name: string; readonly merge: 'sum' | 'min' | 'max' }[] {
  return components.flatMap((component) => {
    const merge = mergeOf(component)
    const now = { name: componentColumn(component), merge }
    return question.previous && merge === 'sum' ? [now, { name: previousColumn(component), merge }] : [now]
  })
}

/** Groups added up to bigger ones; `keys` as they are to be shown. */
export function merged(question: Question, components: readonly Component[]): string {
  return summedColumns(question, components)
    .map(
      ({ name, merge }) =>
        `${merge === 'sum' ? `COALESCE(sum(${name}), 0)` : `${merge}(${name})`} AS ${name}`,
    )
    .join(', ')
}

/** What a question keeps apart: its dimensions, its points of time, and currencies where there are several. */
export function cells(
  question: Question,
  components: readonly Component[],
  table: CostTable,
  bound: BoundValues,
  name = 'cells',
): Steps {
  const now = leg(question, components, table, bound, question.window, null)
  if (!question.previous) return { sql: [`${name} AS MATERIALIZED (\n  ${now})`], last: name }
  const before = leg(question, components, table, bound, question.previous, question.previous.shift)
  const keys = keyColumns(question)
  return {
    sql: [
      `${name}_legs AS (\n  ${now}\n  UNION ALL\n  ${before})`,
      `${name} AS MATERIALIZED (\n  SELECT ${[...keys, merged(question, components)].join(', ')} FROM ${name}_legs ${groupBy(keys)})`,
    ],
    last: name,
  }
}

function leg(
  question: Question,
  components: readonly Component[],
  table: CostTable,
  bound: BoundValues,
  window: Window,
  shift: Shift | null,
): string {
  const source = table.source(question, window, bound)
  const keys = [
    ...question.by.map((name) => `${source.value(name)} AS ${quoteIdentifier(name)}`),
    ...(question.grain ? [`${pointSql(question, question.grain, table, shift)} AS ${timeColumn}`] : []),
    ...(question.apart ? [`${source.currency} AS ${currencyColumn}`] : []),
  ]
  const sums = components.flatMap((component) => {
    const sum = table.total(component, source.shares)
    const own = mergeOf(component) === 'sum' ? `COALESCE(${sum}, 0)` : sum
    const names = summedColumns(question, [component]).map(({ name }) => name)
    if (names.length === 1) return [`${own} AS ${names[0]}`]
    return shift
      ? [`0 AS ${names[0]}`, `${own} AS ${names[1]}`]
      : [`${own} AS ${names[0]}`, `0 AS ${names[1]}`]
  })
  return `SELECT ${[...keys, ...sums].join(', ')}
  FROM ${source.from}
  WHERE ${source.conditions.join(' AND ')} ${groupBy(keys)}`
}

export function pointSql(
  question: Question,
  grain: Grain,
  table: Pick<CostTable, 'day' | 'moment'>,
  shift: Shift | null,
): string {
  const base = grain === 'hour' && table.moment ? table.moment : table.day
  const day = shift ? `(${base} + INTERVAL ${shift.amount} ${shift.unit})` : base
  if (grain === 'day') return shift ? `CAST(${day} AS DATE)` : day
  if (grain === 'hour') return `date_trunc('hour', ${day})`
  const months = grain === 'quarter' ? (question.fiscalYearStart - 1) % 3 : question.fiscalYearStart - 1
  if ((grain === 'quarter' || grain === 'year') && months > 0) {
    return `CAST(date_trunc('${grain}', ${day} - INTERVAL ${months} MONTH) + INTERVAL ${months} MONTH AS DATE)`
  }
  return `CAST(date_trunc('${grain}', ${day}) AS DATE)`
}

/** Groups that come to enough, or to little enough, over the whole period. */
export function thresholds(former: Steps, question: Question, bound: BoundValues): Steps {
  if (!question.having || question.having.length === 0) return former
  const condition = question.having.map((one) => thresholdSql(one, bound)).join(' AND ')
  const keys = question.by.map(quoteIdentifier)
  return steps(
    former,
    'enough',
    keys.length === 0
      ? `enough AS MATERIALIZED (\n  SELECT * FROM ${former.last} WHERE EXISTS (SELECT 1 FROM ${former.last} HAVING ${condition}))`
      : `enough AS MATERIALIZED (
  SELECT * FROM ${former.last} SEMI JOIN (
    SELECT ${keys.join(', ')} FROM ${former.last} GROUP BY ALL HAVING ${condition}) USING (${keys.join(', ')}))`,
  )
}

function thresholdSql({ measure, of, operator, value }: Threshold, bound: BoundValues): string {
  const meaning = meaningOf(measure)
  const now = meaning.sql((component) => `${mergeOf(component)}(${componentColumn(component)})`)
  const before = () => meaning.sql((component) => `${mergeOf(component)}(${previousColumn(component)})`)
  const amount = of === 'previous' ? before() : of === 'change' ? `(${now}) - (${before()})` : now
  return `(${amount}) ${operator} CAST(${bound.bind(value)} AS DECIMAL(38,12))`
}

/**
 * The biggest groups by themselves and the rest as one, at every point of time the same ones. Currencies stay apart
 * in the rest too: it would be a sum of different moneys.
 */
export function topGroups(former: Steps, question: Question, components: readonly Component[]): Steps {
  const { top, by } = question
  const foldable = by.filter((name) => name !== 'currency')
  if (!top || foldable.length === 0) return former
  const levels =
    top.of === 'groups'
      ? [by.length]
      : by.map((_name, at) => at + 1).filter((level) => by[level - 1] !== 'currency')
  return levels.reduce(
    (step, level, at) => topLevel(step, question, components, top.count, level, at),
    former,
  )
}

function topLevel(
  former: Steps,
  question: Question,
  components: readonly Component[],
  count: number,
  level: number,
  at: number,
): Steps {
  const each = question.top?.of === 'each-dimension'
  const keys = question.by.slice(0, level).map(quoteIdentifier)
  const outer = each ? keys.slice(0, -1) : []
  const order = rankOrder(question, keys)
  const kept = [
    `place <= ${count}`,
    // Below what was gathered before, everything is gathered.
    ...outer.map((key) => `${key} <> ${quoteLiteral(otherGroup)}`),
  ].join(' AND ')
  const shown = question.by.map((name, index) => {
    const key = quoteIdentifier(name)
    const folds = name !== 'currency' && (each ? index >= level - 1 : true)
    return folds ? `CASE WHEN ${kept} THEN ${key} ELSE ${quoteLiteral(otherGroup)} END AS ${key}` : key
  })
  const rest = keyColumns(question).slice(question.by.length)
  const partition = outer.length > 0 ? `PARTITION BY ${outer.join(', ')} ` : ''
  return steps(
    former,
    `top${at}`,
    `ranked${at} AS (
  SELECT ${keys.join(', ')}, row_number() OVER (${partition}ORDER BY ${order.join(', ')}) AS place
  FROM ${former.last} GROUP BY ${keys.join(', ')})`,
    `top${at} AS MATERIALIZED (
  SELECT ${[...shown, ...rest, merged(question, components)].join(', ')}
  FROM ${former.last} JOIN ranked${at} USING (${keys.join(', ')}) GROUP BY ALL)`,
  )
}

/** Biggest first; where two are the same, as they were before, and at last by name. */
export function rankOrder(question: Question, keys: readonly string[]): readonly string[] {
  const rank = (column: (component: Component) => string) =>
    rankOf(question.measures[0] ?? 'effective').sql(
      (component) => `${mergeOf(component)}(${column(component)})`,
    )
  return [
    `${rank(componentColumn)} DESC NULLS LAST`,
    ...(question.previous ? [`${rank(previousColumn)} DESC NULLS LAST`] : []),
    ...keys,
  ]
}

/** Each point as the sum of all up to it, also where a group had nothing in between. */
export function runningTotals(former: Steps, question: Question, components: readonly Component[]): Steps {
  if (!question.cumulative) return former
  const groups = keyColumns(question).filter((key) => key !== timeColumn)
  const partition = groups.length > 0 ? `PARTITION BY ${groups.join(', ')} ` : ''
  const running = summedColumns(question, components).map(
    ({ name, merge }) =>
      `${merge}(${merge === 'sum' ? `COALESCE(${name}, 0)` : name}) OVER (${partition}ORDER BY ${timeColumn} ROWS UNBOUNDED PRECEDING) AS ${name}`,
  )
  const points = `(SELECT DISTINCT ${timeColumn} FROM ${former.last})`
  const grid =
    groups.length > 0
      ? `(SELECT DISTINCT ${groups.join(', ')} FROM ${former.last}) CROSS JOIN ${points}`
      : points
  return steps(
    former,
    'running',
    `grid AS (SELECT * FROM ${grid})`,
    `running AS MATERIALIZED (
  SELECT ${[...groups, timeColumn, ...running].join(', ')}
  FROM grid LEFT JOIN ${former.last} USING (${[...groups, timeColumn].join(', ')}))`,
  )
}

export function atTime(component: Component, time: string): string {
  return quoteIdentifier(`${component} at ${time}`)
}

/** The components at each point of time that is a column. */
export function pivotSums(question: Question): readonly string[] {
  const components = new Set(question.measures.flatMap((measure) => meaningOf(measure).components))
  return pivotTimes(question).flatMap((time) =>
    [...components].map(
      (component) =>
        `${mergeOf(component)}(${componentColumn(component)}) FILTER (${timeColumn} = CAST(${quoteLiteral(time)} AS DATE)) AS ${atTime(component, time)}`,
    ),
  )
}

/** One row a group, with its components at each point of time beside those of all. */
export function pivoted(former: Steps, question: Question, components: readonly Component[]): Steps {
  if (!question.pivot) return former
  const keys = question.by.map(quoteIdentifier)
  return steps(
    former,
    'pivoted',
    `pivoted AS MATERIALIZED (
  SELECT ${[...keys, merged(question, components), ...pivotSums(question)].join(', ')}
  FROM ${former.last} ${keys.length > 0 ? `GROUP BY ${keys.join(', ')}` : ''})`,
  )
}

/** What asks for nothing apart has one row, also of nothing. */
export function oneRow(former: Steps, question: Question, components: readonly Component[]): Steps {
  if (question.by.length > 0 || question.grain) return former
  return steps(former, 'whole', `whole AS (SELECT ${merged(question, components)} FROM ${former.last})`)
}

export function keyColumns(question: Question): readonly string[] {
  return [
    ...question.by.map(quoteIdentifier),
    ...(question.grain ? [timeColumn] : []),
    ...(question.apart ? [currencyColumn] : []),
  ]
}

function groupBy(keys: readonly string[]): string {
  return keys.length > 0 ? 'GROUP BY ALL' : ''
}
