import type { LineColumn } from '../contract/line-items'
import type { Sort } from '../contract/spend'
import type { SqlValue } from '../store/connection'
import { BoundValues } from './bound-values'
import { dearCharges, numberedCharges } from './cost-tables'
import { filterConditions } from './filters'
import { lineColumn } from './line-columns'
import type { PageKey } from './page-key'
import type { Question } from './question'

export interface CompiledLines {
  readonly sql: string
  readonly values: readonly SqlValue[]
}

export interface LineSort {
  readonly column: LineColumn
  readonly direction: Sort['direction']
}

/** Which lines are on a page, and how each sorts: read from few columns, before anything else of a line is. */
export function compilePage(
  question: Question,
  sort: LineSort,
  after: PageKey | null,
  count: number,
  allCounted: boolean,
): CompiledLines {
  const bound = new BoundValues()
  const { sql, kind } = lineColumn(sort.column)
  const source = numberedCharges.source(question, question.window, bound)
  const conditions = [
    // To ask it of every line takes longer than to find the page.
    ...(allCounted ? [] : ['"x_ImportId" IN (SELECT id FROM imports WHERE counted)']),
    ...source.conditions,
    ...(after ? [behind(sql, kind, sort.direction, after, bound)] : []),
  ]
  const direction = sort.direction === 'ascending' ? 'ASC' : 'DESC'
  return {
    // A line that is divided is there once for each part that the filters let through.
    sql: `SELECT CAST(line AS VARCHAR) AS line, CAST(value AS VARCHAR) AS value FROM (
  SELECT ${source.shares ? 'DISTINCT ' : ''}"x_Row" AS line, ${sql} AS value FROM ${source.from} WHERE ${conditions.join(' AND ')}
  ORDER BY value ${direction} NULLS LAST, line LIMIT ${count})
ORDER BY row_number() OVER (ORDER BY value ${direction} NULLS LAST, line)`,
    values: bound.values,
  }
}

/** What the last line of a page of dearest lines comes to, where all of its lines are among the dear ones; else no row. */
export function compileLastOfPage(
  question: Question,
  sort: LineSort,
  after: PageKey | null,
  count: number,
): CompiledLines | null {
  const bound = new BoundValues()
  const dear = dearLines(question, sort, after, bound)
  if (!dear) return null
  const [direction, behindOf] = sort.direction === 'ascending' ? ['ASC', '>'] : ['DESC', '<']
  // Of lines that come to the same as the last of the page before, some were on it.
  const further = after
    ? [`${dear.value} ${behindOf} CAST(${bound.bind(after.value)} AS DECIMAL(38,12))`]
    : []
  return {
    sql: `SELECT CAST(value AS VARCHAR) AS value FROM (
  SELECT ${dear.value} AS value FROM ${dear.from} WHERE ${[...dear.conditions, ...further].join(' AND ')}) AS dear
ORDER BY dear.value ${direction} LIMIT 1 OFFSET ${count - 1}`,
    values: bound.values,
  }
}

/** More lines than this are not looked at one by one. */
export const mostUnknown = 400

/**
 * The lines among which the page is that `compilePage` would find, as far as what its last comes to. What a line comes
 * to is known of the dear ones; where others are of the same line and time, it is not known which of them is which.
 */
export function compileDearPage(
  question: Question,
  sort: LineSort,
  after: PageKey | null,
  count: number,
  last: string,
): CompiledLines | null {
  const bound = new BoundValues()
  const dear = dearLines(question, sort, after, bound)
  if (!dear) return null
  const order = `value ${sort.direction === 'ascending' ? 'ASC' : 'DESC'}, "x_Row"`
  const reaches = `${dear.value} ${sort.direction === 'ascending' ? '<=' : '>='} CAST(${bound.bind(last)} AS DECIMAL(38,12))`
  return {
    sql: `WITH dear AS MATERIALIZED (
  SELECT "x_Line", "ChargePeriodStart", max(${dear.value}) AS value, min(${dear.value}) AS lowest, count(*) AS lines
  FROM ${dear.from} WHERE ${[...dear.conditions, reaches].join(' AND ')} GROUP BY ALL),
found AS MATERIALIZED (
  SELECT "x_Row", "x_Line", "ChargePeriodStart" FROM numbered_amounts
  SEMI JOIN dear USING ("x_Line", "ChargePeriodStart")),
counted AS (SELECT *, count(*) OVER (PARTITION BY "x_Line", "ChargePeriodStart") AS alike FROM found),
told AS (
  SELECT "x_Row", value, lines = alike AND lowest = value AS known
  FROM counted JOIN dear USING ("x_Line", "ChargePeriodStart"))
SELECT CAST("x_Row" AS VARCHAR) AS line, CAST(value AS VARCHAR) AS value, known FROM (
  SELECT *, row_number() OVER (PARTITION BY known ORDER BY ${order}) AS place FROM told
  ${after ? `WHERE NOT known OR ${behind('value', 'money', sort.direction, after, bound)}` : ''})
WHERE place <= CASE WHEN known THEN ${count} ELSE ${mostUnknown + 1} END ORDER BY known, place`,
    values: bound.values,
  }
}

export interface FoundLine {
  readonly line: string
  readonly value: string
}

/** The page out of lines of which some are still to be looked at, a few of them at a time. */
export function compileOfKnown(
  sort: LineSort,
  after: PageKey | null,
  count: number,
  known: readonly FoundLine[],
  unknown: readonly string[],
): CompiledLines {
  const bound = new BoundValues()
  const { sql } = lineColumn(sort.column)
  const row = (line: string) => `CAST(${bound.bind(line)} AS BIGINT)`
  const parts = inGroups(unknown).map(
    (lines) => `SELECT "x_Row", ${sql} AS value FROM numbered_amounts AS charges
  WHERE "x_Row" IN (SELECT unnest([${lines.map(row).join(', ')}])) AND "x_SplitCost" IS NULL`,
  )
  if (known.length > 0) {
    const values = known.map(
      ({ line, value }) => `(${row(line)}, CAST(${bound.bind(value)} AS DECIMAL(38,12)))`,
    )
    parts.push(`SELECT * FROM (VALUES ${values.join(', ')}) AS known("x_Row", value)`)
  }
  const order = `charges.value ${sort.direction === 'ascending' ? 'ASC' : 'DESC'}, "x_Row"`
  return {
    sql: `SELECT CAST("x_Row" AS VARCHAR) AS line, CAST(value AS VARCHAR) AS value FROM (
  ${parts.join('\n  UNION ALL\n  ')}) AS charges
${after ? `WHERE ${behind('charges.value', 'money', sort.direction, after, bound)}` : ''}
ORDER BY ${order} LIMIT ${count}`,
    values: bound.values,
  }
}

/** The dear lines of a question that are beyond the cut of each import in its period, from where a page begins. */
function dearLines(
  question: Question,
  { column, direction }: LineSort,
  after: PageKey | null,
  bound: BoundValues,
) {
  const { sql: value, kind } = lineColumn(column)
  const { window } = question
  const source = dearCharges.source(question, window, bound)
  if (kind !== 'money' || source.shares || after?.value === null) return null
  const ofCells = (question.where ?? []).filter(({ dimension }) => ['service', 'region'].includes(dimension))
  const cut = `(SELECT max(cut) FROM dear_cuts WHERE ${[
    `import_id IN (SELECT "x_ImportId" FROM account_days
    WHERE "Day" >= CAST(${bound.bind(window.from)} AS DATE) AND "Day" < CAST(${bound.bind(window.to)} AS DATE))`,
    ...filterConditions(ofCells, bound),
  ].join(' AND ')})`
  const [beyond, from] = direction === 'ascending' ? [`< -${cut}`, '>='] : [`> ${cut}`, '<=']
  return {
    value,
    from: source.from,
    conditions: [
      ...source.conditions,
      `${value} ${beyond}`,
      ...(after ? [`${value} ${from} CAST(${bound.bind(after.value)} AS DECIMAL(38,12))`] : []),
    ],
  }
}

/** What lies behind the last line of a page: lines without a value come last, whichever way is up. */
function behind(
  sql: string,
  kind: string,
  direction: Sort['direction'],
  { value, line }: PageKey,
  bound: BoundValues,
): string {
  const same = `"x_Row" > CAST(${bound.bind(line)} AS BIGINT)`
  if (value === null) return `(${sql} IS NULL AND ${same})`
  const type = kind === 'time' ? 'TIMESTAMP' : kind === 'text' ? 'VARCHAR' : 'DECIMAL(38,12)'
  const at = `CAST(${bound.bind(value)} AS ${type})`
  const beyond = direction === 'ascending' ? '>' : '<'
  return `(${sql} ${beyond} ${at} OR (${sql} = ${at} AND ${same}) OR ${sql} IS NULL)`
}

/** DuckDB leaves out what cannot hold a line when it looks for so many of them; for more it reads every row. */
const linesAtOnce = 50

/** The asked columns of the lines of a page, a few lines a statement. */
export function compileDetails(
  columns: readonly LineColumn[],
  lines: readonly string[],
): readonly CompiledLines[] {
  const cells = columns.map((column) => {
    const { sql, kind } = lineColumn(column)
    if (kind === 'time') return `strftime(${sql}, '%Y-%m-%dT%H:%M:%SZ')`
    return kind === 'tags' ? `CAST(to_json(${sql}) AS VARCHAR)` : `CAST(${sql} AS VARCHAR)`
  })
  return inGroups(lines).map((some) => {
    const bound = new BoundValues()
    const wanted = some.map((line) => `CAST(${bound.bind(line)} AS BIGINT)`)
    return {
      // First when and how much, then of whom, and few as DuckDB is told: else it reads all that is said of any line.
      sql: `WITH found AS MATERIALIZED (
  SELECT * FROM numbered_amounts WHERE "x_Row" IN (SELECT unnest([${wanted.join(', ')}])) LIMIT ${wanted.length})
SELECT CAST("x_Row" AS VARCHAR), ${cells.join(', ')} FROM (
  SELECT * FROM found JOIN charge_lines ON id = "x_Line") AS charges`,
      values: bound.values,
    }
  })
}

/** Neighbours are looked for together. */
function inGroups(lines: readonly string[]): readonly (readonly string[])[] {
  const inPlace = [...lines].sort((one, other) => Number(one) - Number(other))
  return Array.from({ length: Math.ceil(inPlace.length / linesAtOnce) }, (_, at) =>
    inPlace.slice(at * linesAtOnce, (at + 1) * linesAtOnce),
  )
}
