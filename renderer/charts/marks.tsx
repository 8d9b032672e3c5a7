import { memo } from 'react'
import { forDrawing } from '../format/decimal'
import { Hatching, hatchingId } from './hatching'
import type { Layout } from './layout'
import type { ChartPoint, ChartSeries, Mark, MarkOf } from './model'
import { areaPath, barsPath, bridgePaths, lonelySpots, outlinePath, spansBetween, valuesPath } from './paths'
import { narrowestStep } from './scales'
import { stackAreas, stackSeries } from './stack'

interface MarksProps {
  readonly id: string
  readonly points: readonly ChartPoint[]
  readonly marks: readonly Mark[]
  readonly layout: Layout
  /** All other series step back. */
  readonly highlighted: string | null
}

/** Everything drawn from the data. It does not change while a pointer moves over it. */
export const Marks = memo(function Marks({ id, points, marks, layout, highlighted }: MarksProps) {
  return (
    <>
      {marks.map((mark) => (
        <DrawnMark
          key={keyOf(mark)}
          mark={mark}
          id={id}
          points={points}
          layout={layout}
          opacityOf={(name) => (highlighted === null || highlighted === name ? 1 : 0.2)}
        />
      ))}
    </>
  )
})

function keyOf(mark: Mark): string {
  switch (mark.kind) {
    case 'bars':
    case 'areas':
    case 'lines':
      return `${mark.kind} ${mark.series.map(({ name }) => name).join()}`
    case 'outline':
      return `${mark.kind} ${mark.series.name}`
    case 'band':
    case 'rings':
    case 'target':
    case 'bridge':
      return `${mark.kind} ${mark.name}`
  }
}

interface DrawnProps<M extends Mark> {
  readonly mark: M
  readonly id: string
  readonly points: readonly ChartPoint[]
  readonly layout: Layout
  readonly opacityOf: (series: string) => number
}

function DrawnMark({ mark, ...rest }: DrawnProps<Mark>) {
  const { layout, opacityOf } = rest
  switch (mark.kind) {
    case 'bars':
      return <Bars mark={mark} {...rest} />
    case 'areas':
      return <Areas mark={mark} {...rest} />
    case 'lines':
      return mark.series.map((series) => (
        <Line
          key={series.name}
          series={series}
          layout={layout}
          opacity={opacityOf(series.name)}
          isDashed={mark.isDashed ?? false}
        />
      ))
    case 'outline':
      return (
        <path
          data-series={mark.series.name}
          d={outlinePath(mark.series.values, layout)}
          fill="none"
          stroke={mark.series.colour}
          strokeWidth={1.5}
          opacity={opacityOf(mark.series.name)}
        />
      )
    case 'band':
      return (
        <path
          data-series={mark.name}
          d={areaPath(spansBetween(mark.low, mark.high), layout)}
          fill={mark.colour}
          fillOpacity={0.15}
        />
      )
    case 'rings':
      return mark.at.map(({ index, value, title }) => (
        <circle
          key={`${index} ${title}`}
          data-series={mark.name}
          cx={layout.x.toX(index)}
          cy={layout.y.toY(forDrawing(value))}
          r={5}
          fill="var(--canvas)"
          stroke={mark.colour}
          strokeWidth={2}
        />
      ))
    case 'target':
      return <Target mark={mark} layout={layout} />
    case 'bridge':
      return <Bridge mark={mark} layout={layout} />
  }
}

function Bars({ mark, id, points, layout, opacityOf }: DrawnProps<MarkOf<'bars'>>) {
  const stacked = stackSeries(mark.series, points.length)
  const isPartial = (index: number) => points[index]?.isPartial === true
  const hasPartial = points.some((point) => point.isPartial)
  return mark.series.map(({ name, colour }, at) => {
    const spans = stacked[at] ?? []
    const hatching = hatchingId(id, colour)
    return (
      <g key={name} data-series={name} opacity={opacityOf(name)}>
        <path
          d={barsPath(spans, layout, (index) => !isPartial(index))}
          fill={colour}
          shapeRendering={layout.x.step < narrowestStep ? 'crispEdges' : undefined}
        />
        {hasPartial ? (
          <>
            <Hatching id={hatching} colour={colour} />
            <path data-partial="" d={barsPath(spans, layout, isPartial)} fill={`url(#${hatching})`} />
          </>
        ) : null}
      </g>
    )
  })
}

function Areas({ mark, points, layout, opacityOf }: DrawnProps<MarkOf<'areas'>>) {
  const stacked = stackAreas(mark.series, points.length)
  return mark.series.map(({ name, colour }, at) => (
    <path
      key={name}
      data-series={name}
      d={areaPath(stacked[at] ?? [], layout)}
      fill={colour}
      fillOpacity={0.85}
      stroke="var(--canvas)"
      strokeWidth={0.5}
      opacity={opacityOf(name)}
    />
  ))
}

interface LineProps {
  readonly series: ChartSeries
  readonly layout: Layout
  readonly opacity: number
  readonly isDashed: boolean
}

function Line({ series, layout, opacity, isDashed }: LineProps) {
  return (
    <g data-series={series.name} opacity={opacity}>
      <path
        d={valuesPath(series.values, layout)}
        fill="none"
        stroke={series.colour}
        strokeWidth={1.75}
        strokeLinejoin="round"
        strokeDasharray={isDashed ? '5 4' : undefined}
      />
      {lonelySpots(series.values, layout).map(({ x, y }) => (
        <circle key={x} cx={x} cy={y} r={2} fill={series.colour} />
      ))}
    </g>
  )
}

/** The line across the chart, its name above it at the end where the newest figures are. */
function Target({ mark, layout }: { readonly mark: MarkOf<'target'>; readonly layout: Layout }) {
  const { left, right } = layout.plot
  const y = layout.y.toY(forDrawing(mark.value))
  const colour = mark.colour ?? 'var(--ink)'
  return (
    <g data-series={mark.name}>
      <path
        d={`M${left},${y}H${right}`}
        fill="none"
        stroke={colour}
        strokeWidth={1.5}
        strokeDasharray="2 3"
      />
      <text
        x={right - 2}
        y={y - 5 < layout.plot.top + 4 ? y + 14 : y - 5}
        textAnchor="end"
        fontSize={12}
        fill={colour}
        stroke="var(--canvas)"
        strokeWidth={3}
        paintOrder="stroke"
      >
        {mark.name}
      </text>
    </g>
  )
}

function Bridge({ mark, layout }: { readonly mark: MarkOf<'bridge'>; readonly layout: Layout }) {
  const { steps, joints } = bridgePaths(mark.steps, layout)
  return (
    <g data-series={mark.name}>
      <path d={joints} fill="none" stroke="var(--control)" />
      {steps.map(({ path, kind }) => (
        <path key={path} d={path} fill={mark.colours[kind]} />
      ))}
    </g>
  )
}
