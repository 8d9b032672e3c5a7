import type { Series } from '../series/read-series'

const daySeconds = 86_400
/** Spacing is told from the first rows, so that rows to come cannot change what was said. */
const firstRows = 30

export type SeriesKind = 'daily' | 'steps' | 'metric'

export interface Spacing {
  readonly kind: SeriesKind
  readonly seconds: number
}

/** Daily, longer than that (or a plain count), or several readings a day. */
export function spacingOf(series: Series, dated: boolean): Spacing {
  const steps: number[] = []
  let before = series.times[0] ?? 0
  for (let at = 1; at < series.times.length && steps.length < firstRows; at += 1) {
    const time = series.times[at] ?? 0
    if (time > before) steps.push(time - before)
    before = time
  }
  steps.sort((a, b) => a - b)
  const seconds = steps[steps.length >> 1] ?? daySeconds
  if (!dated) return { kind: 'steps', seconds }
  if (seconds < 0.8 * daySeconds) return { kind: 'metric', seconds }
  return { kind: seconds < 2 * daySeconds ? 'daily' : 'steps', seconds }
}

export interface DayGrid {
  readonly firstDay: number
  /** One a day; NaN where the series has no row. */
  readonly values: Float64Array
  /** The grid's place of each row, in the order of time. */
  readonly placeOf: Int32Array
}

/** One place a day from `firstDay` to `lastDay`; of several rows of a day the last counts. */
export function dayGrid(series: Series, firstDay: number, lastDay: number): DayGrid {
  const values = new Float64Array(lastDay - firstDay + 1).fill(Number.NaN)
  const placeOf = Int32Array.from(series.times, (time) => dayOf(time) - firstDay)
  for (const [at, place] of placeOf.entries()) {
    const value = series.values[at] ?? Number.NaN
    if (Number.isFinite(value)) values[place] = value
  }
  return { firstDay, values, placeOf }
}

export function dayOf(seconds: number): number {
  return Math.floor(seconds / daySeconds)
}
