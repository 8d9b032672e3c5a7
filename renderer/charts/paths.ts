import { area, line } from 'd3-shape'
import { forDrawing } from '../format/decimal'
import type { Layout } from './layout'
import type { BridgeStep } from './model'
import { bridgeSpans, type Span } from './stack'

/** A tenth of a pixel is finer than any screen and keeps the text of a long path short. */
const written = (value: number) => String(Math.round(value * 10) / 10)

function box(x: number, y: number, width: number, height: number): string {
  return `M${written(x)},${written(y)}h${written(width)}v${written(height)}h${written(-width)}Z`
}

/** Where a span of a stack is drawn. A hair of canvas sets it apart from its neighbour, unless it is one itself. */
export function boxOf(span: Span, { y }: Layout): { readonly top: number; readonly height: number } {
  const top = y.toY(span.high)
  const height = y.toY(span.low) - top
  return height > 3 ? { top: top + 0.5, height: height - 1 } : { top, height }
}

/** All bars of one series as one path: ten series of 400 points are ten elements and not 4,000. */
export function barsPath(
  spans: readonly (Span | null)[],
  layout: Layout,
  isDrawn: (index: number) => boolean,
): string {
  const { x } = layout
  return spans
    .map((span, index) => {
      if (span === null || span.low === span.high || !isDrawn(index)) return ''
      const { top, height } = boxOf(span, layout)
      return box(x.toX(index) - x.band / 2, top, x.band, Math.max(height, 0.5))
    })
    .join('')
}

interface Scales {
  readonly x: Pick<Layout['x'], 'toX'>
  readonly y: Pick<Layout['y'], 'toY'>
}

interface Spot {
  readonly x: number
  readonly y: number
}

const linePath = line<Spot | null>(
  (spot) => spot?.x ?? 0,
  (spot) => spot?.y ?? 0,
).defined((spot) => spot !== null)
linePath.digits(1)

function spotsOf(values: readonly (string | null)[], { x, y }: Scales): readonly (Spot | null)[] {
  return values.map((value, index) =>
    value === null ? null : { x: x.toX(index), y: y.toY(forDrawing(value)) },
  )
}

/** A line that stops where a point is missing, instead of guessing its way across. */
export function valuesPath(values: readonly (string | null)[], layout: Scales): string {
  return linePath(spotsOf(values, layout)) ?? ''
}

/** Points with a gap on either side: a line of one point has no length and would not be seen. */
export function lonelySpots(values: readonly (string | null)[], layout: Layout): readonly Spot[] {
  const spots = spotsOf(values, layout)
  return spots.flatMap((spot, index) =>
    spot !== null && (spots[index - 1] ?? null) === null && (spots[index + 1] ?? null) === null ? [spot] : [],
  )
}

interface Slice {
  readonly x: number
  readonly low: number
  readonly high: number
}

const slicesPath = area<Slice | null>(
  (slice) => slice?.x ?? 0,
  (slice) => slice?.low ?? 0,
  (slice) => slice?.high ?? 0,
).defined((slice) => slice !== null)
slicesPath.digits(1)

export function areaPath(spans: readonly (Span | null)[], { x, y }: Layout): string {
  return (
    slicesPath(
      spans.map((span, index) =>
        span === null ? null : { x: x.toX(index), low: y.toY(span.low), high: y.toY(span.high) },
      ),
    ) ?? ''
  )
}

export function spansBetween(
  low: readonly (string | null)[],
  high: readonly (string | null)[],
): readonly (Span | null)[] {
  return low.map((from, index) => {
    const to = high[index] ?? null
    return from === null || to === null ? null : { low: forDrawing(from), high: forDrawing(to) }
  })
}

/** The top of the bars one compares with, open towards the axis: no box that would hide what stands in it. */
export function outlinePath(values: readonly (string | null)[], { x, y }: Layout): string {
  const half = Math.min(x.band / 2 + 3, x.step / 2)
  const zero = y.toY(0)
  return values
    .map((value, index) => {
      if (value === null) return ''
      const at = y.toY(forDrawing(value))
      const foot = at + Math.sign(zero - at) * Math.min(6, Math.abs(zero - at))
      const [left, right] = [x.toX(index) - half, x.toX(index) + half]
      return `M${written(left)},${written(foot)}V${written(at)}H${written(right)}V${written(foot)}`
    })
    .join('')
}

export interface DrawnStep {
  readonly path: string
  readonly kind: 'total' | 'rise' | 'fall'
}

export function bridgePaths(
  steps: readonly BridgeStep[],
  layout: Layout,
): { readonly steps: readonly DrawnStep[]; readonly joints: string } {
  const { x, y } = layout
  const spans = bridgeSpans(steps)
  const left = (index: number) => x.toX(index) - x.band / 2
  return {
    steps: spans.map((span, index) => ({
      path: box(left(index), y.toY(span.high), x.band, Math.max(1, y.toY(span.low) - y.toY(span.high))),
      kind: steps[index]?.isTotal ? 'total' : span.to < span.from ? 'fall' : 'rise',
    })),
    joints: spans
      .slice(0, -1)
      .map(
        (span, index) =>
          `M${written(left(index) + x.band)},${written(y.toY(span.to))}H${written(left(index + 1))}`,
      )
      .join(''),
  }
}
