import { readTime } from './series-time'

export interface SeriesColumns {
  readonly separator: string
  readonly series: number | null
  readonly time: number
  readonly value: number
  /** The first line names the columns and is no data. */
  readonly heading: boolean
}

const timeNames = /^(timestamp|time|date|datetime|day|ds|t)$/i
const valueNames = /^(value|cost|amount|y|v|metric)$/i
const seriesNames = /^(series|id|name|unique_id|series_id|key)$/i

/** What the first line of a file says about its columns; null when it has fewer than two. */
export function columnsOf(line: string): SeriesColumns | null {
  const separator = [',', ';', '\t'].find((sign) => splitLine(line, sign).length > 1)
  if (separator === undefined) return null
  const cells = splitLine(line, separator).map((cell) => cell.trim())
  const place = (names: RegExp) => {
    const at = cells.findIndex((cell) => names.test(cell))
    return at < 0 ? null : at
  }
  const [time, value] = [place(timeNames), place(valueNames)]
  if (time !== null && value !== null) {
    const other = cells.findIndex((_, at) => at !== time && at !== value)
    return { separator, series: place(seriesNames) ?? (other < 0 ? null : other), time, value, heading: true }
  }
  const plain = cells.length === 2 ? { series: null, time: 0, value: 1 } : { series: 0, time: 1, value: 2 }
  const heading = readTime(cells[plain.time] ?? '') === null
  return { separator, ...plain, heading }
}

/** The cells of one line; quotes may hold the separator, and doubled quotes stand for one. */
export function splitLine(line: string, separator: string): string[] {
  if (!line.includes('"')) return line.split(separator)
  const cells: string[] = []
  let cell = ''
  let quoted = false
  for (let at = 0; at < line.length; at += 1) {
    const sign = line[at] ?? ''
    if (sign === '"') {
      if (quoted && line[at + 1] === '"') {
        cell += '"'
        at += 1
      } else quoted = !quoted
    } else if (sign === separator && !quoted) {
      cells.push(cell)
      cell = ''
    } else cell += sign
  }
  return [...cells, cell]
}
