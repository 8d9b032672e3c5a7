import { at, type Values } from '../numbers'
import { minimise } from './minimise'
import type { Model, ModelAnswer } from './model'

export type Trend = 'none' | 'linear' | 'damped'

const bounds = {
  none: { low: [0.0001], high: [0.9999] },
  linear: { low: [0.0001, 0.0001], high: [0.9999, 0.9999] },
  damped: { low: [0.0001, 0.0001, 0.8], high: [0.9999, 0.9999, 0.98] },
} as const

const starts = { none: [0.3], linear: [0.3, 0.05], damped: [0.3, 0.05, 0.95] } as const

interface Ending {
  readonly squares: number
  readonly level: number
  readonly slope: number
}

/** Exponential smoothing of a series without cycles, its parameters by least squares of one step ahead. */
export function smooth(history: Values, trend: Trend, horizon: number, warm: Values | null): ModelAnswer {
  const head = Math.min(history.length, 10)
  const firstSlope = trend === 'none' || head < 2 ? 0 : (at(history, head - 1) - at(history, 0)) / (head - 1)
  const run = (point: Values): Ending => {
    const alpha = at(point, 0)
    const beta = trend === 'none' ? 0 : at(point, 1) * alpha
    const phi = trend === 'damped' ? at(point, 2) : 1
    let level = at(history, 0)
    let slope = firstSlope
    let squares = 0
    for (let index = 1; index < history.length; index += 1) {
      const expected = level + phi * slope
      const error = at(history, index) - expected
      squares += error * error
      level = expected + alpha * error
      slope = phi * slope + beta * error
    }
    return { squares, level, slope }
  }
  const calls = warm === null ? 150 : 60
  const best = minimise((point) => run(point).squares, warm ? [...warm] : starts[trend], bounds[trend], calls)
  const { level, slope } = run(best)
  const phi = trend === 'damped' ? at(best, 2) : 1
  const mean = new Float64Array(horizon)
  let reach = 0
  let factor = 1
  for (let ahead = 0; ahead < horizon; ahead += 1) {
    factor *= phi
    reach += factor
    mean[ahead] = level + (trend === 'none' ? 0 : slope * reach)
  }
  return { mean, warm: best }
}

export const simpleSmoothing: Model = ({ history, horizon, warm }) =>
  history.length < 3 ? null : smooth(history, 'none', horizon, warm)

export const holt: Model = ({ history, horizon, warm }) =>
  history.length < 5 ? null : smooth(history, 'linear', horizon, warm)

export const dampedTrend: Model = ({ history, horizon, warm }) =>
  history.length < 6 ? null : smooth(history, 'damped', horizon, warm)
