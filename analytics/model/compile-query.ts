import type { Grain } from '../contract/periods'
import type { Measure } from '../contract/spend'
import type { SqlValue } from '../store/connection'
import { quoteIdentifier } from '../store/sql-text'
import { BoundValues } from './bound-values'
import type { CostTable } from './cost-tables'
import { daysOfBiggest } from './days-of-biggest'
import { type Component, componentsOf, meaningOf, rankOf } from './measures'
import {
  atTime,
  cells,
  componentColumn,
  currencyColumn,
  merged,
  oneRow,
  pivoted,
  pivotSums,
  previousColumn,
  runningTotals,
  thresholds,
  timeColumn,
  topGroups,
} from './query-steps'
import { columnNames, measureColumns, pivotTimes, type Question } from './question'

export interface CompiledQuery {
  readonly sql: string
  readonly values: readonly SqlValue[]
  readonly table: string
}

/** What a row of the statement is. */
export const parts = { row: 0, total: 1, totalOfGroup: 2, totalOfPoint: 3 } as const

/** More rows than this in one answer help nobody and hold the process up. */
const mostRows = 100_000

/**
 * One statement answers with the rows of the asked page and after them the total of all rows, so that the table is
 * read once. Its columns: what the row is, the columns of the answer, the row's state and unit, how many rows there
 * are, their currencies, and how many lines they stand for. `drawn` adds, for a
 * chart, the totals of each group and of each point of time.
 */
export function compileQuery(question: Question, table: CostTable, drawn = false): CompiledQuery {
  const bound = new BoundValues()
  const components = componentsOf(question.measures)
  const plain =
    daysOfBiggest(question, components, table, bound) ??
    topGroups(thresholds(cells(question, components, table, bound), question, bound), question, components)
  const answer = question.pivot
    ? pivoted(plain, question, components)
    : oneRow(runningTotals(plain, question, components), question, components)
  const measures = [
    ...pivotSql(question),
    ...question.measures.flatMap((measure) => measureSql(question, measure)),
    ...(question.share ? [shareSql(question)] : []),
    question.previous ? stateSql(question) : 'NULL',
    components.includes('quantity') ? unitSql : 'NULL',
  ]
  const dimensions = question.by.map(quoteIdentifier)
  const time = question.grain && !question.pivot ? [timeSql(question.grain)] : []
  const names = [...columnNames(question), '(state)', '(unit)'].map(quoteIdentifier)
  const named = (cell: string, at: number) => `${cell} AS ${names[at]}`
  const order = orderBy(question)
  const limit = Math.min(question.limit ?? mostRows, mostRows)
  const nothing = dimensions.map(() => 'NULL')
  const selects = [
    'SELECT * FROM page',
    `SELECT ${parts.total}, ${[...nothing, ...time.map(() => 'NULL'), ...measures].join(', ')},
  (SELECT count(*) FROM ${answer.last}), "(currencies)", CAST("lines"${question.previous ? ' + "lines before"' : ''} AS DOUBLE) FROM total`,
    ...(drawn
      ? drawnTotals(question, components, answer.last, plain.last, { dimensions, time, measures })
      : []),
  ]
  const sql = `WITH ${[
    ...answer.sql,
    `total AS (
  SELECT ${[merged(question, components), ...pivotSums(question)].join(', ')}, ${currenciesSql(question)} AS "(currencies)"
  FROM ${plain.last})`,
    `page AS (
  SELECT ${parts.row} AS "(part)", ${[...dimensions, ...time, ...measures].map(named).join(', ')},
    NULL AS "(rows)", NULL AS "(currencies)", NULL AS "(lines)"
  FROM ${answer.last} ORDER BY ${order} LIMIT ${limit} OFFSET ${question.offset ?? 0})`,
  ].join(',\n')}
${selects.join('\nUNION ALL\n')}
ORDER BY "(part)", ${order}`
  return { sql, values: bound.values, table: table.name }
}

interface Shown {
  readonly dimensions: readonly string[]
  readonly time: readonly string[]
  readonly measures: readonly string[]
}

function drawnTotals(
  question: Question,
  components: readonly Component[],
  answer: string,
  plain: string,
  { dimensions, time, measures }: Shown,
): readonly string[] {
  const sums = merged(question, components)
  const groups = dimensions.length > 0 ? `GROUP BY ${dimensions.join(', ')}` : ''
  const ofGroups = `SELECT ${parts.totalOfGroup}, ${[...dimensions, ...time.map(() => 'NULL'), ...measures].join(', ')}, NULL, NULL, NULL
FROM (SELECT ${[...dimensions, sums].join(', ')} FROM ${plain} ${groups})`
  const ofPoints = `SELECT ${parts.totalOfPoint}, ${[...dimensions.map(() => 'NULL'), ...time, ...measures].join(', ')}, NULL, NULL, NULL
FROM (SELECT ${timeColumn}, ${sums} FROM ${answer} GROUP BY ${timeColumn})`
  return question.grain ? [ofGroups, ofPoints] : [ofGroups]
}

/** Each measure at each point of time that is a column; nothing was charged where it is null. */
function pivotSql(question: Question): readonly string[] {
  return pivotTimes(question).flatMap((time) =>
    question.measures.map((measure) => {
      const sql = meaningOf(measure).sql((component) => atTime(component, time))
      return measure === 'lines' ? `CAST(${sql} AS DOUBLE)` : sql
    }),
  )
}

/** A measure's columns, in the order of `measureColumns`. */
function measureSql(question: Question, measure: Measure): readonly string[] {
  const { sql, kind, additive } = meaningOf(measure)
  const plain = (column: string) => (measure === 'lines' ? `CAST(${column} AS DOUBLE)` : column)
  const now = sql(componentColumn)
  if (!question.previous) return [plain(now)]
  const before = sql(previousColumn)
  const change = `(${now}) - (${before})`
  const percent =
    additive || kind === 'money'
      ? `round(CAST((${change}) / NULLIF(abs(${before}), 0) * 100 AS DOUBLE), 4)`
      : 'NULL'
  return [plain(now), plain(before), plain(change), percent]
}

/** The share of the first measure, where its parts add up. */
function shareSql(question: Question): string {
  const measure = question.measures[0] ?? 'effective'
  if (!meaningOf(measure).additive) return 'NULL'
  const rank = rankOf(measure).sql(componentColumn)
  return `round(CAST(100 * (${rank}) / NULLIF((SELECT ${rank} FROM total), 0) AS DOUBLE), 4)`
}

function stateSql(question: Question): string {
  const rank = rankOf(question.measures[0] ?? 'effective')
  const [now, before] = [rank.sql(componentColumn), rank.sql(previousColumn)]
  return `CASE WHEN (${before}) = 0 AND (${now}) <> 0 THEN 'new' WHEN (${now}) = 0 AND (${before}) <> 0 THEN 'gone' ELSE 'changed' END`
}

const unitSql = `CASE WHEN "lowest unit" IS NOT DISTINCT FROM "highest unit" THEN NULLIF("lowest unit", '') END`

function currenciesSql(question: Question): string {
  if (!question.apart) return 'NULL'
  const lines = question.previous ? '"lines" + "lines before" > 0' : '"lines" > 0'
  return `array_to_string(list_sort(list(DISTINCT ${currencyColumn}) FILTER (${lines})), ',')`
}

function timeSql(grain: Grain): string {
  return `strftime(${timeColumn}, '${grain === 'hour' ? '%Y-%m-%dT%H:00:00Z' : '%Y-%m-%d'}')`
}

/** As asked, and after that always the same way: time, amount, and at last the values themselves. */
function orderBy(question: Question): string {
  const asked = (question.sort ?? []).map(
    ({ column, direction }) =>
      `${quoteIdentifier(column)} ${direction === 'ascending' ? 'ASC' : 'DESC'} NULLS LAST`,
  )
  const first = measureColumns(question, question.measures[0] ?? 'effective').slice(0, 2)
  return [
    ...asked,
    ...(question.grain && !question.pivot ? [quoteIdentifier(question.grain)] : []),
    ...first.map((name) => `${quoteIdentifier(name)} DESC NULLS LAST`),
    ...question.by.map(quoteIdentifier),
  ].join(', ')
}
