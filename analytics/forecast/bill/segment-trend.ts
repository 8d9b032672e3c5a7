import { type Model, plainAnswer } from '../models/model'
import { at, median, robustSpread, type Values, within } from '../numbers'

/** A change of level is told from so many days on each side, and needs so many after it to be one. */
const sideDays = 14
const fewestAfter = 6
/** No change is looked for further back: growth of a year ago says little. */
const longestSegment = 150

/** How strongly growth is believed: the typical size of it a day, as a share of the level. */
const typicalGrowth = 0.0016
/** Growth goes on, and fades a little every day. */
const fading = 0.995

/** The first day of the newest stretch without a jump. */
export function newestSegment(plain: Values): number {
  const size = plain.length
  const oldest = Math.max(0, size - longestSegment)
  const steps: number[] = []
  const jumps: { readonly from: number; readonly size: number }[] = []
  const sides = new Map<number, number>()
  const side = (from: number) => {
    const known = sides.get(from) ?? median(plain.subarray(from, Math.min(size, from + sideDays)))
    sides.set(from, known)
    return known
  }
  for (let from = oldest + sideDays; from <= size - fewestAfter; from += 1) {
    const [before, after] = [side(from - sideDays), side(from)]
    const scale = Math.max(Math.abs(before), Math.abs(after), 1e-12)
    jumps.push({ from, size: Math.abs(after - before) / scale })
    steps.push((after - before) / scale)
  }
  const usual = robustSpread(Float64Array.from(steps))
  const threshold = Math.max(0.07, 3.5 * usual)
  for (let index = jumps.length - 1; index >= 0; index -= 1) {
    const jump = jumps[index]
    if (!jump || jump.size < threshold) continue
    // The edge of a step is where the difference is greatest.
    let edge = jump
    for (let near = index - 1; near >= 0 && near > index - sideDays; near -= 1) {
      const other = jumps[near]
      if (other && other.size > edge.size) edge = other
    }
    return edge.from
  }
  return oldest
}

/** The level since the last jump and a robust, shrunk, fading slope. */
export const segmentTrend: Model = ({ history, horizon }) => {
  const size = history.length
  if (size < 14) return null
  const segment = history.subarray(Math.min(newestSegment(history), size - fewestAfter))
  const { slope, level } = robustLine(segment)
  const ahead = new Float64Array(horizon)
  let reach = 0
  let factor = 1
  for (let step = 0; step < horizon; step += 1) {
    factor *= fading
    reach += factor
    ahead[step] = level + slope * reach
  }
  return plainAnswer(ahead)
}

/** Theil and Sen's slope over weeks, shrunk by its own uncertainty; the level is where the newest days are. */
function robustLine(segment: Values): { readonly slope: number; readonly level: number } {
  const weeks = Math.floor(segment.length / 7)
  const recent = segment.subarray(Math.max(0, segment.length - 14))
  if (weeks < 3) return { slope: 0, level: median(recent) }
  const offset = segment.length - 7 * weeks
  const points = Float64Array.from({ length: weeks }, (_, week) =>
    median(segment.subarray(offset + 7 * week, offset + 7 * week + 7)),
  )
  const slopes: number[] = []
  for (let left = 0; left < weeks; left += 1) {
    for (let right = left + 1; right < weeks; right += 1) {
      slopes.push((at(points, right) - at(points, left)) / (7 * (right - left)))
    }
  }
  const raw = median(Float64Array.from(slopes))
  const centre = (weeks - 1) / 2
  const middle = median(points.map((value, week) => value - raw * 7 * (week - centre)))
  const scatter = robustSpread(points.map((value, week) => value - middle - raw * 7 * (week - centre)))
  const typical = Math.max(Math.abs(middle), 1e-12) * typicalGrowth
  // Levels wander: the slope of a straight line is less certain than independent weeks would make it.
  const doubt = (2 * scatter * Math.sqrt(12 / (weeks * (weeks * weeks - 1)))) / 7
  const slope = raw * (typical ** 2 / (typical ** 2 + doubt ** 2))
  const end = segment.length - 1
  const near = median(recent.map((value, index) => value + slope * (recent.length - 1 - index)))
  const line = middle + slope * (end - offset - 3 - 7 * centre)
  return { slope: within(slope, -3 * typical, 3 * typical), level: 0.75 * near + 0.25 * line }
}
