import { forDrawing } from '../format/decimal'
import type { ChartPoint, ChartUnit, Mark } from './model'
import {
  labelledPoints,
  type PointScale,
  pointScale,
  type ValueScale,
  valueScale,
  widthOfText,
  writeTicks,
} from './scales'
import { bridgeSpans, type Span, stackAreas, stackSeries } from './stack'

export interface Size {
  readonly width: number
  readonly height: number
}

interface Frame {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** Everything that has to be known before a mark is drawn. */
export interface Layout {
  readonly size: Size
  readonly plot: Frame
  readonly x: PointScale
  readonly y: ValueScale
  readonly valueTicks: readonly { readonly y: number; readonly text: string; readonly isZero: boolean }[]
  readonly pointTicks: readonly {
    readonly x: number
    readonly text: string
    readonly anchor: 'start' | 'middle' | 'end'
  }[]
}

interface LayoutInput {
  readonly points: readonly ChartPoint[]
  readonly marks: readonly Mark[]
  readonly unit: ChartUnit
  readonly size: Size
  /** Bars and areas always stand on zero; lines may show their own range. */
  readonly baseline: 'zero' | 'data'
}

const top = 10
const axisHeight = 24

export function layoutChart({ points, marks, unit, size, baseline }: LayoutInput): Layout {
  const bottom = Math.max(top + 1, size.height - axisHeight)
  const y = valueScale(extentOf(marks, points.length, baseline), top, bottom)
  const texts = writeTicks(y.ticks, unit)
  const left = Math.ceil(Math.max(28, ...texts.map(widthOfText)) + 12)
  const right = Math.max(left + 1, size.width - 2)
  const x = pointScale(points.length, left, right)
  return {
    size,
    plot: { left, right, top, bottom },
    x,
    y,
    valueTicks: y.ticks.map((value, index) => ({
      y: y.toY(value),
      text: texts[index] ?? '',
      isZero: value === 0,
    })),
    pointTicks: labelledPoints(points, x.step).map((index) => {
      const text = points[index]?.short ?? ''
      const at = x.toX(index)
      const half = widthOfText(text) / 2
      if (at + half > size.width) return { x: right, text, anchor: 'end' }
      if (at - half < 0) return { x: 0, text, anchor: 'start' }
      return { x: at, text, anchor: 'middle' }
    }),
  }
}

const numbersOf = (values: readonly (string | null)[]) =>
  values.flatMap((value) => (value === null ? [] : [forDrawing(value)]))

function reachOf(mark: Mark, points: number): readonly number[] {
  const ends = (spans: readonly (Span | null)[]) =>
    spans.flatMap((span) => (span === null ? [] : [span.low, span.high]))
  switch (mark.kind) {
    case 'bars':
      return stackSeries(mark.series, points).flatMap(ends)
    case 'areas':
      return stackAreas(mark.series, points).flatMap(ends)
    case 'lines':
      return mark.series.flatMap(({ values }) => numbersOf(values))
    case 'outline':
      return numbersOf(mark.series.values)
    case 'band':
      return [...numbersOf(mark.low), ...numbersOf(mark.high)]
    case 'rings':
      return mark.at.map(({ value }) => forDrawing(value))
    case 'target':
      return [forDrawing(mark.value)]
    case 'bridge':
      return ends(bridgeSpans(mark.steps))
  }
}

const standsOnZero: readonly Mark['kind'][] = ['bars', 'areas', 'outline', 'bridge']

function extentOf(
  marks: readonly Mark[],
  points: number,
  baseline: 'zero' | 'data',
): readonly [number, number] {
  const needsZero = baseline === 'zero' || marks.some(({ kind }) => standsOnZero.includes(kind))
  let [low, high] = needsZero ? [0, 0] : [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const mark of marks) {
    for (const value of reachOf(mark, points)) {
      if (value < low) low = value
      if (value > high) high = value
    }
  }
  return [low, high]
}
