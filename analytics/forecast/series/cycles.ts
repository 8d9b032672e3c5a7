import { cycleAverage } from '../models/seasonal-indices'
import { at, type Values } from '../numbers'
import { dayMs, type Spacing } from './spacing'

/** Lengths that series without dates have been seen to repeat at: quarters, weekdays, months, hours, weeks. */
const candidates = [4, 7, 12, 24, 52, 168] as const
const leastRepetition = 0.2

/** Lengths of cycles that are looked for, in steps, shortest first. A given season leads; 1 leaves it to spacing and data. */
export function cyclesOf(spacing: Spacing, season: number | null, values: Values | null): readonly number[] {
  const natural = naturalCycles(spacing)
  if (season !== null && season > 1) {
    const longer = natural.filter((length) => length > season && length % season === 0)
    // Hours of the day come with days of the week, also where the file has no dates.
    return season === 24 && longer.length === 0 ? [24, 168] : [season, ...longer]
  }
  if (natural.length > 0 || values === null) return natural
  return repeated(values)
}

function naturalCycles(spacing: Spacing): readonly number[] {
  switch (spacing.unit) {
    case 'office-day':
      return [5]
    case 'month':
      return spacing.every < 12 ? [12 / spacing.every].filter(Number.isInteger) : []
    case 'index':
      return []
    case 'ms':
      if (spacing.every === 7 * dayMs) return [52]
      return [dayMs, 7 * dayMs]
        .map((cycle) => cycle / spacing.every)
        .filter((length) => Number.isInteger(length) && length > 1)
  }
}

/** The cycle that the series itself repeats most clearly, once its slow movement is taken away. */
function repeated(values: Values): readonly number[] {
  let best: number | null = null
  let most = leastRepetition
  for (const length of candidates) {
    if (values.length < 3 * length) continue
    const strength = repetition(values, length)
    // A week of hours repeats a day of hours too: the shorter one is the cycle unless it is clearly weaker.
    if (strength > most + (best !== null && length % best === 0 ? 0.1 : 0)) {
      best = length
      most = strength
    }
  }
  if (best === null) return []
  return best === 24 || best === 168 ? [24, 168] : [best]
}

function repetition(values: Values, lag: number): number {
  const slow = cycleAverage(values, lag)
  let product = 0
  let square = 0
  for (let index = 0; index < values.length; index += 1) {
    const here = at(values, index) - at(slow, index)
    square += here * here
    if (index >= lag) product += here * (at(values, index - lag) - at(slow, index - lag))
  }
  return square > 0 ? product / square : 0
}
