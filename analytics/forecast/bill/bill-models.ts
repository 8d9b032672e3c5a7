import type { Model } from '../models/model'
import { dampedTrend } from '../models/smoothing'
import { theta } from '../models/theta'
import { segmentTrend } from './segment-trend'

/** Growth of the last half year; what was before it says little about a bill. */
const recentDays = 180

/** What a model must be given before the days before a launch are left out. */
const fewestDays = 14

const recent =
  (model: Model): Model =>
  (task) => {
    const { history } = task
    const launched = history.findIndex((value) => value !== 0)
    const first = launched > 0 && history.length - launched >= fewestDays ? launched : 0
    return model({ ...task, history: history.subarray(Math.max(first, history.length - recentDays)) })
  }

/**
 * Models of everyday spend, from which weekdays, fees and spikes are already gone. More members made the mix
 * worse in the benchmark: they follow every change of level a little late.
 */
export const billModels: { readonly [name: string]: Model } = {
  segment: segmentTrend,
  theta: recent(theta),
  damped: recent(dampedTrend),
}
