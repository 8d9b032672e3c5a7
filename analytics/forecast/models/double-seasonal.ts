import { at, mean, type Values } from '../numbers'
import { minimise } from './minimise'
import type { Model } from './model'
import { seasonality, withoutSeason } from './seasonal-indices'

const bounds = { low: [0.0001, 0.0001, 0.0001, -0.5], high: [0.9, 0.9, 0.9, 0.98] } as const

/**
 * Taylor's double-seasonal smoothing: a short cycle inside a long one (a day inside a week), and the error of the
 * step before carried on, fading.
 */
export const doubleSeasonal: Model = ({ history, seasons, horizon, warm }) => {
  const [short, long] = seasons
  const size = history.length
  if (short === undefined || long === undefined || size < 2 * long) return null
  const daily = seasonality(history, short, false)
  if (daily === null) return null
  const rest = withoutSeason(history, daily)
  const weekly = seasonality(rest, long, false)
  if (weekly === null) return null
  const inner = new Float64Array(short)
  const outer = new Float64Array(long)
  const firstLevel = mean(history.subarray(0, long))
  let level = 0
  let carried = 0
  const run = (point: Values): number => {
    const alpha = at(point, 0)
    const delta = at(point, 1)
    const omega = at(point, 2)
    const fade = at(point, 3)
    inner.set(daily.indices)
    outer.set(weekly.indices)
    level = firstLevel
    carried = 0
    let squares = 0
    for (let index = 0; index < size; index += 1) {
      const small = index % short
      const large = index % long
      const error = at(history, index) - level - at(inner, small) - at(outer, large)
      const surprise = error - fade * carried
      if (index >= long) squares += surprise * surprise
      level += alpha * error
      inner[small] = at(inner, small) + delta * error
      outer[large] = at(outer, large) + omega * error
      carried = error
    }
    return squares
  }
  const best = minimise(run, warm ? [...warm] : [0.02, 0.1, 0.15, 0.7], bounds, warm === null ? 200 : 80)
  run(best)
  const ahead = new Float64Array(horizon)
  let fading = carried
  for (let step = 0; step < horizon; step += 1) {
    fading *= at(best, 3)
    ahead[step] = level + at(inner, (size + step) % short) + at(outer, (size + step) % long) + fading
  }
  return { mean: ahead, warm: best }
}
