import { nice, ticks } from 'd3-array'
import { formatTick } from '../format/money'
import type { ChartPoint, ChartUnit } from './model'

export interface ValueScale {
  readonly domain: readonly [number, number]
  readonly ticks: readonly number[]
  readonly toY: (value: number) => number
  readonly toValue: (y: number) => number
}

const pixelsATick = 52

/** Values upwards from `bottom` to `top` (in pixels, so `bottom` is the larger), ending at round figures. */
export function valueScale(extent: readonly [number, number], top: number, bottom: number): ValueScale {
  const [low, high] = widened(extent)
  const count = Math.max(2, Math.floor((bottom - top) / pixelsATick))
  const [from, to] = nice(low, high, count)
  const perUnit = (bottom - top) / (to - from)
  return {
    domain: [from, to],
    ticks: ticks(from, to, count),
    toY: (value) => bottom - (value - from) * perUnit,
    toValue: (y) => from + (bottom - y) / perUnit,
  }
}

/** A scale needs two ends, also where all values are the same or there are none. */
function widened([low, high]: readonly [number, number]): readonly [number, number] {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return [0, 1]
  if (low !== high) return [low, high]
  if (low === 0) return [0, 1]
  const margin = Math.abs(low) / 2
  return [low - margin, high + margin]
}

export interface PointScale {
  readonly count: number
  /** From one point to the next. */
  readonly step: number
  /** The width of a bar. */
  readonly band: number
  readonly toX: (index: number) => number
  readonly toIndex: (x: number) => number
}

const widestBar = 56
const shareOfBar = 0.78
/** Below it a gap between two bars is narrower than a pixel, and stripes are all one would see. */
export const narrowestStep = 4

/** Points side by side at equal distances: a day, a month, a step of a bridge. Bars and lines share the centres. */
export function pointScale(count: number, left: number, right: number): PointScale {
  const step = (right - left) / Math.max(1, count)
  return {
    count,
    step,
    band: step < narrowestStep ? step : Math.min(widestBar, step * shareOfBar),
    toX: (index) => left + step * (index + 0.5),
    toIndex: (x) => Math.min(count - 1, Math.max(0, Math.floor((x - left) / step))),
  }
}

/** Wide enough for the figures and names of an axis without asking the browser to lay them out. */
export function widthOfText(text: string): number {
  return text.length * 7
}

const gap = 6

/** Which points are labelled: all, or the more important ones, or every so many counted back from the last. */
export function labelledPoints(points: readonly ChartPoint[], step: number): readonly number[] {
  const widest = Math.max(0, ...points.map(({ short }) => widthOfText(short)))
  const apart = Math.max(1, Math.ceil((widest + gap) / Math.max(step, 0.01)))
  if (apart === 1) return points.map((_, index) => index)
  const ranked = (ranks: readonly number[]) =>
    points.flatMap((point, index) => (ranks.includes(point.rank ?? 2) ? [index] : []))
  for (const chosen of [ranked([0, 1]), ranked([1]), ranked([0])]) {
    const areApart = chosen.every((index, at) => at === 0 || index - (chosen[at - 1] ?? 0) >= apart)
    if (chosen.length >= 3 && areApart) return chosen
  }
  // The last label is pulled in from the edge, towards the one before it.
  const apartWithLast = Math.ceil((1.5 * widest + gap) / Math.max(step, 0.01))
  return points.flatMap((_, index) => ((points.length - 1 - index) % apartWithLast === 0 ? [index] : []))
}

export function writeTicks(values: readonly number[], unit: ChartUnit): readonly string[] {
  const step = Math.abs((values[1] ?? 0) - (values[0] ?? 0))
  return values.map((value) => {
    const text = formatTick(value, step)
    return unit.kind === 'percent' ? `${text}\u00a0%` : text
  })
}
