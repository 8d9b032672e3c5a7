import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { placeTooltip } from './place-tooltip'

const bounds = { left: 0, top: 0, right: 1_280, bottom: 800 }
// With a legend beside it.
const chart = { left: 0, top: 100, right: 1_000, bottom: 400 }

describe('a tooltip', () => {
  it('stands right of its point, else left of it, else above', () => {
    const size = { width: 240, height: 200 }
    expect(placeTooltip({ left: 300, right: 340, top: 100, bottom: 400 }, size, bounds, chart)).toEqual({
      left: 350,
      top: 100,
    })
    expect(placeTooltip({ left: 900, right: 940, top: 100, bottom: 400 }, size, bounds, chart)).toEqual({
      left: 650,
      top: 100,
    })
    const narrow = { ...bounds, right: 320 }
    expect(placeTooltip({ left: 140, right: 180, top: 300, bottom: 500 }, size, narrow, narrow)).toEqual({
      left: 40,
      top: 90,
    })
  })

  it('never lies over what it points at while a side has room, and stays inside', () => {
    const input = fc.record({
      left: fc.integer({ min: 0, max: 1_240 }),
      top: fc.integer({ min: 0, max: 500 }),
      width: fc.integer({ min: 4, max: 40 }),
      height: fc.integer({ min: 60, max: 280 }),
      wide: fc.integer({ min: 60, max: 360 }),
      tall: fc.integer({ min: 30, max: 420 }),
    })
    fc.assert(
      fc.property(input, ({ left, top, width, height, wide, tall }) => {
        const target = { left, top, right: left + width, bottom: top + height }
        const place = placeTooltip(target, { width: wide, height: tall }, bounds, chart)
        expect(place.left >= target.right || place.left + wide <= target.left).toBe(true)
        expect(place.left).toBeGreaterThanOrEqual(0)
        expect(place.left + wide).toBeLessThanOrEqual(bounds.right)
        expect(place.top).toBeGreaterThanOrEqual(0)
        expect(place.top + tall).toBeLessThanOrEqual(bounds.bottom)
      }),
      { seed: 7, numRuns: 300 },
    )
  })
})
