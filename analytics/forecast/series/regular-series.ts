import { fail, type Result, succeed } from '../../contract/result'
import { at, type Values } from '../numbers'
import { cyclesOf } from './cycles'
import type { RawSeries } from './read-series'
import { type Spacing, spacingOf, stepsFrom, timeAt } from './spacing'

/** A series as models take it: one value a step, nothing missing. */
export interface RegularSeries {
  readonly values: Values
  readonly spacing: Spacing
  /** The time of the first value. */
  readonly start: number
  readonly seasons: readonly number[]
  /** Steps that had no row and were filled in. */
  readonly filled: number
  /** Rows that another row of the same time replaced. */
  readonly duplicates: number
}

/** More of the past than this no model needs, unless its cycles are long. */
const enoughSteps = 3_000
const fewestCycles = 5
const mostSteps = 20_000

/** Sorts, keeps the last row of each time, tells the spacing and fills the gaps. */
export function regularSeries(raw: RawSeries, season: number | null): Result<RegularSeries> {
  const { id, clock, times, values, unreadable, example } = raw
  const order = Uint32Array.from(times.keys()).sort((a, b) => at(times, a) - at(times, b) || a - b)
  const kept: number[] = []
  for (const index of order) {
    const last = kept.at(-1)
    if (last !== undefined && at(times, last) === at(times, index)) kept.pop()
    kept.push(index)
  }
  const bad = unreadable > 0 ? ` ${unreadable} rows could not be read, the first: ${example}.` : ''
  if (kept.length === 0) return fail('no-values', `${id} has no value with a time.${bad}`)
  if (kept.length === 1) return fail('one-value', `${id} has one value; a forecast needs two.${bad}`)
  const known = Float64Array.from(kept, (index) => at(times, index))
  const { spacing, steps } = placed(known, spacingOf(known, clock))
  const first = at(known, 0)
  const size = at(steps, steps.length - 1) + 1
  const longest = Math.max(0, ...cyclesOf(spacing, season, null))
  const skipped = Math.max(0, size - Math.min(mostSteps, Math.max(enoughSteps, fewestCycles * longest)))
  const grid = new Float64Array(size - skipped).fill(Number.NaN)
  for (const [position, index] of kept.entries()) {
    const step = at(steps, position) - skipped
    if (step >= 0) grid[step] = at(values, index)
  }
  const lead = grid.findIndex((value) => !Number.isNaN(value))
  const whole = grid.subarray(lead)
  const filled = fillGaps(whole, cyclesOf(spacing, season, null)[0] ?? null)
  return succeed({
    values: whole,
    spacing,
    start: timeAt(first, skipped + lead, spacing),
    seasons: cyclesOf(spacing, season, whole),
    filled,
    duplicates: times.length - kept.length,
  })
}

interface Placed {
  readonly spacing: Spacing
  /** The step of each time, counted from the first. */
  readonly steps: Values
}

/** Times without any rhythm are taken for evenly spaced ones that end where they end. */
function placed(known: Values, spacing: Spacing): Placed {
  const first = at(known, 0)
  const steps = known.map((time) => Math.round(stepsFrom(first, time, spacing)))
  const sparse = at(steps, steps.length - 1) > 20 * known.length + 100
  const crowded = known.length - new Set(steps).size > known.length / 20
  if (!sparse && !crowded) return { spacing, steps }
  const every = (at(known, known.length - 1) - first) / (known.length - 1)
  const even: Spacing = { unit: spacing.unit === 'index' ? 'index' : 'ms', every }
  return { spacing: even, steps: known.map((_, position) => position) }
}

/** What is missing lies between its neighbours, moved by what the cycle did there before where it is known. */
function fillGaps(grid: Values, season: number | null): number {
  let filled = 0
  let before = 0
  for (let index = 1; index < grid.length; index += 1) {
    if (Number.isNaN(at(grid, index))) continue
    for (let gap = before + 1; gap < index; gap += 1) {
      const share = (gap - before) / (index - before)
      const line = (place: number) => (1 - share) * at(grid, before - place) + share * at(grid, index - place)
      const shifted = season !== null && before >= season ? at(grid, gap - season) - line(season) : 0
      grid[gap] = line(0) + (Number.isFinite(shifted) ? shifted : 0)
      filled += 1
    }
    before = index
  }
  return filled
}
