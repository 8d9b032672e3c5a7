import { type Failure, failure, failureCodes } from '../../../analytics/contract/result'
import { describeError, kindOfError } from '../failures'
import { ForeignAnswerError } from './foreign-answer'

/** What becomes of a scan when a request fails for good. */
export type Trouble =
  /** This part is left out, and the rest goes on. */
  | { readonly kind: 'skip'; readonly code: string; readonly reason: string }
  /** Nothing of this account will work: the scan ends. */
  | { readonly kind: 'stop'; readonly failure: Failure }

export interface Attempt {
  readonly action: string
  readonly region: string
  readonly profile: string | null
}

/** The operation or the service is not to be had there. */
const unsupported =
  /^(InvalidAction|UnknownOperationException|UnsupportedOperation|UnsupportedOperationException|OperationNotPermitted)$/

export function troubleOf(error: unknown, attempt: Attempt): Trouble {
  const name = error instanceof Error ? error.name : ''
  const message = error instanceof Error ? error.message : String(error)
  const skip = (code: string, reason: string): Trouble => ({
    kind: 'skip',
    code,
    reason: reason.slice(0, 4_000),
  })
  if (isForeign(error)) {
    return {
      kind: 'stop',
      failure: failure(
        'not-aws-answer',
        `The answer to ${attempt.action} in ${attempt.region} did not come from AWS: ${message}. What there is in the account is not known.`,
        'A network login page or a proxy often does this: sign in to the network, check AWS_ENDPOINT_URL, and scan again.',
        `${name}: ${message}`.slice(0, 4_000),
      ),
    }
  }
  if (name === 'OptInRequired' || name === 'SubscriptionRequiredException')
    return skip('not-subscribed', `The account has not signed up for this service in ${attempt.region}.`)
  if (unsupported.test(name)) return skip('not-supported', `This endpoint does not know ${attempt.action}.`)
  const kind = kindOfError(error)
  switch (kind) {
    case 'credentials': {
      const { profile, region, action } = attempt
      return { kind: 'stop', failure: describeError(error, { action, bucket: '', profile, region }) }
    }
    case 'cancelled':
      return { kind: 'stop', failure: failure(failureCodes.cancelled, 'The scan was cancelled.') }
    case 'denied':
      return skip('access-denied', `${attempt.action} is not allowed for this identity.`)
    case 'transient':
    case 'changed':
    case 'gone':
    case 'other':
      if (/ENOTFOUND|EAI_AGAIN/.test(message))
        return skip(
          'endpoint-unreachable',
          `The service cannot be reached in ${attempt.region}, or is not offered there.`,
        )
      if (/timeout|timed out/i.test(`${name} ${message}`))
        return skip('timeout', `${attempt.action} did not answer in time.`)
      if (/thrott|limitexceeded|slowdown|toomanyrequests/i.test(name))
        return skip('throttled', `AWS asked to slow down and kept asking, for ${attempt.action}.`)
      return skip(
        kind === 'transient' ? 'connection-lost' : 'refused',
        `${attempt.action} failed: ${name}: ${message}`,
      )
  }
}

/** A page that was called something else reaches the reader, which cannot make sense of it. */
function isForeign(error: unknown): boolean {
  if (error instanceof ForeignAnswerError) return true
  if (!(error instanceof Error)) return false
  const status = Reflect.get(Reflect.get(error, '$metadata') ?? {}, 'httpStatusCode')
  return status === 200 && /deserialization|is not valid json|unexpected token|xml/i.test(error.message)
}
