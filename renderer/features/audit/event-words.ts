import type { JournalEvent } from '../../../analytics/contract/journal'

/** One line of the journal as a sentence. */
export function eventWords(event: JournalEvent): string {
  switch (event.kind) {
    case 'approved':
      return `${event.by.name} approved: ${event.pinned.recommendation.title}`
    case 'rejected':
      return `${event.recommendation} was rejected: ${event.note}`
    case 'revoked':
      return `The approval of ${event.recommendation} was taken back: ${event.note}`
    case 'pack-saved':
      return `A signed request for ${event.recommendations.join(', ')} was written`
    case 'execution-begun':
      return `${event.execution} begins: ${event.title}`
    case 'call-begun':
      return `${event.execution} asks ${event.operation}`
    case 'call-ended':
      return `${event.execution}: ${callWords[event.outcome]}${event.detail === '' ? '' : ` (${event.detail})`}`
    case 'step-ended':
      return `${event.execution}: the step ${event.step} is ${event.state}`
    case 'execution-ended':
      return `${event.execution} ended: ${event.state}${event.detail === '' ? '' : ` (${event.detail})`}`
    case 'execution-refused':
      return `${event.recommendation} was refused: ${event.detail}`
    case 'torn-line-removed':
      return `A line that was not written to its end was taken off (${event.bytes} bytes)`
  }
}

const callWords = {
  accepted: 'AWS accepted it',
  refused: 'AWS refused it',
  'no-answer': 'no answer came',
} as const
