import type { Layout } from './layout'

/** The point looked at. It does not belong into an exported picture, nor does a range. */
export function Pointed({ layout, index }: { readonly layout: Layout; readonly index: number | null }) {
  const { plot, x } = layout
  if (index === null) return null
  return (
    <g data-transient="">
      {x.step < 14 ? (
        <path
          data-testid="chart-crosshair"
          d={`M${x.toX(index)},${plot.top}V${plot.bottom}`}
          stroke="var(--control)"
          fill="none"
        />
      ) : (
        <rect
          data-testid="chart-crosshair"
          x={x.toX(index) - x.step / 2}
          y={plot.top}
          width={x.step}
          height={plot.bottom - plot.top}
          fill="var(--hover)"
          fillOpacity={0.7}
        />
      )}
    </g>
  )
}

interface DrawnRangeProps {
  readonly layout: Layout
  readonly range: readonly [number, number] | null
}

/** The range being drawn out, over the marks: bars that fill the chart must not hide it. */
export function DrawnRange({ layout, range }: DrawnRangeProps) {
  const { plot, x } = layout
  if (range === null) return null
  return (
    <rect
      data-transient=""
      data-testid="chart-range"
      x={x.toX(range[0]) - x.step / 2}
      y={plot.top}
      width={(range[1] - range[0] + 1) * x.step}
      height={plot.bottom - plot.top}
      fill="var(--accent)"
      fillOpacity={0.16}
      stroke="var(--accent)"
    />
  )
}
