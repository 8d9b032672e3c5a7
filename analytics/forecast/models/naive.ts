import { at, filled, mean, type Values } from '../numbers'
import { type Model, plainAnswer } from './model'

export const naive: Model = ({ history, horizon }) =>
  plainAnswer(filled(horizon, at(history, history.length - 1)))

export const seasonalNaive: Model = ({ history, seasons, horizon }) => {
  const season = seasons.findLast((length) => length <= history.length)
  return season === undefined ? null : plainAnswer(lastCycle(history, season, horizon))
}

/** Simple moving average: four cycles where there are cycles, so that none weighs more than another. */
export const movingAverage: Model = ({ history, seasons, horizon }) => {
  const [season] = seasons
  const width = season !== undefined && season <= 31 && season * 4 <= history.length ? season * 4 : 12
  return plainAnswer(filled(horizon, mean(history.subarray(Math.max(0, history.length - width)))))
}

export function lastCycle(history: Values, season: number, horizon: number): Values {
  const first = history.length - season
  return Float64Array.from({ length: horizon }, (_, ahead) => at(history, first + (ahead % season)))
}
