import { at, mean, type Values } from '../numbers'
import { minimise } from './minimise'
import type { Model, ModelAnswer } from './model'
import { seasonality } from './seasonal-indices'
import type { Trend } from './smoothing'

const bounds = {
  none: { low: [0.0001, 0.0001], high: [0.9999, 0.9999] },
  linear: { low: [0.0001, 0.0001, 0.0001], high: [0.9999, 0.9999, 0.5] },
  damped: { low: [0.0001, 0.0001, 0.0001, 0.8], high: [0.9999, 0.9999, 0.5, 0.98] },
} as const
const starts = { none: [0.3, 0.1], linear: [0.3, 0.1, 0.03], damped: [0.3, 0.1, 0.03, 0.95] } as const

interface Fit extends ModelAnswer {
  /** Akaike's criterion, corrected for short series. */
  readonly criterion: number
}

/** Exponential smoothing with an additive cycle. Over logarithms the cycle multiplies. */
export function smoothSeasonal(
  history: Values,
  season: number,
  trend: Trend,
  horizon: number,
  warm: Values | null,
): Fit | null {
  const size = history.length
  const pattern = size < 2 * season + 3 ? null : seasonality(history, season, false)
  if (pattern === null) return null
  const firstLevel = mean(history.subarray(0, season))
  const firstSlope = trend === 'none' ? 0 : (mean(history.subarray(season, 2 * season)) - firstLevel) / season
  const cycle = new Float64Array(season)
  let level = 0
  let slope = 0
  const run = (point: Values): number => {
    const alpha = at(point, 0)
    const gamma = at(point, 1) * (1 - alpha)
    const beta = trend === 'none' ? 0 : at(point, 2) * alpha
    const phi = trend === 'damped' ? at(point, 3) : 1
    cycle.set(pattern.indices)
    level = firstLevel
    slope = firstSlope
    let squares = 0
    for (let index = 0; index < size; index += 1) {
      const phase = index % season
      const before = level + phi * slope
      const error = at(history, index) - before - at(cycle, phase)
      if (index >= season) squares += error * error
      level = before + alpha * error
      slope = phi * slope + beta * error
      cycle[phase] = at(cycle, phase) + gamma * error
    }
    return squares
  }
  const best = minimise(run, warm ? [...warm] : starts[trend], bounds[trend], warm === null ? 120 : 50)
  const squares = run(best)
  const phi = trend === 'damped' ? at(best, 3) : 1
  const ahead = new Float64Array(horizon)
  let reach = 0
  let factor = 1
  for (let step = 0; step < horizon; step += 1) {
    factor *= phi
    reach += factor
    ahead[step] = level + slope * reach + at(cycle, (size + step) % season)
  }
  const count = size - season
  const free = best.length + 2
  const criterion =
    count * Math.log(squares / count + 1e-300) +
    2 * free +
    (2 * free * (free + 1)) / Math.max(1, count - free - 1)
  return { mean: ahead, warm: best, criterion }
}

/** The trend is chosen by AICc; the cycle is the shortest one the history carries. */
export const seasonalSmoothing: Model = ({ history, seasons, horizon, warm }) => {
  const [season] = seasons
  if (season === undefined) return null
  // The number of parameters says which trend was chosen before.
  const known = warm && ({ 2: 'none', 3: 'linear', 4: 'damped' } as const)[warm.length as 2 | 3 | 4]
  const trends: readonly Trend[] = known ? [known] : ['none', 'damped']
  const fits = trends.map((trend) => smoothSeasonal(history, season, trend, horizon, warm))
  return fits.reduce(
    (best, fit) => (best === null || (fit && fit.criterion < best.criterion) ? fit : best),
    null,
  )
}
