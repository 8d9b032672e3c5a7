import { daysBetween } from '../../model/windows'

/** A charge that was not billed yet, though the day it will carry has passed. */
export interface LateCharge {
  /** Days since the first of the history. */
  readonly day: number
  readonly units: bigint
  /** The days of the same charge in the months before, newest last. */
  readonly before: readonly number[]
}

/** So many months in a row had it. */
const months = 3
/** A charge of the month has few days in it. */
const mostDays = 3

/**
 * Support and the tax on it are written when a month closes, under its first day: until then the bill of the month
 * lacks them. A positive lump that came on one day of each of the last three months, and of which the month that is
 * still open has nothing, is still to come. A month later without it, it is over.
 */
export function lateCharges(units: readonly bigint[], from: string): readonly LateCharge[] {
  const last = new Date(Date.parse(from) + (units.length - 1) * 86_400_000)
  const begin = (back: number) =>
    daysBetween(
      from,
      new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth() - back, 1)).toISOString().slice(0, 10),
    )
  const starts = Array.from({ length: months }, (_, index) => begin(months - index))
  const [first] = starts
  const open = begin(0)
  if (first === undefined || first < 0 || units.slice(open).some((amount) => amount !== 0n)) return []
  const lumps = starts.map((start, index) => lumpsOf(units, start, starts[index + 1] ?? open))
  if (lumps.some((days) => days.length === 0 || days.length > mostDays)) return []
  const [oldest = [], ...newer] = lumps
  return oldest.flatMap((date) => {
    const before = starts.map((start) => start + date)
    const isDue = open + date < units.length && newer.every((days) => days.includes(date))
    return isDue ? [{ day: open + date, units: middle(before.map((day) => units[day] ?? 0n)), before }] : []
  })
}

/** Days with money, counted from the first of the month; credits and refunds promise nothing. */
function lumpsOf(units: readonly bigint[], start: number, end: number): readonly number[] {
  return units.slice(start, end).flatMap((amount, day) => (amount > 0n ? [day] : []))
}

function middle(amounts: readonly bigint[]): bigint {
  const sorted = [...amounts].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  return sorted[sorted.length >> 1] ?? 0n
}
