import { forDrawing, sumOf } from '../format/decimal'
import type { BridgeStep, ChartSeries } from './model'

/** From where to where a value reaches, low before high. */
export interface Span {
  readonly low: number
  readonly high: number
}

/** A series' spans by point; null where it has no value. */
export type StackedSeries = readonly (Span | null)[]

/**
 * Stacks series in their order, away from zero on both sides: credits hang below the axis and take nothing from
 * what stands above it.
 */
export function stackSeries(series: readonly ChartSeries[], points: number): readonly StackedSeries[] {
  const up = new Array<number>(points).fill(0)
  const down = new Array<number>(points).fill(0)
  return series.map(({ values }) =>
    up.map((_, index): Span | null => {
      const text = values[index] ?? null
      if (text === null) return null
      const value = forDrawing(text)
      const from = (value < 0 ? down[index] : up[index]) ?? 0
      const to = from + value
      if (value < 0) down[index] = to
      else up[index] = to
      return { low: Math.min(from, to), high: Math.max(from, to) }
    }),
  )
}

/** The same for areas, where a missing point is a gap in the data of one and not a hole in all above it. */
export function stackAreas(series: readonly ChartSeries[], points: number): readonly (readonly Span[])[] {
  const filled = series.map((each) => ({
    ...each,
    values: Array.from({ length: points }, (_, index) => each.values[index] ?? '0'),
  }))
  return stackSeries(filled, points).map((spans) => spans.map((span) => span ?? { low: 0, high: 0 }))
}

/** Sums from the first point on, exact: `1, 2, 3` is `1, 3, 6`. A missing point stays one. */
export function cumulated(values: readonly (string | null)[]): readonly (string | null)[] {
  let sum = '0'
  return values.map((value) => {
    if (value === null) return null
    sum = sumOf([sum, value])
    return sum
  })
}

/** Where the steps of a bridge hang: a change begins where the one before ended. */
export function bridgeSpans(
  steps: readonly BridgeStep[],
): readonly (Span & { readonly from: number; readonly to: number })[] {
  let level = '0'
  return steps.map(({ value, isTotal }) => {
    const from = isTotal ? '0' : level
    level = isTotal ? value : sumOf([level, value])
    const [start, end] = [forDrawing(from), forDrawing(level)]
    return { low: Math.min(start, end), high: Math.max(start, end), from: start, to: end }
  })
}
