import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { parse } from 'csv-parse'
import { fail, type Result, succeed } from '../../contract/result'
import { InterruptedError } from '../../store/connection'
import { type Clock, readTimes } from './timestamps'

export interface RawSeries {
  readonly id: string
  readonly clock: Clock
  /** In the order of the file. */
  readonly times: Float64Array
  readonly values: Float64Array
  /** Rows of it that said nothing that could be used, and the first of them. */
  readonly unreadable: number
  readonly example: string | null
}

export interface SeriesFile {
  readonly series: readonly RawSeries[]
}

/** The id of the one series of a file without names. */
export const onlySeries = 'series'

const missing = /^(|-|nan|na|n\/a|null|none)$/i
const headings = {
  series: /^(series|series_?id|unique_id|id|name|item|key)$/i,
  time: /^(timestamp|time|date|datetime|day|month|period|ds|t)$/i,
  value: /^(value|y|cost|amount|v|usage|metric)$/i,
} as const

interface Columns {
  readonly series: number | null
  readonly time: number
  readonly value: number
}

/** Reads `timestamp,value` or `series,timestamp,value`, with or without headings. */
export async function readSeriesFile(path: string, signal: AbortSignal): Promise<Result<SeriesFile>> {
  const opened = await lookAt(path)
  if (!opened.ok) return opened
  const table = await readTable(path, opened.value, signal)
  if (!table.ok) return table
  const [first] = table.value
  if (!first)
    return fail('empty-file', `${path} holds no rows.`, 'Write timestamp,value or series,timestamp,value.')
  const columns = columnsOf(first, table.value)
  if (columns === null) {
    return fail(
      'not-a-series',
      `${path} has ${first.length} columns, and a series has timestamp,value or series,timestamp,value.`,
      'Keep those columns, or name them timestamp, value and series in the first row.',
    )
  }
  return succeed(gather(isHeading(first, columns) ? table.value.slice(1) : table.value, columns))
}

async function lookAt(path: string): Promise<Result<string>> {
  try {
    const found = await stat(path)
    if (!found.isFile()) return fail('not-a-file', `${path} is not a file.`, 'Give the path of a CSV file.')
    let head = ''
    for await (const chunk of createReadStream(path, { encoding: 'utf8', end: 65_535 })) head += String(chunk)
    return succeed(head)
  } catch (error) {
    return fail(
      'file-unreadable',
      `${path} cannot be read.`,
      'Check the path and its permissions.',
      String(error),
    )
  }
}

async function readTable(
  path: string,
  head: string,
  signal: AbortSignal,
): Promise<Result<readonly (readonly string[])[]>> {
  const rows: string[][] = []
  const parser = createReadStream(path).pipe(
    parse({
      bom: true,
      delimiter: delimiterOf(head),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
    }),
  )
  try {
    for await (const row of parser) {
      if (signal.aborted) throw new InterruptedError()
      rows.push(row as string[])
    }
  } catch (error) {
    if (error instanceof InterruptedError) throw error
    return fail(
      'not-a-series',
      `${path} is not a CSV file that can be read.`,
      'Save it as CSV in UTF-8.',
      String(error),
    )
  }
  return succeed(rows)
}

function delimiterOf(head: string): string {
  const lines = head.split(/\r?\n/, 20)
  const count = (delimiter: string) =>
    lines.reduce((total, line) => total + line.split(delimiter).length - 1, 0)
  // A comma may be a decimal one; the others are never part of a number.
  if (count(';') > 0) return ';'
  return count('\t') > 0 ? '\t' : ','
}

function columnsOf(first: readonly string[], rows: readonly (readonly string[])[]): Columns | null {
  const place = (heading: RegExp) => first.findIndex((name) => heading.test(name))
  const [time, value, series] = [place(headings.time), place(headings.value), place(headings.series)]
  if (time >= 0 && value >= 0) return { time, value, series: series >= 0 ? series : null }
  const width = (rows[1] ?? first).length
  if (width === 2) return { series: null, time: 0, value: 1 }
  return width === 3 ? { series: 0, time: 1, value: 2 } : null
}

function isHeading(first: readonly string[], { time, value }: Columns): boolean {
  const text = first[value] ?? ''
  return (
    !missing.test(text) &&
    Number.isNaN(readValue(text)) &&
    Number.isNaN(readTimes([first[time] ?? '']).times[0])
  )
}

function gather(rows: readonly (readonly string[])[], { series, time, value }: Columns): SeriesFile {
  const found = new Map<string, (readonly string[])[]>()
  for (const row of rows) {
    const id = (series === null ? onlySeries : row[series]) ?? ''
    const mine = found.get(id)
    if (mine) mine.push(row)
    else found.set(id, [row])
  }
  return { series: [...found].map(([id, mine]) => oneSeries(id, mine, time, value)) }
}

/** Files are put together from several sources: how times are written is told for each series. */
function oneSeries(id: string, rows: readonly (readonly string[])[], time: number, value: number): RawSeries {
  const { clock, times } = readTimes(rows.map((row) => row[time] ?? ''))
  const kept: { readonly time: number; readonly value: number }[] = []
  let unreadable = 0
  let example: string | null = null
  for (const [index, row] of rows.entries()) {
    const text = row[value] ?? ''
    const when = times[index] ?? Number.NaN
    const amount = readValue(text)
    if (Number.isFinite(when) && missing.test(text)) continue
    if (Number.isFinite(when) && Number.isFinite(amount)) {
      kept.push({ time: when, value: amount })
    } else {
      unreadable += 1
      example ??= row.join(', ').slice(0, 100)
    }
  }
  return {
    id,
    clock,
    times: Float64Array.from(kept, (one) => one.time),
    values: Float64Array.from(kept, (one) => one.value),
    unreadable,
    example,
  }
}

function readValue(text: string): number {
  const plain = /^[+-]?\d+,\d+$/.test(text) ? text.replace(',', '.') : text
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : Number.NaN
}
