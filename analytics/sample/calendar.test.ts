import { describe, expect, it } from 'vitest'
import { addDays, addMonths, lastFullPeriod, periodsEnding } from './calendar'

describe('periodsEnding', () => {
  it('ends with the month that is under way, up to the day before', () => {
    const periods = periodsEnding('2026-03-10', 3, 2)
    expect(periods.map((period) => [period.name, period.until, period.open, period.hourly])).toEqual([
      ['2026-01', '2026-02-01', false, false],
      ['2026-02', '2026-03-01', false, true],
      ['2026-03', '2026-03-10', true, true],
    ])
    expect(lastFullPeriod(periods)?.name).toBe('2026-02')
  })

  it('takes a month whose last day was yesterday as complete but not invoiced', () => {
    const periods = periodsEnding('2026-03-01', 2, 2)
    expect(periods.map((period) => [period.name, period.open])).toEqual([
      ['2026-01', false],
      ['2026-02', true],
    ])
    expect(lastFullPeriod(periods)?.name).toBe('2026-02')
  })

  it('knows the support fee of a month only six days after its end', () => {
    expect(periodsEnding('2026-03-06', 2, 2)[0]?.supportBilled).toBe(false)
    expect(periodsEnding('2026-03-07', 2, 2)[0]?.supportBilled).toBe(true)
    expect(periodsEnding('2026-03-07', 2, 2)[1]?.supportBilled).toBe(false)
  })
})

describe('days and months', () => {
  it('crosses years and leap days', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29')
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31')
    expect(addMonths('2025-12-01', 2)).toBe('2026-02-01')
  })
})
