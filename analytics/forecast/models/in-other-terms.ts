import type { Values } from '../numbers'
import type { Model } from './model'
import { type Seasonality, seasonality, withoutSeason, withSeason } from './seasonal-indices'

/** Less than this of a pattern is chance. */
const leastBelief = 0.1

/** A model of series without cycles: the cycle is taken out before it and put back after. */
export function withoutCycle(model: Model): Model {
  return (task) => {
    const pattern = patternOf(task.history, task.seasons)
    const plain = pattern === null ? task.history : withoutSeason(task.history, pattern)
    const answer = model({ ...task, history: plain, seasons: [] })
    if (answer === null || pattern === null) return answer
    return { mean: withSeason(answer.mean, pattern, task.history.length), warm: answer.warm }
  }
}

/** The longest cycle that has been seen three times holds the shorter ones; else the shortest. */
function patternOf(history: Values, seasons: readonly number[]): Seasonality | null {
  const season = seasons.findLast((length) => history.length >= 3 * length) ?? seasons[0]
  if (season === undefined) return null
  const pattern = seasonality(
    history,
    season,
    history.every((value) => value > 0),
  )
  return pattern && pattern.belief > leastBelief ? pattern : null
}

/** Over logarithms, where all is positive: growth and cycles that multiply become ones that add. */
export function logged(model: Model): Model {
  return (task) => {
    if (!task.history.every((value) => value > 0)) return null
    const answer = model({ ...task, history: task.history.map(Math.log) })
    return answer && { mean: answer.mean.map(Math.exp), warm: answer.warm }
  }
}
