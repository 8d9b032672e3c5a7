import { at, median, type Values, within } from '../numbers'
import type { Calendar } from './calendar'
import { runningMedian } from './local-level'
import { findSchedule, type ScheduledCharge, scheduledOn } from './schedule'
import { weekdayProfile } from './weekday-profile'

export interface EverydaySpend {
  /** The history without weekdays, scheduled charges and spikes: what levels and trends are read from. */
  readonly plain: Values
  readonly profile: Values
  readonly schedule: readonly ScheduledCharge[]
  /** What spikes come to on average, as a share of the level: none is foreseen, and yet a month has some. */
  readonly surprises: number
}

const levelDays = 15
const mostSurprises = 0.05

/** Takes a daily bill apart: weekdays, what comes on a day of the month, and spikes; what remains is everyday spend. */
export function everydaySpend(history: Values, calendar: Calendar): EverydaySpend {
  const size = history.length
  const profile = weekdayProfile(history, calendar)
  const factor = (index: number) => at(profile, calendar.weekday[index] ?? 0)
  const flat = history.map((value, index) => value / factor(index))
  const level = runningMedian(flat, levelDays)
  const excess = flat.map((value, index) => value - at(level, index))
  const noise = noiseAround(excess, level)
  const amounts = excess.map((value, index) => value * factor(index))
  const schedule = findSchedule(amounts, noise, calendar)
  const plain = new Float64Array(size)
  let spiked = 0
  let levels = 0
  for (let index = 0; index < size; index += 1) {
    const scheduled = scheduledOn(schedule, calendar, index) !== 0
    const odd = Math.abs(at(excess, index)) > 4 * at(noise, index)
    plain[index] = scheduled || odd ? at(level, index) : at(flat, index)
    if (scheduled) continue
    levels += Math.abs(at(level, index))
    if (odd) spiked += at(excess, index)
  }
  const surprises = levels > 0 ? within(spiked / levels, -mostSurprises, mostSurprises) : 0
  return { plain, profile, schedule, surprises }
}

/** Noise grows with the level: relative to it where there is one. */
function noiseAround(excess: Values, level: Values): Values {
  const typical = median(level.map(Math.abs))
  const relative = excess.map(
    (value, index) => Math.abs(value) / Math.max(Math.abs(at(level, index)), 0.05 * typical, 1e-12),
  )
  const share = Math.max(1.4826 * median(relative.subarray(Math.max(0, relative.length - 120))), 1e-6)
  return level.map((value) => share * Math.max(Math.abs(value), 0.05 * typical, 1e-12))
}
