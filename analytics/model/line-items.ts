import type { LineColumn, Lines, LinesRequest } from '../contract/line-items'
import { lineColumnSchema } from '../contract/line-items'
import { fail, type Result, succeed } from '../contract/result'
import type { Work } from '../engine/work'
import type { Row } from '../store/connection'
import { type Asking, asking, provenanceOf } from './ask'
import { askedQuestion } from './asked-question'
import {
  type CompiledLines,
  compileDearPage,
  compileDetails,
  compileLastOfPage,
  compileOfKnown,
  compilePage,
  type LineSort,
  mostUnknown,
} from './compile-lines'
import { compileQuery } from './compile-query'
import { tableFor } from './cost-tables'
import { lineColumn } from './line-columns'
import { componentsOf } from './measures'
import { type PageKey, readPageKey, writePageKey } from './page-key'
import type { Question } from './question'
import { readAnswer } from './run-query'

const sums = ['lines', 'billed', 'effective', 'list', 'contracted'] as const

/** A page of the line items behind a figure, and what all of them come to. */
export async function readLines(request: LinesRequest, work: Work): Promise<Result<Lines>> {
  return await asking(work, async (context) => {
    const { facts } = context
    const { columns, sort: _sort, limit, after, ...period } = request
    const asked = await askedQuestion({ ...period, measure: [...sums], by: ['currency'] }, context)
    if (!asked.ok) return asked
    const sort = sortOf(request)
    if (!sort.ok) return sort
    const from = pageStart(after, facts.dataVersion)
    if (!from.ok) return from
    const page = await findPage(asked.value, sort.value, from.value, limit, context)
    const rows = await readDetails(columns, page.lines, context)
    const total = await readSums(asked.value, context)
    if (!total.ok) return total
    return succeed({
      columns: columns.map((name) => ({ name, kind: lineColumn(name).kind })),
      rows,
      next: page.next,
      count: total.value.reduce((count, { lines }) => count + lines, 0),
      sums: total.value,
      accountNames: namesIn(columns, rows, context),
      about: provenanceOf({ ...asked.value, by: [] }, facts, 'counted_charges'),
    })
  })
}

/** What answers a page of line items; the lines themselves are then read by their place in the table. */
export async function linesStatements(
  request: LinesRequest,
  context: Asking,
): Promise<Result<{ readonly question: Question; readonly statements: readonly CompiledLines[] }>> {
  const { facts } = context
  const { columns, sort: _sort, limit, after, ...period } = request
  const asked = await askedQuestion({ ...period, measure: [...sums], by: ['currency'] }, context)
  if (!asked.ok) return asked
  const sort = sortOf(request)
  if (!sort.ok) return sort
  const from = pageStart(after, facts.dataVersion)
  if (!from.ok) return from
  const page = await findPage(asked.value, sort.value, from.value, limit, context)
  const table = tableFor(asked.value, componentsOf(asked.value.measures), facts)
  return succeed({
    question: asked.value,
    statements: [
      ...page.statements,
      ...compileDetails(columns, page.lines),
      compileQuery(asked.value, table),
    ],
  })
}

function sortOf({ sort }: LinesRequest): Result<LineSort> {
  if (!sort) return succeed({ column: 'start', direction: 'ascending' })
  const column = lineColumnSchema.safeParse(sort.column)
  if (!column.success || lineColumn(column.data).kind === 'tags' || column.data === 'source') {
    return fail(
      'no-such-column',
      `Line items cannot be sorted by ${sort.column}.`,
      'Sort by a time, a text or an amount.',
    )
  }
  return succeed({ column: column.data, direction: sort.direction })
}

function pageStart(after: string | undefined, dataVersion: number): Result<PageKey | null> {
  if (after === undefined) return succeed(null)
  const key = readPageKey(after)
  if (!key) return fail('no-such-page', 'There is no such page of line items.', 'Start with the first page.')
  return key.dataVersion === dataVersion
    ? succeed(key)
    : fail(
        'data-changed',
        'The data has changed since the page before was read.',
        'Start with the first page.',
      )
}

interface Page {
  readonly lines: readonly string[]
  readonly next: string | null
}

interface FoundPage extends Page {
  readonly statements: readonly CompiledLines[]
}

/** One line more than a page holds tells whether there is another. */
async function findPage(
  question: Question,
  sort: LineSort,
  after: PageKey | null,
  limit: number,
  context: Asking,
): Promise<FoundPage> {
  const { connection, facts, signal } = context
  const dear = await findDear(question, sort, after, limit + 1, context)
  if (dear) return { ...pageOf(dear.rows, limit, facts.dataVersion), statements: dear.statements }
  const all = compilePage(question, sort, after, limit + 1, facts.allCounted)
  const rows = await connection.rows(all.sql, all.values, signal)
  return { ...pageOf(rows, limit, facts.dataVersion), statements: [all] }
}

/** The lines of a page, where all of them are dear and it is known what each comes to. */
async function findDear(
  question: Question,
  sort: LineSort,
  after: PageKey | null,
  count: number,
  { connection, facts, signal }: Asking,
): Promise<{ readonly rows: readonly Row[]; readonly statements: readonly CompiledLines[] } | null> {
  const ofLast = facts.rolledUp ? compileLastOfPage(question, sort, after, count) : null
  const last = ofLast && (await connection.first(ofLast.sql, ofLast.values, signal))
  const page = last && compileDearPage(question, sort, after, count, String(last.value))
  if (!ofLast || !page) return null
  const rows = await connection.rows(page.sql, page.values, signal)
  const unknown = rows.flatMap(({ line, known }) => (known === true ? [] : [String(line)]))
  if (unknown.length === 0) return { rows, statements: [ofLast, page] }
  if (unknown.length > mostUnknown) return null
  const known = rows.flatMap((row) =>
    row.known === true ? [{ line: String(row.line), value: String(row.value) }] : [],
  )
  const all = compileOfKnown(sort, after, count, known, unknown)
  return { rows: await connection.rows(all.sql, all.values, signal), statements: [ofLast, page, all] }
}

function pageOf(found: readonly Row[], limit: number, dataVersion: number): Page {
  const shown = found.slice(0, limit)
  const last = shown.at(-1)
  return {
    lines: shown.map(({ line }) => String(line)),
    next:
      last && found.length > limit
        ? writePageKey({
            dataVersion,
            value: last.value === null || last.value === undefined ? null : String(last.value),
            line: String(last.line),
          })
        : null,
  }
}

async function readDetails(
  columns: readonly LineColumn[],
  lines: readonly string[],
  { connection, signal }: Asking,
): Promise<Lines['rows']> {
  const cells = new Map<string, readonly (string | number | boolean | null)[]>()
  for (const { sql, values } of compileDetails(columns, lines)) {
    for (const [line, ...row] of await connection.cells(sql, values, signal)) cells.set(String(line), row)
  }
  return lines.map((line) =>
    (cells.get(line) ?? []).map((cell, at) => {
      if (cell === null) return null
      const column = columns[at]
      return column && lineColumn(column).kind === 'tags' ? tagsOf(String(cell)) : String(cell)
    }),
  )
}

function tagsOf(json: string): Record<string, string> {
  return JSON.parse(json) as Record<string, string>
}

async function readSums(question: Question, context: Asking): Promise<Result<Lines['sums']>> {
  const table = tableFor(question, componentsOf(question.measures), context.facts)
  const read = await readAnswer(question, compileQuery(question, table), context)
  if (!read.ok) return read
  return succeed(
    read.value.rows.map(({ cells: [currency, lines, billed, effective, list, contracted] }) => ({
      currency: String(currency),
      lines: Number(lines),
      billed: String(billed),
      effective: String(effective),
      list: String(list),
      contracted: String(contracted),
    })),
  )
}

function namesIn(
  columns: readonly LineColumn[],
  rows: Lines['rows'],
  { facts }: Asking,
): Record<string, string> {
  const names: Record<string, string> = {}
  for (const [at, column] of columns.entries()) {
    if (column !== 'account' && column !== 'payer') continue
    for (const row of rows) {
      const name = facts.accountNames.get(String(row[at]))
      if (name !== undefined) names[String(row[at])] = name
    }
  }
  return names
}
