import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { fail, type Result, succeed } from '../contract/result'
import { columnsOf, type SeriesColumns, splitLine } from './series-columns'
import { readTime } from './series-time'

/** One series of a file: rows in the order of time, and where each stood in the file. */
export interface Series {
  readonly id: string
  /** Seconds since 1970; plain numbers where the file counts instead of dating. */
  readonly times: Float64Array
  /** NaN where the file holds no number. */
  readonly values: Float64Array
  /** Places among the rows of this series as the file has them. */
  readonly rows: Int32Array
}

export interface SeriesFile {
  readonly series: readonly Series[]
  /** Times are dates, or just a count. */
  readonly dated: boolean
  /** Lines without a time that could be read. */
  readonly rejected: number
}

interface Gathered {
  readonly times: number[]
  readonly values: number[]
}

/** Below this a number is a count, not seconds: 1973. */
const leastEpoch = 1e8

/**
 * Reads `timestamp,value` or `series,timestamp,value`, with a heading or without, separated by commas, semicolons or
 * tabs. Rows may come in any order.
 */
export async function readSeries(path: string, signal: AbortSignal): Promise<Result<SeriesFile>> {
  const gathered = new Map<string, Gathered>()
  let columns: SeriesColumns | null = null
  let rejected = 0
  let dated = false
  let counted = false
  const stream = createReadStream(path, { encoding: 'utf8', signal })
  try {
    for await (const raw of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
      const line = raw.startsWith('\uFEFF') ? raw.slice(1) : raw
      if (line.trim() === '') continue
      if (columns === null) {
        const found = columnsOf(line)
        if (found === null) return notSeries(path)
        columns = found
        if (columns.heading) continue
      }
      const cells = splitLine(line, columns.separator)
      const time = readTime(cells[columns.time] ?? '')
      if (time === null) {
        rejected += 1
        continue
      }
      if (time.dated || Math.abs(time.value) >= leastEpoch) dated = true
      else counted = true
      const id = columns.series === null ? '' : (cells[columns.series] ?? '')
      const one = gathered.get(id) ?? { times: [], values: [] }
      if (one.times.length === 0) gathered.set(id, one)
      one.times.push(time.value)
      one.values.push(readNumber(cells[columns.value] ?? '', columns.separator))
    }
  } catch (error) {
    if (signal.aborted) throw error
    return unreadable(path, error)
  }
  if (columns === null || gathered.size === 0) return notSeries(path)
  if (dated && counted) {
    return fail(
      'series-times',
      `${path} mixes dates and plain numbers in its column of times.`,
      'Use one way of writing times in the whole file.',
    )
  }
  return succeed({ series: [...gathered].map(([id, one]) => ordered(id, one)), dated, rejected })
}

function ordered(id: string, { times, values }: Gathered): Series {
  const order = Int32Array.from(times, (_, at) => at)
  const sorted = times.every((time, at) => at === 0 || time >= (times[at - 1] ?? time))
  if (!sorted) order.sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b)
  return {
    id,
    times: Float64Array.from(order, (at) => times[at] ?? 0),
    values: Float64Array.from(order, (at) => values[at] ?? Number.NaN),
    rows: order,
  }
}

function readNumber(text: string, separator: string): number {
  const plain = text.trim()
  if (plain === '') return Number.NaN
  // A comma can only be a decimal one where it does not separate.
  const value = Number(separator === ',' ? plain : plain.replace(',', '.'))
  return Number.isFinite(value) ? value : Number.NaN
}

function notSeries(path: string): Result<never> {
  return fail(
    'not-a-series',
    `${path} holds no series.`,
    'Give a text file with lines of timestamp,value or series,timestamp,value.',
  )
}

function unreadable(path: string, error: unknown): Result<never> {
  return fail(
    'unreadable-file',
    `${path} could not be read.`,
    'Check that the file exists and may be read.',
    error instanceof Error ? error.message : String(error),
  )
}
