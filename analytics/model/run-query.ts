import { fail, type Result, succeed } from '../contract/result'
import type { Cell, CostColumn, CostQuery, CostTable } from '../contract/spend'
import type { Work } from '../engine/work'
import { type Asking, asking, provenanceOf } from './ask'
import { askedQuestion } from './asked-question'
import { type CompiledQuery, compileQuery, parts } from './compile-query'
import { type CostTable as Source, tableFor } from './cost-tables'
import { componentsOf, meaningOf } from './measures'
import { columnNames, measureColumns, pivotColumn, pivotTimes, type Question } from './question'

export async function runCostQuery(query: CostQuery, work: Work): Promise<Result<CostTable>> {
  return await asking(work, async (context) => {
    const asked = await askedQuestion(query, context)
    if (!asked.ok) return asked
    const table = tableFor(asked.value, componentsOf(asked.value.measures), context.facts)
    return await answerFrom(asked.value, table, context)
  })
}

/** The answer as a table of the warehouse has it: each that can answer gives the same. */
export async function answerFrom(
  question: Question,
  table: Source,
  context: Asking,
): Promise<Result<CostTable>> {
  const compiled = compileQuery(question, table)
  const read = await readAnswer(question, compiled, context)
  if (!read.ok) return read
  const { rows, total, rowCount, currency, addable } = read.value
  const columns = columnsOf(question)
  const named = columns.flatMap(({ name, kind }, at): readonly (readonly [string, Cell])[] => {
    if (kind === 'dimension' || kind === 'time') return []
    return [[name, kind === 'money' && !addable ? null : (total.cells[at] ?? null)]]
  })
  return succeed({
    columns: [...columns],
    rows: rows.map(({ cells }) => [...cells]),
    total: Object.fromEntries(named),
    currency,
    rowCount,
    truncated: rowCount > rows.length,
    ...(question.previous && { states: rows.map(({ state }) => state ?? 'changed') }),
    ...(componentsOf(question.measures).includes('quantity') && {
      units: [...rows, total].map(({ unit }) => unit),
    }),
    accountNames: accountNames(question, rows, context),
    about: provenanceOf(question, context.facts, table.name),
  })
}

export interface AnswerRow {
  readonly part: number
  /** In the order of the answer's columns. */
  readonly cells: readonly Cell[]
  readonly state: 'changed' | 'new' | 'gone' | null
  readonly unit: string | null
}

interface Read {
  readonly rows: readonly AnswerRow[]
  /** Of a chart: the totals of each group, and of each point of time. */
  readonly groups: readonly AnswerRow[]
  readonly points: readonly AnswerRow[]
  readonly total: AnswerRow
  readonly rowCount: number
  readonly currency: string | null
  /** Money of all rows is of one currency. */
  readonly addable: boolean
}

export async function readAnswer(
  question: Question,
  { sql, values }: CompiledQuery,
  { connection, facts, signal }: Asking,
): Promise<Result<Read>> {
  const width = columnNames(question).length
  const keys = question.by.length
  const divided = question.allocations?.some((term) => term.divided) ?? false
  const read = await connection.cells(sql, values, signal)
  const rows = read.map((cells): AnswerRow => {
    const [state, unit] = cells.slice(width + 1) as [AnswerRow['state'], string | null]
    const shown = cells.slice(1, width + 1) as Cell[]
    return {
      part: Number(cells[0]),
      cells: divided ? shown.map((cell, at) => (at < keys ? cell : shortened(cell))) : shown,
      state,
      unit,
    }
  })
  const last = read.find(([part]) => Number(part) === parts.total) ?? []
  const money = question.measures.some((measure) => meaningOf(measure).kind === 'money')
  const found = question.apart
    ? String(last[width + 4] ?? '')
        .split(',')
        .filter((currency) => currency !== '')
    : facts.currencies.slice(0, Number(last[width + 5] ?? 0) > 0 ? 1 : 0)
  if (money && found.length > 1 && !question.by.includes('currency')) {
    return fail(
      'mixed-currencies',
      `The period holds ${found.join(', ')}; amounts in different currencies are never added.`,
      `Ask for one (currency=${found[0]}), or break the figures down by currency.`,
    )
  }
  const total = rows.find(({ part }) => part === parts.total)
  if (!total) throw new Error('the statement has no total')
  return succeed({
    rows: rows.filter(({ part }) => part === parts.row),
    groups: rows.filter(({ part }) => part === parts.totalOfGroup),
    points: rows.filter(({ part }) => part === parts.totalOfPoint),
    total,
    rowCount: Number(last[width + 3] ?? 0),
    currency: money && found.length === 1 ? (found[0] ?? null) : null,
    addable: found.length <= 1,
  })
}

/** A divided cost has up to 24 decimals, all of them exact; what needs no more than twelve is written as always. */
function shortened(cell: Cell): Cell {
  return typeof cell === 'string' ? cell.replace(/^(-?\d+\.\d{12}\d*?)0*$/, '$1') : cell
}

export function columnsOf(question: Question): readonly CostColumn[] {
  return [
    ...question.by.map((name) => ({ name, kind: 'dimension' }) as const),
    ...(question.grain && !question.pivot ? [{ name: question.grain, kind: 'time' } as const] : []),
    ...pivotTimes(question).flatMap((time) =>
      question.measures.map(
        (measure) => ({ name: pivotColumn(question, time, measure), kind: meaningOf(measure).kind }) as const,
      ),
    ),
    ...question.measures.flatMap((measure) =>
      measureColumns(question, measure).map((name, at) => {
        // The fourth is the change in percent.
        return { name, kind: at === 3 ? 'number' : meaningOf(measure).kind } as const
      }),
    ),
    ...(question.share ? [{ name: 'share', kind: 'number' } as const] : []),
  ]
}

export function accountNames(
  { by }: Pick<Question, 'by'>,
  rows: readonly { readonly cells: readonly Cell[] }[],
  { facts }: Pick<Asking, 'facts'>,
): Record<string, string> {
  const names: Record<string, string> = {}
  for (const [at, dimension] of by.entries()) {
    if (dimension !== 'account' && dimension !== 'payer') continue
    for (const { cells } of rows) {
      const name = facts.accountNames.get(String(cells[at]))
      if (name !== undefined) names[String(cells[at])] = name
    }
  }
  return names
}
