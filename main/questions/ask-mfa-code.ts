import { type MfaRequest, NoMfaCodeError } from '../aws/mfa'
import type { QuestionCentre } from './question-centre'

/** Long enough to find the device, short enough that a sync at night does not hang until the morning. */
export const mfaPatienceMs = 5 * 60_000

/** The code of a device, from whichever door a person sits at. */
export function mfaCodesFrom(
  questions: QuestionCentre,
  isAnybodyThere: boolean,
): (request: MfaRequest) => Promise<string> {
  return async ({ device, profile, signal }) => {
    if (!isAnybodyThere) throw new NoMfaCodeError('nobody-there')
    const reply = await questions.ask({ kind: 'mfa-code', device, profile }, mfaPatienceMs, signal)
    if (reply === 'too-late') throw new NoMfaCodeError('too-late')
    if (reply === 'cancelled' || reply.kind !== 'code') throw new NoMfaCodeError('not-given')
    return reply.code
  }
}
