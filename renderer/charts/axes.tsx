import { memo } from 'react'
import type { Layout } from './layout'

/** Hairlines, figures at the left, names below. Colours are attributes, so that an exported picture has them too. */
export const Axes = memo(function Axes({ layout }: { readonly layout: Layout }) {
  const { plot, valueTicks, pointTicks } = layout
  return (
    <g fill="var(--muted)" fontSize={12}>
      {valueTicks.map(({ y, text }) => (
        <g key={y}>
          <path
            d={`M${plot.left},${Math.round(y) + 0.5}H${plot.right}`}
            stroke="var(--hairline)"
            fill="none"
          />
          <text x={plot.left - 8} y={y + 4} textAnchor="end">
            {text}
          </text>
        </g>
      ))}
      {pointTicks.map(({ x, text, anchor }) => (
        <text key={`${x} ${text}`} x={x} y={plot.bottom + 18} textAnchor={anchor}>
          {text}
        </text>
      ))}
    </g>
  )
})

/** Over the bars: what is below zero is told from what is above. */
export const ZeroLine = memo(function ZeroLine({ layout }: { readonly layout: Layout }) {
  const zero = layout.valueTicks.find(({ isZero }) => isZero)
  if (zero === undefined) return null
  const { left, right } = layout.plot
  return <path d={`M${left},${Math.round(zero.y) + 0.5}H${right}`} stroke="var(--control)" fill="none" />
})
