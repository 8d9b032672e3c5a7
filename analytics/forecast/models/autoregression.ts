import { at, mean, robustSpread, type Values, within } from '../numbers'
import { ridge } from './least-squares'
import { type Model, plainAnswer } from './model'

/**
 * Next value from values some steps back, by ridge regression on the differences from a level; what lies ahead is
 * computed step by step from its own answers.
 */
export function autoregress(
  history: Values,
  lags: readonly number[],
  horizon: number,
  differenced: boolean,
): Values | null {
  const longest = Math.max(...lags)
  const size = history.length
  const series = differenced
    ? Float64Array.from({ length: size - 1 }, (_, index) => at(history, index + 1) - at(history, index))
    : history
  const count = series.length - longest
  const columns = lags.length + 1
  if (count < 3 * columns || count < 12) return null
  const centre = differenced ? 0 : mean(series)
  const scale = robustSpread(series) || Math.max(...series.map((value) => Math.abs(value - centre))) || 1
  const scaled = series.map((value) => (value - centre) / scale)
  // A long series is learnt from its newer part: enough for the few numbers looked for.
  const used = Math.min(count, Math.max(40 * columns, 800))
  const rows = new Float64Array(used * columns)
  const targets = new Float64Array(used)
  for (let row = 0; row < used; row += 1) {
    const index = scaled.length - used + row
    targets[row] = at(scaled, index)
    for (let column = 0; column < lags.length; column += 1) {
      rows[row * columns + column] = at(scaled, index - (lags[column] ?? 1))
    }
    rows[row * columns + lags.length] = 1
  }
  const weights = ridge(rows, targets, columns, 0.002)
  if (weights === null) return null
  const path = new Float64Array(scaled.length + horizon)
  path.set(scaled)
  for (let ahead = 0; ahead < horizon; ahead += 1) {
    const index = scaled.length + ahead
    let value = at(weights, lags.length)
    for (let column = 0; column < lags.length; column += 1) {
      value += at(weights, column) * at(path, index - (lags[column] ?? 1))
    }
    path[index] = value
  }
  const answer = path.subarray(scaled.length).map((value) => value * scale + centre)
  if (differenced) {
    let level = at(history, size - 1)
    for (let ahead = 0; ahead < horizon; ahead += 1) {
      level += at(answer, ahead)
      answer[ahead] = level
    }
  }
  return tame(answer, history)
}

/** A root outside the circle explodes; nothing leaves a wide band around what has been seen. */
function tame(answer: Values, history: Values): Values | null {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (let index = 0; index < history.length; index += 1) {
    low = Math.min(low, at(history, index))
    high = Math.max(high, at(history, index))
  }
  const room = high - low
  if (!answer.every(Number.isFinite)) return null
  return answer.map((value) => within(value, low - room, high + room))
}

export const autoregression: Model = ({ history, horizon }) => {
  const order = within(Math.floor(history.length / 12), 1, 8)
  const lags = Array.from({ length: order }, (_, index) => index + 1)
  const mean = autoregress(history, lags, horizon, false)
  return mean && plainAnswer(mean)
}

export const differencedAutoregression: Model = ({ history, horizon }) => {
  const order = within(Math.floor(history.length / 15), 1, 5)
  const lags = Array.from({ length: order }, (_, index) => index + 1)
  const mean = autoregress(history, lags, horizon, true)
  return mean && plainAnswer(mean)
}

/** The newest steps, and the same ones a cycle (and two, and a long cycle) ago. */
export const seasonalAutoregression: Model = ({ history, seasons, horizon }) => {
  const lags = new Set([1, 2, 3])
  for (const season of seasons) {
    if (history.length < 3 * season) continue
    for (const lag of [season - 1, season, season + 1]) lags.add(lag)
    if (history.length >= 4 * season) lags.add(2 * season)
  }
  if (lags.size === 3) return null
  const mean = autoregress(
    history,
    [...lags].filter((lag) => lag > 0).sort((a, b) => a - b),
    horizon,
    false,
  )
  return mean && plainAnswer(mean)
}
