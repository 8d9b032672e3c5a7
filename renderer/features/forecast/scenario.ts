import type { PlannedEvent } from '../../../analytics/contract/forecast'
import { parseDecimal } from '../../format/decimal'

/** A change that is known: as the channel takes it, and kept in the address so that it can be handed on. */
export const eventKinds = [
  { value: 'step', title: 'Changes by', hint: 'So much more or less a day, from its first day on' },
  { value: 'start', title: 'Starts', hint: 'A new cost of so much a day' },
  { value: 'end', title: 'Ends', hint: 'A cost of so much a day goes away' },
  { value: 'ramp', title: 'Ramps up', hint: 'Grows to so much a day until its last day, and stays' },
  { value: 'one-off', title: 'Once', hint: 'One amount on one day' },
] as const satisfies readonly {
  readonly value: PlannedEvent['kind']
  readonly title: string
  readonly hint: string
}[]

const day = /^\d{4}-\d{2}-\d{2}$/

function isEvent(value: unknown): value is PlannedEvent {
  if (typeof value !== 'object' || value === null) return false
  const { name, kind, from, to, amount } = value as Partial<Record<keyof PlannedEvent, unknown>>
  return (
    typeof name === 'string' &&
    name !== '' &&
    eventKinds.some((known) => known.value === kind) &&
    typeof from === 'string' &&
    day.test(from) &&
    (to === undefined || (typeof to === 'string' && day.test(to))) &&
    typeof amount === 'string' &&
    parseDecimal(amount) !== null
  )
}

/** What an address says of events. Whatever is none is left out: an address may have been typed. */
export function readEvents(text: string | undefined): readonly PlannedEvent[] {
  if (text === undefined || text === '') return []
  try {
    const known: unknown = JSON.parse(text)
    return Array.isArray(known) ? known.filter(isEvent) : []
  } catch {
    return []
  }
}

export function writeEvents(events: readonly PlannedEvent[]): string {
  return events.length === 0 ? '' : JSON.stringify(events)
}

/** Percent a month, within what the channel takes; 0 where nothing usable stands there. */
export function readGrowth(text: string | undefined): number {
  const value = Number(text ?? '0')
  return Number.isFinite(value) && value >= -50 && value <= 100 ? value : 0
}
