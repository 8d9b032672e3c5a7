import type { Anomaly, PlannedEvent } from '../../../analytics/contract/anomalies'
import type { Filter } from '../../../analytics/contract/spend'
import { addDays } from '../../format/time'

/** What stands in the form: days as people count them, the last one included. */
export interface PlannedDraft {
  readonly name: string
  readonly from: string
  readonly last: string
  readonly where: readonly Filter[]
  readonly note: string
}

export const emptyDraft: PlannedDraft = { name: '', from: '', last: '', where: [], note: '' }

/** Planning for an anomaly that is there already: its place and its days. */
export function draftFor({ scope, start, end }: Anomaly, place: string): PlannedDraft {
  return {
    name: place.slice(0, 200),
    from: start,
    last: addDays(end, -1),
    where: scope.map(({ dimension, value }): Filter => ({ dimension, operator: '=', value })),
    note: '',
  }
}

/** What is still missing, in a sentence; null when it can be planned. */
export function problemOf({ name, from, last }: PlannedDraft): string | null {
  if (name.trim() === '') return 'Give it a name.'
  if (from === '' || last === '') return 'Give its first and its last day.'
  if (last < from) return 'The last day is before the first.'
  return null
}

export function eventOf({ name, from, last, where, note }: PlannedDraft): PlannedEvent {
  return { name: name.trim(), from, to: addDays(last, 1), where: [...where], note: note.trim() }
}
