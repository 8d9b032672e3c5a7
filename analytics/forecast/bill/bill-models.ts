import type { Model } from '../models/model'
import { dampedTrend } from '../models/smoothing'
import { theta } from '../models/theta'
import { segmentTrend } from './segment-trend'

/** Growth of the last half year; what was before it says little about a bill. */
const recentDays = 180

const recent =
  (model: Model): Model =>
  (task) =>
    model({ ...task, history: task.history.subarray(Math.max(0, task.history.length - recentDays)) })

/** Models of everyday spend, from which weekdays, fees and spikes are already gone. */
export const billModels: { readonly [name: string]: Model } = {
  segment: segmentTrend,
  theta: recent(theta),
  damped: recent(dampedTrend),
}
