import { calendarOf } from './daily/calendar'
import { DailyDetector, type DailyOptions } from './daily/daily-detector'
import type { Detection } from './kinds'

/** Goes through a daily series from `firstDay` (days since 1970) on; absent days are NaN. */
export function detectDaily(values: Float64Array, firstDay: number, options: DailyOptions): Detection {
  const calendar = calendarOf(firstDay, values.length)
  const detector = new DailyDetector(options)
  const scores = new Float64Array(values.length)
  const expected = new Float64Array(values.length)
  for (let at = 0; at < values.length; at += 1) {
    scores[at] = detector.step(
      {
        at,
        value: values[at] ?? Number.NaN,
        weekday: calendar.weekday[at] ?? 0,
        monthDay: calendar.monthDay[at] ?? 1,
        daysLeft: calendar.daysLeft[at] ?? 0,
      },
      at < 14,
    )
    expected[at] = detector.expected
  }
  return { scores, expected, findings: detector.findings }
}
