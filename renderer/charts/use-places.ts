import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import { seriesAt } from './hit'
import type { Layout } from './layout'
import type { ChartPlace, ChartPoint, ChartRange, Mark } from './model'
import { stepOf, type Walk } from './walk'

export interface PlacesInput {
  readonly points: readonly ChartPoint[]
  readonly marks: readonly Mark[]
  readonly layout: Layout | null
  readonly onDrill: ((place: ChartPlace) => void) | undefined
  readonly onSelect: ((range: ChartRange) => void) | undefined
  readonly onHover: ((place: ChartPlace | null) => void) | undefined
}

interface Active extends Walk {
  readonly by: 'pointer' | 'keys'
}

/** So far a finger may slip before a click is the drawing of a range. */
const slip = 4

/** The names one can walk through at a point, lowest in the stack first. */
function seriesNames(marks: readonly Mark[]): readonly string[] {
  return marks.flatMap((mark) =>
    mark.kind === 'bars' || mark.kind === 'areas' || mark.kind === 'lines'
      ? mark.series.map(({ name }) => name)
      : [],
  )
}

/** Where on the chart the pointer or the keyboard is, and what a click, a drag and a key do there. */
export function usePlaces({ points, marks, layout, onDrill, onSelect, onHover }: PlacesInput) {
  const [kept, setKept] = useState<Active | null>(null)
  const [pressed, setPressed] = useState<{ readonly x: number; readonly index: number } | null>(null)
  // The data may have become shorter since.
  const active = kept === null || kept.index >= points.length ? null : kept

  const placeOf = ({ index, series }: Walk): ChartPlace | null => {
    const point = points[index]
    return point === undefined ? null : { point: point.key, series }
  }
  const move = (next: Active | null) => {
    const isSame = next?.index === active?.index && next?.series === active?.series
    if (isSame && next?.anchor === active?.anchor && next?.by === active?.by) return
    setKept(next)
    if (!isSame) onHover?.(next === null ? null : placeOf(next))
  }
  const drill = (walk: Walk) => {
    const place = placeOf(walk)
    if (place !== null) onDrill?.(place)
  }
  const select = (walk: Walk) => {
    const ends = [walk.anchor ?? walk.index, walk.index].sort((left, right) => left - right)
    const [from, to] = ends.map((index) => points[index]?.key)
    if (from !== undefined && to !== undefined) onSelect?.({ from, to })
  }
  const spotOf = (event: PointerEvent<Element>) => {
    const box = event.currentTarget.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }
  const walkAt = (spot: { readonly x: number; readonly y: number }): Walk | null => {
    if (layout === null || points.length === 0) return null
    const { plot, x } = layout
    if (spot.x < plot.left || spot.x > plot.right || spot.y < 0 || spot.y > layout.size.height) return null
    const index = x.toIndex(spot.x)
    return { index, series: seriesAt(marks, layout, index, spot), anchor: null }
  }

  return {
    active,
    range:
      active === null || active.anchor === null || active.anchor === active.index
        ? null
        : ([Math.min(active.anchor, active.index), Math.max(active.anchor, active.index)] as const),
    leave: () => {
      setPressed(null)
      move(null)
    },
    handlers: {
      onPointerMove: (event: PointerEvent<Element>) => {
        const spot = spotOf(event)
        const walk = walkAt(spot)
        const isDrawn = onSelect !== undefined && pressed !== null && Math.abs(spot.x - pressed.x) > slip
        if (walk === null) {
          if (pressed === null) move(null)
          return
        }
        move({ ...walk, by: 'pointer', anchor: isDrawn ? pressed.index : null })
      },
      onPointerLeave: () => {
        if (pressed === null && active?.by === 'pointer') move(null)
      },
      onPointerDown: (event: PointerEvent<Element>) => {
        if (event.button !== 0) return
        const spot = spotOf(event)
        const walk = walkAt(spot)
        if (walk === null) return
        setPressed({ x: spot.x, index: walk.index })
        if (onSelect !== undefined) event.currentTarget.setPointerCapture?.(event.pointerId)
      },
      onPointerUp: (event: PointerEvent<Element>) => {
        setPressed(null)
        if (pressed === null) return
        if (active !== null && active.anchor !== null) {
          select(active)
          move({ ...active, anchor: null })
          return
        }
        const walk = walkAt(spotOf(event))
        if (walk !== null) drill(walk)
      },
      onPointerCancel: () => {
        setPressed(null)
        move(null)
      },
      onKeyDown: (event: KeyboardEvent<Element>) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return
        const step = stepOf(event, active, points.length, seriesNames(marks))
        if (step.kind === 'stay') return
        event.preventDefault()
        event.stopPropagation()
        switch (step.kind) {
          case 'move':
            move({ ...step.walk, anchor: onSelect === undefined ? null : step.walk.anchor, by: 'keys' })
            return
          case 'drill':
            if (active === null) return
            if (active.anchor === null) drill(active)
            else select(active)
            return
          case 'leave':
            setPressed(null)
            move(null)
        }
      },
    },
  }
}
