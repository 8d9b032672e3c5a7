import { type Failure, failureCodes } from '../../analytics/contract/result'

export const exitCodes = { done: 0, failed: 1, usage: 2, refused: 3, partly: 4, interrupted: 130 } as const

/** What a failure means for a script: its own mistake, a refusal that changed nothing, or something unexpected. */
export function exitCodeOf(failure: Failure): number {
  switch (failure.code) {
    case failureCodes.cancelled:
      return exitCodes.interrupted
    case failureCodes.invalidInput:
    case failureCodes.unknownChannel:
    case 'usage':
    case 'empty-period':
      return exitCodes.usage
    case failureCodes.unexpected:
    case failureCodes.engineStopped:
    case failureCodes.engineUnavailable:
      return exitCodes.failed
    default:
      return exitCodes.refused
  }
}
