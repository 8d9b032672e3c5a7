import { describe, expect, it } from 'vitest'
import { addDays, addMonths, comparisonWindow, daysBetween } from './windows'

describe('days and months', () => {
  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-01-15', -1, '2025-12-15'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-02-29', -12, '2023-02-28'],
    ['2026-05-31', -14, '2025-03-31'],
    ['2026-05-01', 0, '2026-05-01'],
  ])('%s and %i months is %s', (day, months, expected) => {
    expect(addMonths(day, months)).toBe(expected)
  })

  it.each([
    ['2026-02-28', 1, '2026-03-01'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2026-01-01', -1, '2025-12-31'],
    // Nights when clocks change are a day like any other.
    ['2026-03-29', 1, '2026-03-30'],
    ['2026-10-25', 1, '2026-10-26'],
  ])('%s and %i days is %s', (day, days, expected) => {
    expect(addDays(day, days)).toBe(expected)
    expect(daysBetween(day, expected)).toBe(days)
  })

  it('knows how long months are', () => {
    expect(daysBetween('2026-02-01', '2026-03-01')).toBe(28)
    expect(daysBetween('2024-02-01', '2024-03-01')).toBe(29)
    expect(daysBetween('2026-01-01', '2027-01-01')).toBe(365)
  })
})

describe('the window compared with', () => {
  it.each([
    ['one month with the month before', '2026-03-01', '2026-04-01', 'previous', '2026-02-01', '2026-03-01'],
    ['January with December', '2026-01-01', '2026-02-01', 'previous', '2025-12-01', '2026-01-01'],
    ['a quarter with the quarter before', '2026-04-01', '2026-07-01', 'previous', '2026-01-01', '2026-04-01'],
    ['ten days with the ten before', '2026-03-05', '2026-03-15', 'previous', '2026-02-23', '2026-03-05'],
    [
      'twenty days of a month with the same',
      '2026-11-01',
      '2026-11-21',
      'previous',
      '2026-10-01',
      '2026-10-21',
    ],
    [
      '30 days of March with all of February',
      '2026-03-01',
      '2026-03-31',
      'previous',
      '2026-02-01',
      '2026-03-01',
    ],
    ['first days with a year before', '2026-11-01', '2026-11-21', 'year', '2025-11-01', '2025-11-21'],
    [
      'a month by another day with its length',
      '2026-01-15',
      '2026-02-15',
      'previous',
      '2025-12-15',
      '2026-01-15',
    ],
    ['a single day with the day before', '2026-03-01', '2026-03-02', 'previous', '2026-02-28', '2026-03-01'],
    ['a month with a year before', '2026-02-01', '2026-03-01', 'year', '2025-02-01', '2025-03-01'],
    ['the leap month with a year before', '2024-02-01', '2024-03-01', 'year', '2023-02-01', '2023-03-01'],
    ['a leap day with a year before', '2024-02-29', '2024-03-01', 'year', '2023-02-28', '2023-03-01'],
    ['ten days with a year before', '2026-03-05', '2026-03-15', 'year', '2025-03-05', '2025-03-15'],
  ] as const)('%s', (_what, from, to, compare, earlierFrom, earlierTo) => {
    expect(comparisonWindow(from, to, compare, undefined)).toMatchObject({ from: earlierFrom, to: earlierTo })
  })

  it('is moved by months where months are shown, and by days where days are', () => {
    const march = ['2026-03-01', '2026-04-01', 'previous'] as const
    expect(comparisonWindow(...march, 'month').shift).toEqual({ amount: 1, unit: 'MONTH' })
    expect(comparisonWindow(...march, 'day').shift).toEqual({ amount: 28, unit: 'DAY' })
    expect(comparisonWindow(...march, 'week').shift).toEqual({ amount: 28, unit: 'DAY' })
    const year = ['2024-03-01', '2024-04-01', 'year'] as const
    expect(comparisonWindow(...year, 'month').shift).toEqual({ amount: 12, unit: 'MONTH' })
    expect(comparisonWindow(...year, 'day').shift).toEqual({ amount: 366, unit: 'DAY' })
  })
})
