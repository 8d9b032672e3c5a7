import { at, filled, type Values } from '../numbers'
import type { Calendar } from './calendar'
import { runningMedian } from './local-level'

/** So many weeks say what a weekday is like now. */
const weeks = 14

/**
 * What each weekday is of the level, from medians of ratios: fees and spikes are still in the series here and must
 * not count. Factors average 1. Flat where the level is not above zero.
 */
export function weekdayProfile(history: Values, calendar: Calendar): Values {
  const size = history.length
  const flat = filled(7, 1)
  if (size < 21) return flat
  const centre = runningMedian(history, 7)
  const ratios: number[][] = Array.from({ length: 7 }, () => [])
  for (let index = Math.max(3, size - 7 * weeks); index < size - 3; index += 1) {
    const level = at(centre, index)
    if (level > 0) ratios[calendar.weekday[index] ?? 0]?.push(at(history, index) / level)
  }
  if (ratios.some((found) => found.length < 2)) return flat
  const profile = Float64Array.from(ratios, (found) => {
    const sorted = Float64Array.from(found).sort()
    // The middle half: nearly as robust as the median, and steadier.
    const cut = Math.floor(sorted.length / 4)
    let total = 0
    for (let index = cut; index < sorted.length - cut; index += 1) total += at(sorted, index)
    return total / (sorted.length - 2 * cut)
  })
  const average = profile.reduce((total, factor) => total + factor, 0) / 7
  return average > 0 ? profile.map((factor) => Math.max(0.02, factor / average)) : flat
}
