import { at, type Values, within } from '../numbers'
import { ridge } from './least-squares'
import { type Model, plainAnswer } from './model'

const autoregressive = 2
const movingAverage = 2

/**
 * ARIMA(2,1,2) by Hannan and Rissanen's two regressions: a long autoregression gives the shocks, and a second one
 * on values and shocks the model. Fixed orders: the search for orders is where ready-made ones fail.
 */
export const arima: Model = ({ history, horizon }) => {
  const size = history.length
  if (size < 30) return null
  const steps = Float64Array.from(
    { length: size - 1 },
    (_, index) => at(history, index + 1) - at(history, index),
  )
  const scale = Math.sqrt(steps.reduce((total, step) => total + step * step, 0) / steps.length)
  if (scale === 0) return plainAnswer(new Float64Array(horizon).fill(at(history, size - 1)))
  const scaled = steps.map((step) => step / scale)
  const long = within(Math.floor(size / 10), 4, 12)
  const first = regress(scaled, new Float64Array(scaled.length), long, 0, long)
  if (first === null) return null
  const shocks = new Float64Array(scaled.length)
  for (let index = long; index < scaled.length; index += 1) {
    shocks[index] = at(scaled, index) - expected(scaled, shocks, first, index, long, 0)
  }
  const weights = regress(scaled, shocks, autoregressive, movingAverage, long + movingAverage)
  if (weights === null) return null
  const path = new Float64Array(scaled.length + horizon)
  const surprises = new Float64Array(scaled.length + horizon)
  path.set(scaled)
  surprises.set(shocks)
  const mean = new Float64Array(horizon)
  let level = at(history, size - 1)
  for (let ahead = 0; ahead < horizon; ahead += 1) {
    const index = scaled.length + ahead
    // An estimate outside of the stable region must not run away.
    path[index] = within(expected(path, surprises, weights, index, autoregressive, movingAverage), -4, 4)
    level += at(path, index) * scale
    mean[ahead] = level
  }
  return plainAnswer(mean)
}

function regress(values: Values, shocks: Values, lags: number, terms: number, from: number): Values | null {
  const columns = lags + terms
  const count = values.length - from
  if (count < 2 * columns) return null
  const rows = new Float64Array(count * columns)
  for (let row = 0; row < count; row += 1) {
    for (let lag = 0; lag < lags; lag += 1) rows[row * columns + lag] = at(values, from + row - lag - 1)
    for (let term = 0; term < terms; term += 1) {
      rows[row * columns + lags + term] = at(shocks, from + row - term - 1)
    }
  }
  return ridge(rows, values.subarray(from), columns, 0.01)
}

function expected(
  values: Values,
  shocks: Values,
  weights: Values,
  index: number,
  lags: number,
  terms: number,
): number {
  let value = 0
  for (let lag = 0; lag < lags; lag += 1) value += at(weights, lag) * at(values, index - lag - 1)
  for (let term = 0; term < terms; term += 1) value += at(weights, lags + term) * at(shocks, index - term - 1)
  return value
}
