import { calendarOf, type DayCalendar } from './daily/calendar'
import { DailyDetector, type DailyOptions } from './daily/daily-detector'
import type { Detection } from './kinds'

/** A series that begins so early began before anybody looked. */
export const earlyDays = 14
/** A place in no month and in no week. */
const nowhere = 99

let lastCalendar: DayCalendar | null = null

/** Goes through a daily series from `firstDay` (days since 1970) on; absent days are NaN. */
export function detectDaily(values: Float64Array, firstDay: number, options: DailyOptions): Detection {
  if (lastCalendar?.firstDay !== firstDay || lastCalendar.length < values.length) {
    lastCalendar = calendarOf(firstDay, values.length)
  }
  return detect(values, lastCalendar, options)
}

/** The same for steps that are no days: weeks, months, or a plain count. They have no weekdays and no month-ends. */
export function detectSteps(values: Float64Array, options: DailyOptions): Detection {
  return detect(values, null, options)
}

function detect(values: Float64Array, calendar: DayCalendar | null, options: DailyOptions): Detection {
  const detector = new DailyDetector(options)
  const scores = new Float64Array(values.length)
  const expected = new Float64Array(values.length)
  for (let at = 0; at < values.length; at += 1) {
    const day = {
      at,
      value: values[at] ?? Number.NaN,
      weekday: calendar?.weekday[at] ?? 0,
      monthDay: calendar?.monthDay[at] ?? nowhere,
      daysLeft: calendar?.daysLeft[at] ?? nowhere,
    }
    scores[at] = detector.step(day, at < earlyDays)
    expected[at] = detector.expected
  }
  return { scores, expected, findings: detector.findings }
}
