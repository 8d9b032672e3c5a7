import type { IncomingMessage, ServerResponse } from 'node:http'
import { channels, isChannelName } from '../../analytics/contract/channels'
import { fail, failureCodes, type Result } from '../../analytics/contract/result'
import { answerResult, baseHeaders } from './answers'
import { drainThenEnd, largestBody, readBody } from './body'

/** The part of the application this needs. */
export interface Caller {
  call(channel: string, input: unknown, options?: { readonly signal?: AbortSignal }): Promise<Result<unknown>>
}

export async function answerCall(
  application: Caller,
  channel: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!isJson(request.headers['content-type'])) {
    const refused = fail(
      'wrong-content-type',
      'The body of a call is JSON.',
      'Send the header "Content-Type: application/json".',
    )
    answerEarly(request, response, 415, refused)
    return
  }
  const body = await readBody(request, response)
  if (body.kind === 'gone') return
  if (body.kind === 'too-large') {
    const refused = fail(
      'body-too-large',
      `The body of a call has at most ${largestBody} bytes.`,
      'Ask for less at once.',
    )
    answerEarly(request, response, 413, refused)
    return
  }
  const input = inputOf(body.text)
  if (!input.ok) {
    answerResult(response, 400, input)
    return
  }
  answerResult(response, 200, await application.call(channel, input.value, signalFor(channel, response)))
}

/** Long work belongs to its task and goes on when the window that asked for it is closed. */
function signalFor(channel: string, response: ServerResponse): { readonly signal?: AbortSignal } {
  if (isChannelName(channel) && channels[channel].long) return {}
  const controller = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) controller.abort()
  })
  if (response.destroyed) controller.abort()
  return { signal: controller.signal }
}

function isJson(contentType: string | undefined): boolean {
  return /^application\/json\s*(;|$)/i.test(contentType ?? '')
}

function inputOf(text: string): Result<unknown> {
  const refused = fail(
    failureCodes.invalidInput,
    'The body of a call is the JSON object {"input": ...} and nothing else.',
  )
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body !== 'object' || body === null || Array.isArray(body)) return refused
    const keys = Object.keys(body)
    return keys.length === 1 && 'input' in body && keys[0] === 'input'
      ? { ok: true, value: body.input }
      : refused
  } catch {
    return refused
  }
}

export function answerEarly(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  refused: Result<unknown>,
): void {
  const body = Buffer.from(JSON.stringify(refused))
  response.writeHead(status, {
    ...baseHeaders,
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': body.length,
    Connection: 'close',
  })
  response.write(body)
  drainThenEnd(request, response)
}
