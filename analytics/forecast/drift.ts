import { at, mean, sum, type Values, within } from './numbers'

/** What came in a backtest, and what was expected of it. */
export interface Tried {
  readonly actual: Values
  readonly expected: Values
}

/** Bills grow: so much a day is expected of one that says nothing about it, about 1.2 % a month. */
const usualDrift = 0.0004
/** How far bills differ in that. */
const driftSpread = 0.0003
const fewestTries = 3
const [least, most] = [-0.001, 0.002]
/** Nobody knows whether growth goes on for longer. */
const longest = 120

/**
 * Levels are read from medians and slopes are shrunk, both for safety, so that forecasts of a bill stay behind one
 * that grows. What the backtests stayed behind by, a day and as a share, says how much; how far they agree says how
 * much that is to be believed. A bill that never changed has backtests that agree on nothing.
 */
export function driftOf(tried: readonly Tried[], independent: number): number {
  if (tried.length < fewestTries) return 0
  const slopes = Float64Array.from(tried, slopeOf)
  const centre = mean(slopes)
  const scatter = sum(slopes.map((slope) => (slope - centre) ** 2)) / (slopes.length - 1)
  if (scatter === 0) return within(centre, least, most)
  const doubt = scatter / Math.max(1, independent)
  const trust = driftSpread ** 2 / (driftSpread ** 2 + doubt)
  return within(trust * centre + (1 - trust) * usualDrift, least, most)
}

function slopeOf({ actual, expected }: Tried): number {
  let behind = 0
  let size = 0
  for (let step = 0; step < actual.length; step += 1) {
    behind += at(actual, step) - at(expected, step)
    size += at(expected, step) * (step + 1)
  }
  return size > 0 ? behind / size : 0
}

export function drifted(expected: Values, drift: number): Values {
  return expected.map((value, step) => value * (1 + drift * Math.min(step + 1, longest)))
}
