import type { Approval } from '../../analytics/contract/approvals'
import type { JournalEvent, Person, Pinned } from '../../analytics/contract/journal'
import type { Recommendation } from '../../analytics/contract/recommendations'
import type { ChainedEntry } from '../journal/chain'

type Approved = Extract<JournalEvent, { kind: 'approved' }>

interface Open {
  readonly pinned: Pinned
  readonly needed: 1 | 2
  readonly given: Approval['given']
  readonly state: 'open' | 'rejected' | 'revoked' | 'spent'
  readonly note: string
}

/** What the journal says of each recommendation's approval; the newest decision counts. */
export function approvalsIn(entries: readonly ChainedEntry[], now: number): readonly Approval[] {
  const open = new Map<string, Open>()
  for (const { entry } of entries) {
    const { event } = entry
    switch (event.kind) {
      case 'approved':
        open.set(
          event.pinned.recommendation.id,
          added(open.get(event.pinned.recommendation.id), event, entry.at),
        )
        break
      case 'rejected':
      case 'revoked': {
        const known = open.get(event.recommendation)
        if (known) open.set(event.recommendation, { ...known, state: event.kind, note: event.note })
        break
      }
      case 'execution-begun': {
        const known = open.get(event.recommendation)
        if (known && event.undoes === null) open.set(event.recommendation, { ...known, state: 'spent' })
        break
      }
      default:
        break
    }
  }
  return [...open].reverse().map(([recommendation, { state, ...kept }]) => ({
    recommendation,
    ...kept,
    given: [...kept.given],
    state: stateOf({ ...kept, state }, now),
  }))
}

function added(known: Open | undefined, event: Approved, at: string): Open {
  const given = { by: event.by, at, note: event.note, pack: event.pack }
  const { pinned, needed } = event
  // A second yes counts only for the very same thing.
  const goesOn = known?.state === 'open' && JSON.stringify(known.pinned) === JSON.stringify(pinned)
  return { pinned, needed, given: goesOn ? [...known.given, given] : [given], state: 'open', note: '' }
}

function stateOf({ state, pinned, needed, given }: Open, now: number): Approval['state'] {
  if (state !== 'open') return state
  if (Date.parse(pinned.expires) <= now) return 'expired'
  return peopleIn(given.map(({ by }) => by)) >= needed ? 'approved' : 'waiting'
}

/** One person with two names has one key; one key is one person; a name is one person too. */
function peopleIn(people: readonly Person[]): number {
  const different: Person[] = []
  for (const person of people)
    if (different.every((other) => areDifferent(person, other))) different.push(person)
  return different.length
}

export function areDifferent(one: Person, other: Person): boolean {
  return one.name !== other.name && (one.key === null || other.key === null || one.key !== other.key)
}

/** How many people it takes: two where nothing leads back or much may break. */
export function peopleNeeded({ risk, undo }: Pick<Recommendation, 'risk' | 'undo'>): 1 | 2 {
  return risk === 'high' || undo === 'none' ? 2 : 1
}
