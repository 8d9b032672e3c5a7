import { describe, expect, it } from 'vitest'
import {
  formatAgo,
  formatDay,
  formatDuration,
  formatInstant,
  formatMonth,
  formatMonthShort,
  previousMonth,
} from './time'

const now = Date.parse('2026-11-20T12:00:00Z')

describe('time', () => {
  it.each([
    ['2026-11-20T11:59:30Z', 'just now'],
    ['2026-11-20T12:00:40Z', 'just now'],
    ['2026-11-20T11:59:00Z', '1 minute ago'],
    ['2026-11-20T09:00:00Z', '3 hours ago'],
    ['2026-11-18T12:00:00Z', '2 days ago'],
    ['2026-11-20T12:05:00Z', '2026-11-20 12:05 UTC'],
    ['nonsense', 'nonsense'],
  ])('tells %s as %s', (instant, words) => {
    expect(formatAgo(instant, now)).toBe(words)
  })

  it('writes UTC days and months without the time zone of the machine', () => {
    expect(formatDay('2026-01-01')).toBe('1 Jan 2026')
    expect(formatMonth('2026-03')).toBe('March 2026')
    expect(formatMonthShort('2026-12')).toBe('Dec 26')
    expect(previousMonth('2026-01')).toBe('2025-12')
    expect(previousMonth('2026-11')).toBe('2026-10')
    expect(formatInstant('2026-11-20T07:15:42.123Z')).toBe('2026-11-20 07:15 UTC')
  })

  it('writes durations in the unit that matters', () => {
    expect([900, 61_000, 3_720_000].map(formatDuration)).toEqual(['1 s', '1 min 1 s', '1 h 2 min'])
  })
})
