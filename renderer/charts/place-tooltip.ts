import type { Size } from './layout'

interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

const away = 10
const margin = 8

const within = (value: number, low: number, high: number) => Math.max(low, Math.min(value, high))

/**
 * Where a tooltip goes: beside what it points at, over the chart where that has room, else beside it or above or
 * below. It stays inside the bounds, and never lies over the target as long as any side has room.
 */
export function placeTooltip(
  target: Box,
  size: Size,
  bounds: Box,
  chart: Box,
): { readonly left: number; readonly top: number } {
  const top = within(target.top, bounds.top + margin, bounds.bottom - margin - size.height)
  const right = target.right + away
  if (right + size.width <= Math.min(chart.right, bounds.right - margin)) return { left: right, top }
  const left = target.left - away - size.width
  if (left - margin >= bounds.left) return { left, top }
  if (right + size.width + margin <= bounds.right) return { left: right, top }
  const middle = (target.left + target.right - size.width) / 2
  const across = within(middle, bounds.left + margin, bounds.right - margin - size.width)
  const above = target.top - away - size.height
  if (above - margin >= bounds.top) return { left: across, top: above }
  return { left: across, top: target.bottom + away }
}
