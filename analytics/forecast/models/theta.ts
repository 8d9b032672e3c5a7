import { at, type Values } from '../numbers'
import { minimise } from './minimise'
import type { Model, ModelAnswer } from './model'

const bounds = { low: [0.01, 1], high: [0.99, 12] } as const

/** Least-squares line through a whole series. */
export function lineThrough(history: Values): { readonly start: number; readonly slope: number } {
  const size = history.length
  const middle = (size - 1) / 2
  let total = 0
  let tilt = 0
  for (let index = 0; index < size; index += 1) {
    total += at(history, index)
    tilt += (index - middle) * at(history, index)
  }
  const slope = size < 2 ? 0 : tilt / ((size * (size * size - 1)) / 12)
  return { start: total / size - slope * middle, slope }
}

/**
 * The dynamic optimised Theta model (Fiorucci and others, 2016): a smoothed level and a line that is learnt
 * as the series goes on, mixed by a theta that is found with the smoothing.
 */
export function dynamicTheta(
  history: Values,
  horizon: number,
  warm: Values | null,
  fixed: number | null,
): ModelAnswer {
  const size = history.length
  const run = (point: Values, ahead: Values | null): number => {
    const alpha = at(point, 0)
    const share = 1 - 1 / (fixed ?? at(point, 1))
    let level = at(history, 0)
    let average = at(history, 0)
    let start = at(history, 0)
    let slope = 0
    let decay = 1 - alpha
    let squares = 0
    const last = size + (ahead?.length ?? 0)
    for (let step = 2; step <= last; step += 1) {
      const expected = level + share * (decay * start + ((1 - decay * (1 - alpha)) / alpha) * slope)
      const value = step <= size ? at(history, step - 1) : expected
      if (step > size && ahead) ahead[step - size - 1] = expected
      // The first steps only warm the line up.
      else if (step > 3) squares += (value - expected) ** 2
      level += alpha * (value - level)
      slope = ((step - 2) * slope + (6 / step) * (value - average)) / (step + 1)
      average += (value - average) / step
      start = average - ((step + 1) / 2) * slope
      decay *= 1 - alpha
    }
    return squares
  }
  const best = minimise(
    (point) => run(point, null),
    warm ? [...warm] : [0.4, 2],
    bounds,
    warm === null ? 120 : 50,
  )
  const mean = new Float64Array(horizon)
  run(best, mean)
  return { mean, warm: best }
}

export const dynamicOptimisedTheta: Model = ({ history, horizon, warm }) =>
  history.length < 6 ? null : dynamicTheta(history, horizon, warm, null)

/** The classic Theta method: half of the slope of the whole series added to simple smoothing. */
export const theta: Model = ({ history, horizon, warm }) => {
  if (history.length < 4) return null
  const { slope } = lineThrough(history)
  const run = (alpha: number) => {
    let level = at(history, 0)
    let squares = 0
    for (let index = 1; index < history.length; index += 1) {
      const error = at(history, index) - level
      squares += error * error
      level += alpha * error
    }
    return { level, squares }
  }
  const best = minimise(
    (point) => run(at(point, 0)).squares,
    warm ? [...warm] : [0.4],
    { low: [0.01], high: [0.999] },
    40,
  )
  const alpha = at(best, 0)
  const { level } = run(alpha)
  const settled = (1 - (1 - alpha) ** history.length) / alpha
  return {
    mean: Float64Array.from({ length: horizon }, (_, ahead) => level + (slope / 2) * (ahead + settled)),
    warm: best,
  }
}
