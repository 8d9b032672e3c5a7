import { forDrawing } from '../format/decimal'
import type { Layout } from './layout'
import type { Mark } from './model'
import { stackAreas, stackSeries } from './stack'

/** How near to a line counts as on it. */
const reach = 8

/** Which series is drawn at a place, in the order of what lies on top. */
export function seriesAt(
  marks: readonly Mark[],
  layout: Layout,
  index: number,
  spot: { readonly x: number; readonly y: number },
): string | null {
  for (const mark of [...marks].reverse()) {
    const found = seriesOf(mark, layout, index, spot)
    if (found !== null) return found
  }
  return null
}

function seriesOf(
  mark: Mark,
  { x, y }: Layout,
  index: number,
  spot: { readonly x: number; readonly y: number },
): string | null {
  const value = y.toValue(spot.y)
  switch (mark.kind) {
    case 'bars':
    case 'areas': {
      if (mark.kind === 'bars' && Math.abs(spot.x - x.toX(index)) > x.band / 2 + 2) return null
      const spans = (mark.kind === 'bars' ? stackSeries : stackAreas)(mark.series, x.count)
      const at = spans.findIndex((each) => {
        const span = each[index] ?? null
        return span !== null && span.low < span.high && value >= span.low && value <= span.high
      })
      return mark.series[at]?.name ?? null
    }
    case 'lines': {
      const near = mark.series
        .map(({ name, values }) => {
          const text = values[index] ?? null
          return {
            name,
            away: text === null ? Number.POSITIVE_INFINITY : Math.abs(y.toY(forDrawing(text)) - spot.y),
          }
        })
        .filter(({ away }) => away <= reach)
        .sort((left, right) => left.away - right.away)
      return near[0]?.name ?? null
    }
    case 'rings':
      return mark.at.some(
        (ring) => ring.index === index && Math.abs(y.toY(forDrawing(ring.value)) - spot.y) <= reach,
      )
        ? mark.name
        : null
    case 'outline':
    case 'band':
    case 'target':
    case 'bridge':
      return null
  }
}
