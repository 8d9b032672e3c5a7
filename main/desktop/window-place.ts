import type { Rectangle } from 'electron'
import type { RememberedWindow } from './remembered'

const usual = { width: 1280, height: 800 }
export const smallest = { width: 960, height: 600 }

type Place = { readonly width: number; readonly height: number; readonly x?: number; readonly y?: number }

function visiblePart(window: RememberedWindow, area: Rectangle): number {
  const width = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x)
  const height = Math.min(window.y + window.height, area.y + area.height) - Math.max(window.y, area.y)
  return width > 0 && height > 0 ? (width * height) / (window.width * window.height) : 0
}

/** Where the window was, unless the display it was on is gone. */
export function windowPlace(remembered: RememberedWindow | null, areas: readonly Rectangle[]): Place {
  if (remembered === null) return usual
  const width = Math.max(remembered.width, smallest.width)
  const height = Math.max(remembered.height, smallest.height)
  const visible = areas.some((area) => visiblePart(remembered, area) >= 0.25)
  return visible ? { x: remembered.x, y: remembered.y, width, height } : { width, height }
}
