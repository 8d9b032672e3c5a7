import type { Failure } from '../../analytics/contract/result'

/** Carries a failure through the query cache, which knows only thrown errors. */
export class ChannelFailure extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.message)
    this.name = 'ChannelFailure'
    this.failure = failure
  }
}

export function toFailure(error: unknown): Failure {
  if (error instanceof ChannelFailure) return error.failure
  return {
    code: 'unexpected',
    message: 'Something unexpected happened in this page.',
    hint: 'Reload it. If it happens again, copy the details into a report.',
    details: error instanceof Error ? (error.stack ?? error.message) : String(error),
  }
}
