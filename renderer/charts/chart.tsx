import { type RefObject, useCallback, useId, useMemo, useRef } from 'react'
import { Axes, ZeroLine } from './axes'
import { layoutChart } from './layout'
import { Marks } from './marks'
import {
  type ChartPlace,
  type ChartPoint,
  type ChartRange,
  type ChartUnit,
  type Mark,
  shownMarks,
} from './model'
import { DrawnRange, Pointed } from './pointed'
import { announce, describeChart, readoutAt } from './readout'
import { Tooltip } from './tooltip'
import { usePlaces } from './use-places'
import { useSize } from './use-size'

export interface ChartProps {
  readonly title: string
  readonly points: readonly ChartPoint[]
  readonly marks: readonly Mark[]
  readonly unit: ChartUnit
  /** In words, where the screen knows better than the chart what is worth saying. */
  readonly summary?: string
  readonly baseline?: 'zero' | 'data'
  readonly hidden?: ReadonlySet<string>
  /** Pointed at elsewhere, in a table or a legend. */
  readonly highlighted?: string | null
  readonly highlightedPoint?: string | null
  readonly onHover?: (place: ChartPlace | null) => void
  readonly onDrill?: (place: ChartPlace) => void
  readonly onSelect?: (range: ChartRange) => void
  /** For who exports the picture. */
  readonly drawing?: RefObject<SVGSVGElement | null>
}

const nothing: ReadonlySet<string> = new Set()

function keysHelp(canDrill: boolean, canSelect: boolean): string {
  return [
    'Left and right walk the points, up and down the series',
    ...(canDrill ? ['Enter opens what is chosen'] : []),
    ...(canSelect ? ['Shift with left or right draws out a range and Enter takes it'] : []),
    'Escape leaves.',
  ].join('; ')
}

/** The one chart of the application: a frame, the marks told to it, and one way to point, read and choose. */
export function Chart(props: ChartProps) {
  const { title, points, unit, hidden = nothing, highlighted = null, baseline = 'zero' } = props
  const id = useId().replace(/[^\w]/g, '')
  const [frame, size] = useSize<HTMLDivElement>()
  const own = useRef<SVGSVGElement>(null)
  const drawing = props.drawing ?? own
  const marks = useMemo(() => shownMarks(props.marks, hidden), [props.marks, hidden])
  const layout = useMemo(
    () => (size === null ? null : layoutChart({ points, marks, unit, size, baseline })),
    [points, marks, unit, size, baseline],
  )
  const { active, range, handlers, leave } = usePlaces({
    points,
    marks,
    layout,
    onDrill: props.onDrill,
    onSelect: props.onSelect,
    onHover: props.onHover,
  })
  const index = active?.index ?? null
  const readout = useMemo(
    () => (index === null ? null : readoutAt(points, marks, unit, index)),
    [points, marks, unit, index],
  )
  const target = useCallback(() => {
    const box = drawing.current?.getBoundingClientRect() ?? new DOMRect()
    if (layout === null || index === null) return box
    const { plot, x } = layout
    const half = Math.max(x.band, 8) / 2
    return new DOMRect(box.left + x.toX(index) - half, box.top + plot.top, 2 * half, plot.bottom - plot.top)
  }, [drawing, layout, index])
  const summary = useMemo(
    () => props.summary ?? describeChart(title, points, marks, unit),
    [props.summary, title, points, marks, unit],
  )
  const bounds = useCallback(() => drawing.current?.getBoundingClientRect() ?? new DOMRect(), [drawing])
  const elsewhere = points.findIndex(({ key }) => key === props.highlightedPoint)
  const canDrill = props.onDrill !== undefined
  return (
    <div ref={frame} className="relative h-full w-full min-w-0 overflow-hidden">
      {layout === null ? null : (
        <div
          role="application"
          aria-roledescription="chart"
          aria-label={title}
          aria-describedby={`${id}-summary ${id}-keys`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: an application is walked with the arrow keys.
          tabIndex={0}
          className="absolute inset-0 touch-pan-y rounded -outline-offset-2"
          onBlur={leave}
          {...handlers}
        >
          <svg
            ref={drawing}
            aria-hidden
            width={layout.size.width}
            height={layout.size.height}
            style={{ fontVariantNumeric: 'tabular-nums' }}
            className={`chart-drawing block select-none ${canDrill && active?.by === 'pointer' ? 'cursor-pointer' : ''}`}
          >
            <Axes layout={layout} />
            <Pointed layout={layout} index={index ?? (elsewhere < 0 ? null : elsewhere)} />
            <Marks id={id} points={points} marks={marks} layout={layout} highlighted={highlighted} />
            <ZeroLine layout={layout} />
            <DrawnRange layout={layout} range={range} />
          </svg>
        </div>
      )}
      <p id={`${id}-summary`} className="sr-only">
        {summary}
      </p>
      <p id={`${id}-keys`} className="sr-only">
        {keysHelp(canDrill, props.onSelect !== undefined)}
      </p>
      <p aria-live="polite" className="sr-only" data-testid="chart-announcement">
        {active?.by === 'keys' && readout !== null ? announce(readout, unit, active.series) : ''}
      </p>
      {readout === null ? null : (
        <Tooltip
          readout={readout}
          unit={unit}
          series={active?.series ?? null}
          isFiltered={hidden.size > 0}
          target={target}
          within={bounds}
        />
      )}
    </div>
  )
}
