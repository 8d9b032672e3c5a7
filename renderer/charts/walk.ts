/** Where the keyboard stands on a chart. */
export interface Walk {
  readonly index: number
  readonly series: string | null
  /** The other end of a range that is being drawn out with Shift. */
  readonly anchor: number | null
}

export type Step =
  | { readonly kind: 'stay' }
  | { readonly kind: 'move'; readonly walk: Walk }
  | { readonly kind: 'drill' }
  | { readonly kind: 'leave' }

interface Key {
  readonly key: string
  readonly shiftKey: boolean
}

/** What a key does: along the points, up and down through the series of one point, in, and out. */
export function stepOf(pressed: Key, walk: Walk | null, points: number, series: readonly string[]): Step {
  if (points === 0) return { kind: 'stay' }
  const last = points - 1
  const to = (index: number): Step => {
    const next = Math.min(last, Math.max(0, index))
    const anchor = pressed.shiftKey ? (walk?.anchor ?? walk?.index ?? next) : null
    return { kind: 'move', walk: { index: next, series: walk?.series ?? null, anchor } }
  }
  switch (pressed.key) {
    case 'ArrowRight':
      return to(walk === null ? 0 : walk.index + 1)
    case 'ArrowLeft':
      return to(walk === null ? last : walk.index - 1)
    case 'Home':
      return to(0)
    case 'End':
      return to(last)
    case 'ArrowUp':
    case 'ArrowDown':
      return throughSeries(
        pressed.key === 'ArrowUp' ? 1 : -1,
        walk ?? { index: last, series: null, anchor: null },
        series,
      )
    case 'Enter':
      return walk === null ? { kind: 'stay' } : { kind: 'drill' }
    case 'Escape':
      return walk === null ? { kind: 'stay' } : { kind: 'leave' }
    default:
      return { kind: 'stay' }
  }
}

/** All series together lie below the lowest and above the highest of them. */
function throughSeries(by: 1 | -1, walk: Walk, series: readonly string[]): Step {
  const stops: readonly (string | null)[] = [null, ...series]
  const at = Math.max(0, stops.indexOf(walk.series))
  const next = stops[(at + by + stops.length) % stops.length] ?? null
  return { kind: 'move', walk: { ...walk, series: next } }
}
