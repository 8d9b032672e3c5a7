import { CsvError } from 'csv-parse'
import { parse } from 'csv-parse/sync'
import type { DriverGrain } from '../contract/drivers'
import { fail, type Result, succeed } from '../contract/result'
import { daySchema } from '../contract/values'

export interface DriverValue {
  readonly day: string
  /** Empty where the file has no labels. */
  readonly label: string
  readonly value: string
}

export interface DriverFile {
  readonly grain: DriverGrain
  readonly values: readonly DriverValue[]
}

interface Line {
  readonly record: readonly string[]
  readonly line: number
}

interface Columns {
  readonly date: number
  readonly value: number
  readonly label: number | null
}

interface Problem {
  readonly line: number
  readonly reason: string
}

const headings = {
  date: /^(date|day|month|period|time|timestamp|ds)$/i,
  value: /^(value|units?|count|quantity|amount|y|v)$/i,
  label: /^(label|series|name|tag|account|id|key|customer|team|product|environment)$/i,
} as const

const written = /^\d{1,15}(\.\d{1,12})?$/
const shape = 'date,value or date,value,label'
const next = `Write one line a value, as ${shape}, with dates as YYYY-MM-DD and numbers as 1234.5.`
const mostValues = 500_000
const longestLabel = 300

/** Reads a driver; a file with a line that cannot be used is refused whole, with every such line named. */
export function readDriverText(
  file: string,
  text: string,
  asked: DriverGrain | undefined,
): Result<DriverFile> {
  const lines = linesOf(file, text)
  if (!lines.ok) return lines
  const [first] = lines.value
  if (first === undefined) return fail('empty-file', `${file} holds no lines.`, next)
  const heading = !isDate(first.record[0] ?? '') && !first.record.some((cell) => written.test(cell))
  const columns = heading ? headingColumns(first.record) : plainColumns(first.record.length)
  if (columns === null) {
    return fail(
      'not-a-driver',
      `${file}, line ${first.line}: its columns (${first.record.join(', ').slice(0, 200)}) are no driver's.`,
      `Name them ${shape}, or write them in that order without a heading.`,
    )
  }
  const body = heading ? lines.value.slice(1) : lines.value
  if (body.length === 0) return fail('empty-file', `${file} holds a heading and no values.`, next)
  if (body.length > mostValues) {
    return fail(
      'too-many-values',
      `${file} holds ${body.length} values, and a driver takes ${mostValues}.`,
      'Add them up by day before the import.',
    )
  }
  const grain = asked ?? grainOf(body, columns)
  const { values, problems } = valuesOf(body, columns, grain)
  return problems.length > 0 ? refused(file, problems) : succeed({ grain, values })
}

function linesOf(file: string, text: string): Result<readonly Line[]> {
  const head = /\S.*/.exec(text.slice(0, 65_536))?.[0] ?? ''
  const delimiter = [';', '\t'].find((sign) => head.includes(sign)) ?? ','
  try {
    const lines: Line[] = []
    parse(text, {
      bom: true,
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      on_record: (record: string[], info) => {
        lines.push({ record, line: info.lines })
        return null
      },
    })
    return succeed(lines)
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = Number(error.lines)
    const where = Number.isFinite(line) ? `${file}, line ${line}` : file
    return fail('not-a-driver', `${where}: the quotes do not add up, so it is no CSV.`, next, error.message)
  }
}

function plainColumns(width: number): Columns | null {
  if (width === 2) return { date: 0, value: 1, label: null }
  return width === 3 ? { date: 0, value: 1, label: 2 } : null
}

/** The columns by their names; the one whose name says nothing is what is left to be told. */
function headingColumns(names: readonly string[]): Columns | null {
  const place = (heading: RegExp, ...taken: readonly number[]) =>
    names.findIndex((name, at) => !taken.includes(at) && heading.test(name))
  const date = place(headings.date)
  if (date < 0 || names.length < 2 || names.length > 3) return null
  const label = place(headings.label, date)
  const named = place(headings.value, date, label)
  const value = named >= 0 ? named : place(/./, date, label)
  if (value < 0) return null
  if (names.length === 2) return { date, value, label: null }
  // Neither of the two others says what it is.
  return named < 0 && label < 0 ? null : { date, value, label: place(/^/, date, value) }
}

function isDate(text: string): boolean {
  return daySchema.safeParse(dayOf(text)).success
}

function dayOf(text: string): string {
  return /^\d{4}-\d{2}$/.test(text) ? `${text}-01` : text
}

/** Months where every date says one or is the first day of one, and there are several or one is written so. */
function grainOf(lines: readonly Line[], { date }: Columns): DriverGrain {
  const dates = lines.map(({ record }) => record[date] ?? '')
  if (dates.some((text) => isDate(text) && !dayOf(text).endsWith('-01'))) return 'day'
  return dates.some((text) => text.length === 7) || new Set(dates).size > 1 ? 'month' : 'day'
}

function valuesOf(
  lines: readonly Line[],
  columns: Columns,
  grain: DriverGrain,
): { readonly values: readonly DriverValue[]; readonly problems: readonly Problem[] } {
  const values: DriverValue[] = []
  const problems: Problem[] = []
  const lineOf = new Map<string, number>()
  for (const { record, line } of lines) {
    const read = valueIn(record, columns, grain)
    if (typeof read === 'string') {
      problems.push({ line, reason: read })
      continue
    }
    const key = `${read.day} ${read.label}`
    const before = lineOf.get(key)
    if (before === undefined) {
      lineOf.set(key, line)
      values.push(read)
    } else {
      const what = read.label === '' ? read.day : `${read.day} for ${read.label}`
      problems.push({ line, reason: `${what} has a value on line ${before} already` })
    }
  }
  return { values, problems }
}

/** The value of a line, or why it has none. */
function valueIn(record: readonly string[], columns: Columns, grain: DriverGrain): DriverValue | string {
  const width = columns.label === null ? 2 : 3
  if (record.length !== width) return `it has ${record.length} columns instead of ${width}`
  const [date = '', value = ''] = [record[columns.date], record[columns.value]]
  const label = columns.label === null ? '' : (record[columns.label] ?? '')
  if (!isDate(date)) return date === '' ? 'it has no date' : `"${cut(date)}" is no date as YYYY-MM-DD`
  const day = dayOf(date)
  if (grain === 'day' && date.length === 7) return `"${date}" is a month among days`
  if (grain === 'month' && !day.endsWith('-01')) return `"${date}" is not the first day of a month`
  if (value === '') return 'it has no value'
  if (/^-\d/.test(value)) return `"${cut(value)}" is below nothing, and a driver counts something`
  if (!written.test(value)) return `"${cut(value)}" is no number as 1234.5`
  if (columns.label !== null && label === '') return 'its label is empty'
  if (label.length > longestLabel) return `its label is longer than ${longestLabel} letters`
  return { day, label, value }
}

const cut = (text: string) => (text.length > 40 ? `${text.slice(0, 39)}…` : text)

const mostInMessage = 12
const longestDetails = 19_000

function refused(file: string, problems: readonly Problem[]): Result<never> {
  const told = problems.map(({ line, reason }) => `${file}, line ${line}: ${reason}`)
  const inMessage = told.slice(0, mostInMessage)
  const more = told.length > inMessage.length ? `; and ${told.length - inMessage.length} more` : ''
  const details: string[] = []
  let length = 0
  for (const one of told) {
    length += one.length + 1
    if (length > longestDetails) break
    details.push(one)
  }
  const untold = told.length - details.length
  return fail(
    'bad-driver-lines',
    `${told.length === 1 ? 'A line' : `${told.length} lines`} cannot be used, so nothing was changed. ${inMessage.join('; ').slice(0, 3_600)}${more}.`,
    next,
    [...details, ...(untold > 0 ? [`and ${untold} more`] : [])].join('\n'),
  )
}
