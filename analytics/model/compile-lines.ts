import type { LineColumn } from '../contract/line-items'
import type { Sort } from '../contract/spend'
import type { SqlValue } from '../store/connection'
import { BoundValues } from './bound-values'
import { numberedCharges } from './cost-tables'
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
  // Neighbours are looked for together.
  const inPlace = [...lines].sort((one, other) => Number(one) - Number(other))
  const statements: CompiledLines[] = []
  for (let first = 0; first < inPlace.length; first += linesAtOnce) {
    const bound = new BoundValues()
    const wanted = inPlace
      .slice(first, first + linesAtOnce)
      .map((line) => `CAST(${bound.bind(line)} AS BIGINT)`)
    statements.push({
      sql: `SELECT CAST("x_Row" AS VARCHAR), ${cells.join(', ')} FROM numbered_charges AS charges
WHERE "x_Row" IN (SELECT unnest([${wanted.join(', ')}]))`,
      values: bound.values,
    })
  }
  return statements
}
