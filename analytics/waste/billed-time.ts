import { addDays } from '../model/windows'
import { type BilledLine, daysInMonth } from './billed'
import type { Estate } from './estate'

/** Billed to the end: what stopped being billed has gone already. The newest day may still be filling. */
export function isStillBilled({ lastDay }: Estate, { last }: BilledLine): boolean {
  return last >= addDays(lastDay, -2)
}

/** Days from the first line in the look-back to the end of the bill. */
export function billedFor({ lastDay }: Estate, { first }: BilledLine): number {
  return daysBetween(first, lastDay) + 1
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to.slice(0, 10)) - Date.parse(from.slice(0, 10))) / 86_400_000)
}

/** The days of the look-back that a line was there for: what began later is not spread over all of it. */
export function costDaysOf(
  { lastDay, costDays }: Pick<Estate, 'lastDay' | 'costDays'>,
  first: string,
): number {
  return Math.max(1, Math.min(costDays, daysBetween(first, lastDay) + 1))
}

/** How much of a line a month of 30.4375 days has. */
export function monthOf(estate: Estate, line: BilledLine): number {
  return (line.quantity * daysInMonth) / costDaysOf(estate, line.first)
}
