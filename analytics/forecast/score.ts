import { at, filled, mean, type Values } from './numbers'

/** Measures of the forecasting competitions, so that figures can be put beside published ones. */

export function symmetricError(actual: Values, expected: Values): number {
  return mean(
    actual.map((value, step) => {
      const size = Math.abs(value) + Math.abs(at(expected, step))
      return size > 0 ? (200 * Math.abs(value - at(expected, step))) / size : 0
    }),
  )
}

export function absoluteError(actual: Values, expected: Values): number {
  return mean(actual.map((value, step) => Math.abs(value - at(expected, step))))
}

/** What the (seasonal) naive method is off in the history, one step ahead. */
export function naiveScale(history: Values, season: number): number {
  const lag = season < history.length ? season : 1
  if (history.length <= lag) return 0
  return mean(history.subarray(lag).map((value, index) => Math.abs(value - at(history, index))))
}

export interface Interval {
  readonly low: Values
  readonly high: Values
}

/** Mean width of an interval and a fine for what it missed, on the scale of the naive method. */
export function intervalScore(actual: Values, { low, high }: Interval, miss: number, scale: number): number {
  const scores = actual.map((value, step) => {
    const [below, above] = [at(low, step) - value, value - at(high, step)]
    return at(high, step) - at(low, step) + (2 / miss) * Math.max(0, below, above)
  })
  return mean(scores) / scale
}

export function coverage(actual: Values, { low, high }: Interval): number {
  return mean(actual.map((value, step) => (value >= at(low, step) && value <= at(high, step) ? 1 : 0)))
}

/** Off by how much of the truth a sum over the whole horizon is. */
export function totalError(actual: Values, expected: Values): number {
  const truth = actual.reduce((sum, value) => sum + value, 0)
  return Math.abs(expected.reduce((sum, value) => sum + value, 0) - truth) / Math.abs(truth)
}

/** The competition's yardstick: naive over the series without its season, where a test finds one. */
export function naive2(history: Values, season: number, horizon: number): Values {
  const last = at(history, history.length - 1)
  const indices = season > 1 && isSeasonal(history, season) ? ratios(history, season) : null
  if (indices === null) return filled(horizon, last)
  const size = history.length
  const plain = last / at(indices, (size - 1) % season)
  return Float64Array.from({ length: horizon }, (_, step) => plain * at(indices, (size + step) % season))
}

function isSeasonal(history: Values, season: number): boolean {
  if (history.length < 3 * season) return false
  const middle = mean(history)
  const correlation = (lag: number) => {
    let product = 0
    let square = 0
    for (let index = 0; index < history.length; index += 1) {
      square += (at(history, index) - middle) ** 2
      if (index >= lag) product += (at(history, index) - middle) * (at(history, index - lag) - middle)
    }
    return square > 0 ? product / square : 0
  }
  let squares = 0
  for (let lag = 1; lag < season; lag += 1) squares += correlation(lag) ** 2
  return Math.abs(correlation(season)) > (1.645 * Math.sqrt(1 + 2 * squares)) / Math.sqrt(history.length)
}

function ratios(history: Values, season: number): Values {
  const half = Math.floor(season / 2)
  const sums = new Float64Array(season)
  const counts = new Float64Array(season)
  for (let index = half; index < history.length - half; index += 1) {
    let window = 0
    for (let near = index - half; near <= index + half; near += 1) window += at(history, near)
    if (season % 2 === 0) window -= (at(history, index - half) + at(history, index + half)) / 2
    sums[index % season] = at(sums, index % season) + (at(history, index) * season) / window
    counts[index % season] = at(counts, index % season) + 1
  }
  const indices = sums.map((sum, phase) => sum / Math.max(1, at(counts, phase)))
  const middle = mean(indices)
  return indices.map((value) => value / middle)
}
