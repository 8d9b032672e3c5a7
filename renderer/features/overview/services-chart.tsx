import { useId, useMemo } from 'react'
import { Bar, BarChart, CartesianGrid, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts'
import type { Overview } from '../../../analytics/contract/spend'
import { forDrawing } from '../../format/decimal'
import { formatTick } from '../../format/money'
import { formatMonthShort } from '../../format/time'
import { ChartTooltip } from './chart-tooltip'
import { useSize } from './use-size'

interface ServicesChartProps {
  readonly overview: Overview
  readonly colours: ReadonlyMap<string, string>
  readonly highlighted: string | null
}

interface ShapeProps {
  readonly x?: number
  readonly y?: number
  readonly width?: number
  readonly height?: number
  readonly index?: number
}

export function ServicesChart({ overview, colours, highlighted }: ServicesChartProps) {
  const id = useId()
  const [frame, size] = useSize<HTMLDivElement>()
  const isPartial = overview.month.days < overview.month.daysInMonth
  const partialIndex = isPartial ? overview.months.indexOf(overview.month.period) : -1
  const points = useMemo(
    () =>
      overview.months.map((month, index) => ({
        month,
        index,
        values: overview.series.map((series) => forDrawing(series.values[index] ?? '0')),
      })),
    [overview],
  )
  return (
    <div ref={frame} className="h-full w-full">
      {size === null ? null : (
        <BarChart
          width={size.width}
          height={size.height}
          data={points}
          stackOffset="sign"
          margin={{ top: 8, right: 0, bottom: 0, left: 0 }}
          barCategoryGap="22%"
          maxBarSize={56}
          title="Spend by service and month"
        >
          <defs>
            {overview.series.map(({ service }, index) => (
              <pattern
                key={service}
                id={`${id}-${index}`}
                width="5"
                height="5"
                patternUnits="userSpaceOnUse"
                patternTransform="rotate(45)"
              >
                <rect width="5" height="5" fill={colours.get(service)} fillOpacity="0.3" />
                <rect width="2.2" height="5" fill={colours.get(service)} />
              </pattern>
            ))}
          </defs>
          <CartesianGrid vertical={false} stroke="var(--hairline)" />
          <XAxis
            dataKey="month"
            tickFormatter={formatMonthShort}
            tickLine={false}
            axisLine={false}
            tick={{ fill: 'var(--muted)', fontSize: 12 }}
            interval="preserveStartEnd"
          />
          <YAxis
            tickFormatter={formatTick}
            tickLine={false}
            axisLine={false}
            width={48}
            tick={{ fill: 'var(--muted)', fontSize: 12 }}
          />
          <ReferenceLine y={0} stroke="var(--control)" />
          <Tooltip
            cursor={{ fill: 'var(--hover)', fillOpacity: 0.6 }}
            isAnimationActive={false}
            wrapperStyle={{ zIndex: 30, outline: 'none' }}
            content={({ active, label }) => (
              <ChartTooltip overview={overview} colours={colours} month={active ? String(label) : null} />
            )}
          />
          {overview.series.map(({ service }, index) => (
            <Bar
              key={service}
              name={service}
              stackId="spend"
              dataKey={(point: (typeof points)[number]) => point.values[index] ?? 0}
              fill={colours.get(service) ?? 'var(--other)'}
              isAnimationActive={false}
              shape={(shape: ShapeProps) => (
                <Segment
                  shape={shape}
                  fill={
                    shape.index === partialIndex
                      ? `url(#${id}-${index})`
                      : (colours.get(service) ?? 'var(--other)')
                  }
                  isDimmed={highlighted !== null && highlighted !== service}
                />
              )}
            />
          ))}
        </BarChart>
      )}
    </div>
  )
}

interface SegmentProps {
  readonly shape: ShapeProps
  readonly fill: string
  readonly isDimmed: boolean
}

/** One service of one month, a hair of canvas between it and the next. */
function Segment({ shape, fill, isDimmed }: SegmentProps) {
  const { x = 0, y = 0, width = 0, height = 0 } = shape
  const top = height < 0 ? y + height : y
  const size = Math.abs(height)
  if (size === 0) return null
  return (
    <rect
      x={x}
      y={top}
      width={width}
      height={size}
      fill={fill}
      fillOpacity={isDimmed ? 0.2 : 1}
      stroke="var(--canvas)"
      strokeWidth={size > 3 ? 1 : 0}
    />
  )
}
