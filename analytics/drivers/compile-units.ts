import type { Driver } from '../contract/drivers'
import type { CostMeasure } from '../contract/spend'
import { BoundValues } from '../model/bound-values'
import type { CompiledQuery } from '../model/compile-query'
import type { CostTable } from '../model/cost-tables'
import { pointSql } from '../model/query-steps'
import type { Question } from '../model/question'

export interface Units {
  readonly driver: Pick<Driver, 'name' | 'grain'>
  readonly measure: CostMeasure
  /** The days that the bill covers. `to` is exclusive. */
  readonly covered: { readonly from: string; readonly to: string }
}

const folded = (name: string) => `lower(trim(${name}))`

/**
 * Cost and units by label and point. A driver's value counts for a step, a day or a month, that the bill covers
 * whole; cost of other steps is cost, but not counted. Without a dimension there is one label, the empty one.
 */
export function compileUnits(question: Question, table: CostTable, units: Units): CompiledQuery {
  const bound = new BoundValues()
  const grain = question.grain ?? 'month'
  const gaps = question.by.length > 0 ? '' : gapsSql
  const sql = `WITH ${commonSteps(question, table, units, bound)},
steps AS (
  SELECT CAST(step AS DATE) AS step,
    CAST(step AS DATE) >= CAST(${bound.bind(units.covered.from)} AS DATE)
      AND CAST(step AS DATE) + INTERVAL 1 ${unitOf(units)} <= CAST(${bound.bind(units.covered.to)} AS DATE) AS covered
  FROM (SELECT unnest(generate_series(${stepSql(units, `CAST(${bound.bind(question.window.from)} AS DATE)`)},
    CAST(${bound.bind(question.window.to)} AS DATE) - INTERVAL 1 DAY, INTERVAL 1 ${unitOf(units)})) AS step)),
counted AS (SELECT label, step, sum("value") AS units FROM driver GROUP BY ALL),
labelled AS (SELECT label, step, sum(amount) AS amount FROM matched WHERE label IS NOT NULL GROUP BY ALL),
grid AS (
  SELECT labels.spelling AS label, steps.step, steps.covered, COALESCE(amount, 0) AS amount,
    CASE WHEN steps.covered THEN counted.units END AS units
  FROM labels CROSS JOIN steps
  LEFT JOIN counted ON counted.label = labels.label AND counted.step = steps.step
  LEFT JOIN labelled ON labelled.label = labels.label AND labelled.step = steps.step)${gaps}
SELECT label, strftime(${pointSql(question, grain, { day: 'step', moment: null }, null)}, '%Y-%m-%d') AS "time",
  count(*) FILTER (covered)::INTEGER AS steps, count(*) FILTER (covered AND units IS NULL)::INTEGER AS missing,
  sum(amount) AS cost, COALESCE(sum(amount) FILTER (units IS NOT NULL), 0) AS counted,
  COALESCE(sum(units), 0) AS units, ${gaps === '' ? '0' : 'COALESCE(sum(gaps), 0)::INTEGER'} AS gaps
FROM grid${gaps === '' ? '' : ' LEFT JOIN gaps USING (step)'} GROUP BY ALL ORDER BY label, "time"`
  return { sql, values: bound.values, table: table.name }
}

/** What was spent under values that are no label of the driver: the biggest, and their sum in each row. */
export function compileUnmatched(question: Question, table: CostTable, units: Units): CompiledQuery {
  const bound = new BoundValues()
  const sql = `WITH ${commonSteps(question, table, units, bound)}
SELECT value, sum(amount) AS cost, sum(sum(amount)) OVER () AS total
FROM matched WHERE label IS NULL GROUP BY value ORDER BY cost DESC, value LIMIT 20`
  return { sql, values: bound.values, table: table.name }
}

function commonSteps(question: Question, table: CostTable, units: Units, bound: BoundValues): string {
  const source = table.source(question, question.window, bound)
  const [by] = question.by
  const isAccount = by === 'account' || by === 'payer'
  const matched =
    by === undefined
      ? `matched AS (SELECT '' AS label, * FROM spent)`
      : isAccount
        ? `matched AS (
  SELECT COALESCE(own.label, named.label) AS label, spent.*
  FROM spent LEFT JOIN labels AS own ON own.label = ${folded('value')}
  LEFT JOIN (SELECT account, any_value(name) AS name FROM account_names GROUP BY 1) AS names ON names.account = value
  LEFT JOIN labels AS named ON named.label = ${folded('names.name')})`
        : `matched AS (
  SELECT labels.label, spent.* FROM spent LEFT JOIN labels ON labels.label = ${folded('value')})`
  const name = bound.bind(units.driver.name)
  return `spent AS (
  SELECT ${by === undefined ? "''" : source.value(by)} AS value, ${stepSql(units, table.day)} AS step,
    COALESCE(${table.total(units.measure, source.shares)}, 0) AS amount
  FROM ${source.from} WHERE ${source.conditions.join(' AND ')} GROUP BY ALL),
driver AS (
  SELECT day AS step, ${by === undefined ? "''" : folded('label')} AS label, label AS spelling, "value"
  FROM state.main.driver_values WHERE driver = ${name}),
labels AS (${by === undefined ? `SELECT '' AS label, '' AS spelling` : `SELECT label, min(spelling) AS spelling FROM driver WHERE label <> '' GROUP BY 1`}),
${matched}`
}

/** Steps on which a label is silent between its first value and its last, though others are not. */
const gapsSql = `,
spans AS (SELECT spelling, min(step) AS first, max(step) AS last FROM driver WHERE spelling <> '' GROUP BY 1),
gaps AS (
  SELECT steps.step, count(*) AS gaps
  FROM spans JOIN steps ON steps.covered AND steps.step > spans.first AND steps.step < spans.last
  LEFT JOIN driver ON driver.spelling = spans.spelling AND driver.step = steps.step
  WHERE driver.step IS NULL AND steps.step IN (SELECT step FROM driver)
  GROUP BY 1)`

function unitOf({ driver }: Units): 'DAY' | 'MONTH' {
  return driver.grain === 'day' ? 'DAY' : 'MONTH'
}

function stepSql({ driver }: Units, day: string): string {
  return driver.grain === 'day' ? day : `CAST(date_trunc('month', ${day}) AS DATE)`
}
