import { type Failure, failure, failureCodes } from '../../analytics/contract/result'
import { KeptUnavailableError } from './kept'
import { NoMfaCodeError } from './mfa'

/** An answer with a good status that S3 did not write: a login page of a network, a proxy, another server. */
export class NotS3AnswerError extends Error {
  constructor(what: string) {
    super(what)
    this.name = 'NotS3AnswerError'
  }
}

/** A body that ended early, stood still, or does not match its checksum. */
export class BrokenBodyError extends Error {
  constructor(
    what: string,
    /** False when what has arrived so far is worth nothing. */
    readonly keepsPart: boolean,
  ) {
    super(what)
    this.name = 'BrokenBodyError'
  }
}

export type ErrorKind =
  | 'cancelled'
  /** Worth another try after a while. */
  | 'transient'
  /** The object is another one than was listed. */
  | 'changed'
  | 'gone'
  /** Nothing will work with these credentials, whatever is asked next. */
  | 'credentials'
  | 'denied'
  | 'other'

interface Facts {
  readonly name: string
  readonly code: string
  readonly message: string
  readonly status: number
  readonly region: string | null
  readonly contentType: string
}

const throttles = new Set([
  'SlowDown',
  'Throttling',
  'ThrottlingException',
  'RequestLimitExceeded',
  'TooManyRequestsException',
  'ServiceUnavailable',
  'BandwidthLimitExceeded',
])
const cuts = new Set([
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ECONNABORTED',
  'EAI_AGAIN',
  'ERR_STREAM_PREMATURE_CLOSE',
])
const unreachable = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH'])
const refusedCredentials = new Set([
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'SignatureDoesNotMatch',
  'AuthFailure',
  'UnrecognizedClientException',
  'InvalidToken',
])
const expired = new Set(['ExpiredToken', 'ExpiredTokenException', 'RequestExpired', 'TokenRefreshRequired'])

export function kindOfError(error: unknown): ErrorKind {
  const facts = factsOf(error)
  if (facts.name === 'AbortError') return 'cancelled'
  if (error instanceof NoMfaCodeError || error instanceof KeptUnavailableError) return 'credentials'
  if (error instanceof BrokenBodyError || error instanceof NotS3AnswerError) return 'transient'
  if (isForeign(facts)) return 'transient'
  if (facts.status === 412 || facts.name === 'PreconditionFailed') return 'changed'
  if (facts.name === 'NoSuchKey') return 'gone'
  if (isCredentialTrouble(facts) || isRoleRefused(facts)) return 'credentials'
  if (isDenied(facts)) return 'denied'
  if (facts.status >= 500 || isThrottle(facts) || facts.status === 408) return 'transient'
  if (cuts.has(facts.code) || unreachable.has(facts.code) || isTimeout(facts)) return 'transient'
  return 'other'
}

export interface Attempted {
  /** The permission it takes, `s3:ListBucket`. */
  readonly action: string
  readonly bucket: string
  readonly profile: string | null
  readonly region: string | null
}

/** One plain sentence and one next step for whatever the SDK threw. */
export function describeError(error: unknown, attempted: Attempted): Failure {
  const facts = factsOf(error)
  const { bucket, profile } = attempted
  const who = profile === null ? 'the default AWS credentials' : `the profile ${profile}`
  const details = `${facts.name}${facts.status ? ` ${facts.status}` : ''}: ${facts.message}`.slice(0, 4_000)
  const say = (code: string, message: string, hint: string) => failure(code, message, hint, details)

  if (facts.name === 'AbortError') return failure(failureCodes.cancelled, 'The work was cancelled.')
  if (error instanceof NoMfaCodeError) return noMfaCode(error, who)
  if (error instanceof KeptUnavailableError) return error.failure
  if (error instanceof NotS3AnswerError || isForeign(facts)) {
    const what = isForeign(facts) ? 'a page came in its place' : facts.message
    return say(
      'not-s3-answer',
      `The answer for the bucket ${bucket} did not come from S3: ${what}. Whether there is anything in the bucket is not known.`,
      'A network login page or a proxy often does this: sign in to the network, check AWS_ENDPOINT_URL, and try again.',
    )
  }
  if (
    /sso session|sso token|token is expired|token.*(expired|not found|invalid)|aws sso login/i.test(
      facts.message,
    ) &&
    isProviderError(facts)
  ) {
    const command = profile === null ? 'aws sso login' : `aws sso login --profile ${shellWord(profile)}`
    return say('sso-expired', `The sign-in of ${who} has expired.`, `Run: ${command}`)
  }
  if (/multi-factor|mfa/i.test(facts.message) && (isProviderError(facts) || facts.name === 'AccessDenied')) {
    return say(
      'mfa-needed',
      `${capital(who)} asks for a multi-factor code, and none was given or it was not accepted.`,
      'Try again and enter the code of the device.',
    )
  }
  if (isRoleRefused(facts)) {
    const role = /arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]+/.exec(facts.message)?.[0] ?? 'its role'
    return say(
      'role-refused',
      `${capital(who)} may not take on ${role}.`,
      'Allow sts:AssumeRole on that role for the identity, and name the identity in the trust policy of the role.',
    )
  }
  if (isProviderError(facts)) {
    return say(
      'no-credentials',
      `No credentials were found with ${who}.`,
      profile === null
        ? 'Run: aws configure sso, or choose a profile.'
        : `Check the profile ${profile} in the AWS config file.`,
    )
  }
  if (expired.has(facts.name)) {
    return say('credentials-expired', `The credentials of ${who} have expired.`, 'Sign in again and repeat.')
  }
  if (facts.name === 'RequestTimeTooSkewed') {
    return say(
      'clock-wrong',
      'AWS refused the request because the clock of this machine is wrong.',
      'Set the clock and try again.',
    )
  }
  if (refusedCredentials.has(facts.name)) {
    return say(
      'credentials-refused',
      `AWS does not accept the credentials of ${who}.`,
      'Check the keys of the profile, or sign in again.',
    )
  }
  if (facts.name === 'NoSuchBucket') {
    return say(
      'no-such-bucket',
      `There is no bucket ${bucket}.`,
      'Check its name; bucket names are the same for everyone and never change.',
    )
  }
  if (isWrongRegion(facts)) {
    return facts.region === null
      ? say(
          'wrong-region',
          `The bucket ${bucket} is not in ${attempted.region ?? 'the region of the profile'}.`,
          'Leave the region empty, or enter the one the bucket is in.',
        )
      : say(
          'wrong-region',
          `The bucket ${bucket} is in ${facts.region}, not in ${attempted.region ?? 'the region of the profile'}.`,
          `Set the region of the source to ${facts.region}.`,
        )
  }
  if (isDenied(facts)) {
    const kms = /kms:\w+/i.exec(facts.message)?.[0]
    return say(
      'access-denied',
      `${capital(who)} may not do ${kms ?? attempted.action} on ${kms ? 'the key that the objects are encrypted with' : `the bucket ${bucket}`}.`,
      kms
        ? `Allow ${kms} on that KMS key for this identity.`
        : `Add the policy shown for this source to the identity; it allows ${attempted.action} and nothing that writes.`,
    )
  }
  if (isThrottle(facts)) {
    return say(
      'throttled',
      `S3 asked to slow down and kept asking, for the bucket ${bucket}.`,
      'Wait a few minutes and try again; what has arrived is kept.',
    )
  }
  if (/certificate|self.signed|unable to verify/i.test(facts.message)) {
    return say(
      'certificate-refused',
      'The connection to S3 shows a certificate that this machine does not trust.',
      'If a company proxy does this, set NODE_EXTRA_CA_CERTS to its certificate file.',
    )
  }
  if (unreachable.has(facts.code) || facts.code === 'EAI_AGAIN') {
    return say(
      'endpoint-unreachable',
      `S3 cannot be reached from this machine for the bucket ${bucket}.`,
      'Check the network, the proxy and AWS_ENDPOINT_URL.',
    )
  }
  if (isTimeout(facts)) {
    return say(
      'timeout',
      `S3 did not answer in time for the bucket ${bucket}.`,
      'Check the network and try again; what has arrived is kept.',
    )
  }
  if (cuts.has(facts.code) || error instanceof BrokenBodyError) {
    return say(
      'connection-lost',
      `The connection to S3 broke again and again: ${facts.message}`,
      'Check the network and try again; what has arrived is kept.',
    )
  }
  if (facts.status >= 500) {
    return say(
      's3-unavailable',
      `S3 answered with an error of its own (${facts.status}).`,
      'Try again later; what has arrived is kept.',
    )
  }
  return say(
    's3-error',
    `S3 refused ${attempted.action} on the bucket ${bucket}: ${facts.message}`,
    'Copy the details; they name what S3 objected to.',
  )
}

function noMfaCode({ reason }: NoMfaCodeError, who: string): Failure {
  const asks = `${capital(who)} asks for a multi-factor code`
  switch (reason) {
    case 'nobody-there':
      return failure(
        'mfa-nobody-there',
        `${asks}, and there is no terminal to ask for it on.`,
        'Run the command in a terminal, or start the work from the window of the program.',
      )
    case 'too-late':
      return failure('mfa-too-late', `${asks}, and none was entered in time.`, 'Start the work again.')
    case 'not-given':
      return failure(
        'mfa-not-given',
        `${asks}, and none was entered.`,
        'Start the work again to be asked again.',
      )
  }
}

function factsOf(error: unknown): Facts {
  const code = text(error, 'code')
  return {
    name: error instanceof Error ? error.name : '',
    code: code === '' ? text(field(error, 'cause'), 'code') : code,
    message: error instanceof Error ? error.message : String(error),
    status: Number(field(field(error, '$metadata'), 'httpStatusCode') ?? 0) || 0,
    contentType: text(field(field(error, '$response'), 'headers'), 'content-type'),
    region:
      text(field(field(error, '$response'), 'headers'), 'x-amz-bucket-region') ||
      text(error, 'Region') ||
      (/expecting '([a-z0-9-]+)'/.exec(error instanceof Error ? error.message : '')?.[1] ?? null),
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

function text(value: unknown, name: string): string {
  const found = field(value, name)
  return typeof found === 'string' ? found : ''
}

const isProviderError = ({ name }: Facts) =>
  name === 'CredentialsProviderError' || name === 'TokenProviderError' || name === 'ProviderError'
const isCredentialTrouble = (facts: Facts) =>
  isProviderError(facts) ||
  expired.has(facts.name) ||
  refusedCredentials.has(facts.name) ||
  facts.name === 'RequestTimeTooSkewed'
const isDenied = ({ name, status }: Facts) =>
  name === 'AccessDenied' || name === 'AccessDeniedException' || name === 'Forbidden' || status === 403
/** A role that may not be taken on is no permission that lacks: nothing can be asked at all. */
const isRoleRefused = (facts: Facts) => isDenied(facts) && /sts:AssumeRole\w*/i.test(facts.message)
/** S3 answers in XML. A page, or a good status over something unreadable, was written by somebody else. */
const isForeign = ({ contentType, status, message }: Facts) =>
  contentType.startsWith('text/html') || (status === 200 && /deserialization|xml parse/i.test(message))
const isThrottle = ({ name, status }: Facts) => throttles.has(name) || status === 429
const isTimeout = ({ name, code }: Facts) =>
  name === 'TimeoutError' && !cuts.has(code) ? true : code === 'ETIMEDOUT'
const isWrongRegion = ({ name, status }: Facts) =>
  status === 301 || name === 'PermanentRedirect' || name === 'AuthorizationHeaderMalformed'

const capital = (sentence: string) => sentence.charAt(0).toUpperCase() + sentence.slice(1)
/** A name as it is typed in a shell. */
export const shellWord = (word: string) =>
  /^[\w.@/+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
