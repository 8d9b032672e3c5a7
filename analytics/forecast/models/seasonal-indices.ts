import { at, mean, type Values } from '../numbers'

/** Moving average over one whole cycle, centred; the ends repeat the nearest whole one. */
export function cycleAverage(history: Values, season: number): Values {
  const size = history.length
  const half = Math.floor(season / 2)
  const even = season % 2 === 0
  const smooth = new Float64Array(size)
  const first = half
  const last = size - 1 - half
  let window = 0
  for (let index = 0; index < Math.min(size, 2 * half + 1); index += 1) window += at(history, index)
  for (let centre = first; centre <= last; centre += 1) {
    if (centre > first) window += at(history, centre + half) - at(history, centre - half - 1)
    const edges = even ? (at(history, centre - half) + at(history, centre + half)) / 2 : 0
    smooth[centre] = (window - edges) / season
  }
  smooth.fill(at(smooth, first), 0, first)
  smooth.fill(at(smooth, last), last + 1)
  return smooth
}

export interface Seasonality {
  readonly season: number
  readonly multiplies: boolean
  /** By phase of the step's place in the history. */
  readonly indices: Values
  /** How much of the pattern is believed, 0 to 1. */
  readonly belief: number
}

/**
 * The pattern of a cycle: what each phase deviates from the cycle's average, newer cycles counting more, and all
 * of it shrunk by how much of the deviation chance alone would bring about.
 */
export function seasonality(history: Values, season: number, multiplies: boolean): Seasonality | null {
  const size = history.length
  if (season < 2 || size < 2 * season) return null
  const smooth = cycleAverage(history, season)
  const half = Math.floor(season / 2)
  const weights = new Float64Array(season)
  const sums = new Float64Array(season)
  const squares = new Float64Array(season)
  const counts = new Float64Array(season)
  for (let index = half; index < size - half; index += 1) {
    const level = at(smooth, index)
    const deviation = multiplies ? at(history, index) / level - 1 : at(history, index) - level
    const phase = index % season
    const weight = 0.85 ** ((size - index) / season)
    weights[phase] = at(weights, phase) + weight
    sums[phase] = at(sums, phase) + weight * deviation
    squares[phase] = at(squares, phase) + weight * deviation * deviation
    counts[phase] = at(counts, phase) + weight * weight
  }
  const indices = new Float64Array(season)
  let chance = 0
  for (let phase = 0; phase < season; phase += 1) {
    const weight = at(weights, phase)
    if (weight === 0) return null
    const average = at(sums, phase) / weight
    indices[phase] = average
    const spread = Math.max(0, at(squares, phase) / weight - average * average)
    const cycles = (weight * weight) / at(counts, phase)
    chance += cycles > 1 ? spread / (cycles - 1) / season : spread / season
  }
  const middle = mean(indices)
  let strength = 0
  for (let phase = 0; phase < season; phase += 1) {
    indices[phase] = at(indices, phase) - middle
    strength += at(indices, phase) ** 2 / season
  }
  const belief = strength <= 0 ? 0 : Math.max(0, 1 - chance / strength)
  return {
    season,
    multiplies,
    belief,
    indices: indices.map((value) => (multiplies ? Math.max(0.01, 1 + belief * value) : belief * value)),
  }
}

export function withoutSeason(history: Values, { season, multiplies, indices }: Seasonality): Values {
  return history.map((value, index) =>
    multiplies ? value / at(indices, index % season) : value - at(indices, index % season),
  )
}

/** Puts the pattern back onto what follows a history of that length. */
export function withSeason(
  ahead: Values,
  { season, multiplies, indices }: Seasonality,
  after: number,
): Values {
  return ahead.map((value, index) =>
    multiplies
      ? value * at(indices, (after + index) % season)
      : value + at(indices, (after + index) % season),
  )
}
