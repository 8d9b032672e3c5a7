import type { Layout } from './layout'

interface PointedProps {
  readonly layout: Layout
  readonly index: number | null
  readonly range: readonly [number, number] | null
}

/** The point looked at, and the range being drawn out. Neither belongs into an exported picture. */
export function Pointed({ layout, index, range }: PointedProps) {
  const { plot, x } = layout
  const height = plot.bottom - plot.top
  return (
    <g data-transient="">
      {range === null ? null : (
        <rect
          data-testid="chart-range"
          x={x.toX(range[0]) - x.step / 2}
          y={plot.top}
          width={(range[1] - range[0] + 1) * x.step}
          height={height}
          fill="var(--accent)"
          fillOpacity={0.16}
          stroke="var(--accent)"
        />
      )}
      {index === null ? null : x.step < 14 ? (
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
          height={height}
          fill="var(--hover)"
          fillOpacity={0.7}
        />
      )}
    </g>
  )
}
