import { at, median, type Values } from '../numbers'
import type { Calendar } from './calendar'

/** A fee, credit or batch that comes back on one day of the month. */
export interface ScheduledCharge {
  /** `from-start` 1 is the first day; `from-end` 0 is the last. */
  readonly counted: 'from-start' | 'from-end'
  readonly day: number
  readonly amount: number
}

interface Occurrence {
  readonly index: number
  readonly excess: number
}

/** Fees are looked for in what the last months had above (or below) their expected days. */
const months = 7

/**
 * Finds charges that come back every month on the same day: the newest occurrences in a row must all stand out,
 * three of them, or two that are alike.
 */
export function findSchedule(excess: Values, noise: Values, calendar: Calendar): readonly ScheduledCharge[] {
  const found: ScheduledCharge[] = []
  const taken = new Set<number>()
  const slots = [
    ...[0, 1].map((day) => ({ counted: 'from-end' as const, day })),
    ...Array.from({ length: 28 }, (_, index) => ({ counted: 'from-start' as const, day: index + 1 })),
  ]
  for (const { counted, day } of slots) {
    const days = counted === 'from-end' ? calendar.daysToEnd : calendar.dayOfMonth
    const occurrences: Occurrence[] = []
    for (let index = excess.length - 1; index >= 0 && occurrences.length < months; index -= 1) {
      if (days[index] === day) occurrences.push({ index, excess: at(excess, index) })
    }
    if (occurrences.some(({ index }) => taken.has(index))) continue
    const amount = regular(occurrences, noise)
    if (amount === null) continue
    found.push({ counted, day, amount })
    for (const { index } of occurrences) taken.add(index)
  }
  return found
}

function regular(occurrences: readonly Occurrence[], noise: Values): number | null {
  const sign = Math.sign(occurrences[0]?.excess ?? 0)
  if (sign === 0) return null
  let row = 0
  let strength = Number.POSITIVE_INFINITY
  for (const { index, excess } of occurrences) {
    const times = (excess * sign) / Math.max(at(noise, index), 1e-12)
    if (times < 2.5) break
    strength = Math.min(strength, times)
    row += 1
  }
  const newest = Float64Array.from(occurrences.slice(0, Math.min(row, 3)), ({ excess }) => excess)
  const spread = Math.max(...newest) - Math.min(...newest)
  const typical = median(newest)
  const alike = spread <= 0.3 * Math.abs(typical)
  if (row >= 4 || (row >= 3 && (alike || strength > 3.5)) || (row >= 2 && alike && strength > 5))
    return typical
  return null
}

export function scheduledOn(schedule: readonly ScheduledCharge[], calendar: Calendar, index: number): number {
  let amount = 0
  for (const charge of schedule) {
    const day = charge.counted === 'from-end' ? calendar.daysToEnd[index] : calendar.dayOfMonth[index]
    if (day === charge.day) amount += charge.amount
  }
  return amount
}
