import type { PlannedEvent } from '../../contract/forecast'
import { daysBetween } from '../../model/windows'
import { unitsOf } from '../exact'

/** What an event adds on each day of the forecast, beyond what the newest day of the data already shows of it. */
export function effectOf(event: PlannedEvent, firstDay: string, days: number): readonly bigint[] {
  const begun = event.kind === 'one-off' ? 0n : effectOn(event, -1, firstDay)
  return Array.from({ length: days }, (_, day) => effectOn(event, day, firstDay) - begun)
}

function effectOn(event: PlannedEvent, day: number, firstDay: string): bigint {
  const since = day - daysBetween(firstDay, event.from)
  const length = event.to === undefined ? null : daysBetween(event.from, event.to)
  const amount = unitsOf(event.amount)
  const over = length !== null && since >= length
  switch (event.kind) {
    case 'start':
    case 'step':
      return since >= 0 && !over ? amount : 0n
    case 'end':
      return since >= 0 && !over ? -amount : 0n
    case 'ramp': {
      if (since < 0) return 0n
      // Once climbed, it stays.
      if (length === null || since >= length) return amount
      return (amount * BigInt(since + 1)) / BigInt(length)
    }
    case 'one-off':
      return since === 0 ? amount : 0n
  }
}
