import { ChangeRefusedError } from '../aws/change-gate'
import { kindOfError } from '../aws/failures'
import { ForeignAnswerError } from '../aws/inventory/foreign-answer'

/**
 * What an error says of the call it ended: `refused` and `slow-down` were not carried out, of `no-answer` nobody knows.
 */
export type CallOutcome =
  | 'would-work'
  | 'refused'
  | 'missing'
  | 'denied'
  | 'credentials'
  | 'slow-down'
  | 'no-answer'
  | 'cancelled'

const throttled =
  /^(Throttling|ThrottlingException|ThrottledException|RequestLimitExceeded|TooManyRequestsException|SlowDown|RequestThrottled|RequestThrottledException|PriorRequestNotComplete)$/
const missing =
  /NotFound|NoSuch|ResourceNotFoundException|InvalidAllocationID|does not exist|DBInstanceNotFound|ClusterNotFound/

export function kindOfAnswer(error: unknown): CallOutcome {
  if (error instanceof ChangeRefusedError) return 'refused'
  if (error instanceof ForeignAnswerError) return 'no-answer'
  const name = error instanceof Error ? error.name : ''
  if (name === 'DryRunOperation') return 'would-work'
  if (name === 'AbortError') return 'cancelled'
  if (throttled.test(name)) return 'slow-down'
  const kind = kindOfError(error)
  if (kind === 'credentials') return 'credentials'
  const status = statusOf(error)
  // An error that AWS wrote with a status of the caller's fault is an answer; all else may have come after the deed.
  if (status < 400 || status >= 500 || status === 408) return 'no-answer'
  if (missing.test(name)) return 'missing'
  return kind === 'denied' ? 'denied' : 'refused'
}

function statusOf(error: unknown): number {
  const metadata: unknown =
    typeof error === 'object' && error !== null ? Reflect.get(error, '$metadata') : null
  const status: unknown =
    typeof metadata === 'object' && metadata !== null ? Reflect.get(metadata, 'httpStatusCode') : 0
  return typeof status === 'number' ? status : 0
}

export function requestIdOf(error: unknown): string | null {
  const metadata: unknown =
    typeof error === 'object' && error !== null ? Reflect.get(error, '$metadata') : null
  const id: unknown =
    typeof metadata === 'object' && metadata !== null ? Reflect.get(metadata, 'requestId') : null
  return typeof id === 'string' ? id : null
}

export const wordsOf = (error: unknown): string =>
  (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 4_000)
