import type { ForecastModel } from '../contract/forecast'
import { billModels } from './bill/bill-models'
import { arima } from './models/arima'
import { autoregression, differencedAutoregression, seasonalAutoregression } from './models/autoregression'
import { doubleSeasonal } from './models/double-seasonal'
import { logged, withoutCycle } from './models/in-other-terms'
import type { Model } from './models/model'
import { mstl } from './models/mstl'
import { movingAverage, naive, seasonalNaive } from './models/naive'
import { seasonalSmoothing } from './models/seasonal-smoothing'
import { dampedTrend, holt, simpleSmoothing } from './models/smoothing'
import { dynamicOptimisedTheta, theta } from './models/theta'

/** Models that can be asked for by name. The pool mixes most of them, some in logarithms too. */
export const namedModels = {
  naive,
  'seasonal-naive': seasonalNaive,
  sma: movingAverage,
  ses: withoutCycle(simpleSmoothing),
  holt: withoutCycle(holt),
  damped: withoutCycle(dampedTrend),
  theta: withoutCycle(theta),
  dot: withoutCycle(dynamicOptimisedTheta),
  ets: seasonalSmoothing,
  'double-seasonal': doubleSeasonal,
  ar: withoutCycle(autoregression),
  'seasonal-ar': seasonalAutoregression,
  arima: withoutCycle(arima),
  mstl,
} as const satisfies Record<NamedModel, Model>
export type NamedModel = Exclude<ForecastModel, 'auto'>

/** `auto` and nothing are the pool. */
export function modelNamed(name: ForecastModel | undefined): NamedModel | null {
  return name === undefined || name === 'auto' ? null : name
}

type Pool = Readonly<Record<string, Model>>

const mixed: Pool = {
  naive,
  ses: namedModels.ses,
  holt: namedModels.holt,
  damped: namedModels.damped,
  theta: namedModels.theta,
  dot: namedModels.dot,
  'dot (log)': logged(namedModels.dot),
  ets: seasonalSmoothing,
  'ets (log)': logged(seasonalSmoothing),
  'double-seasonal': doubleSeasonal,
  'double-seasonal (log)': logged(doubleSeasonal),
  ar: namedModels.ar,
  'ar of changes': withoutCycle(differencedAutoregression),
  'ar of changes (log)': logged(withoutCycle(differencedAutoregression)),
  'seasonal-ar': seasonalAutoregression,
  'seasonal-ar (log)': logged(seasonalAutoregression),
}

export const pools = { any: mixed, bill: billModels } as const
