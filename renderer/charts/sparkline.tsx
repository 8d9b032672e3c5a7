import { forDrawing } from '../format/decimal'
import { valuesPath } from './paths'
import { pointScale } from './scales'

interface SparklineProps {
  /** What it says, for who cannot see it. */
  readonly label: string
  readonly values: readonly (string | null)[]
  readonly colour?: string
  readonly width?: number
  readonly height?: number
}

/** The run of a figure beside it: no axes, its own range, the newest point marked. */
export function Sparkline({
  label,
  values,
  colour = 'var(--accent)',
  width = 72,
  height = 20,
}: SparklineProps) {
  const numbers = values.flatMap((value) => (value === null ? [] : [forDrawing(value)]))
  if (numbers.length === 0) return null
  const x = pointScale(values.length, 0, width)
  const lowest = Math.min(...numbers)
  const reach = Math.max(...numbers) - lowest
  // Its whole height for its own range; round figures are for axes.
  const y = {
    toY: (value: number) =>
      reach === 0 ? height / 2 : height - 3 - ((value - lowest) / reach) * (height - 6),
  }
  const last = values.findLastIndex((value) => value !== null)
  return (
    <svg role="img" aria-label={label} width={width} height={height} className="forced-color-adjust-none">
      <path
        d={valuesPath(values, { x, y })}
        fill="none"
        stroke={colour}
        strokeWidth="1.5"
        strokeLinejoin="round"
      />
      <circle cx={x.toX(last)} cy={y.toY(forDrawing(values[last] ?? '0'))} r="2" fill={colour} />
    </svg>
  )
}
