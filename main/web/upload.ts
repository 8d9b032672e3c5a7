import type { IncomingMessage, ServerResponse } from 'node:http'
import { fail } from '../../analytics/contract/result'
import type { Intake } from '../intake/intake'
import { answerResult } from './answers'
import { answerEarly } from './calls'

export type Receiver = Pick<Intake, 'receive'>

/** `/api/upload/ID/NUMBER`: the path that a file has in the upload was said, and checked, when that was opened. */
export const uploadPath = /^\/api\/upload\/([0-9a-f-]{36})\/(\d{1,5})$/

/** The one body without a bound of its own: it goes to the disk as it comes, up to the size that was announced. */
export async function answerUpload(
  intake: Receiver,
  id: string,
  file: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // No form of another page can send this type without asking first.
  if (request.headers['content-type'] !== 'application/octet-stream') {
    const hint = 'Send the header "Content-Type: application/octet-stream".'
    answerEarly(request, response, 415, fail('wrong-content-type', 'A file is sent as plain bytes.', hint))
    return
  }
  if (request.headers.expect !== undefined) response.writeContinue()
  const received = await intake.receive(id, file, request)
  // What broke off has nobody to answer to; the call that imports the upload says why.
  if (request.destroyed && !request.complete) return
  if (received.ok || request.complete) answerResult(response, 200, received)
  else answerEarly(request, response, 409, received)
}
