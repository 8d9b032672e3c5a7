import type { IncomingMessage, ServerResponse } from 'node:http'

export const largestBody = 1_048_576

/** Uploads may take their time, so the server sets no limit; a call is short and must come quickly. */
const longestMs = 60_000

export type Body =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'too-large' }
  /** The client went away before it had sent everything. */
  | { readonly kind: 'gone' }

export async function readBody(request: IncomingMessage, response: ServerResponse): Promise<Body> {
  const announced = Number(request.headers['content-length'] ?? 0)
  if (announced > largestBody) return { kind: 'too-large' }
  // The client asked before sending; only now is it known that the body may come.
  if (request.headers.expect !== undefined) response.writeContinue()
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let size = 0
    const timer = setTimeout(() => request.destroy(), longestMs)
    request.once('close', () => clearTimeout(timer))
    request.once('end', () => clearTimeout(timer))
    const onData = (chunk: Buffer) => {
      size += chunk.length
      if (size <= largestBody) {
        chunks.push(chunk)
        return
      }
      request.off('data', onData)
      chunks.length = 0
      resolve({ kind: 'too-large' })
    }
    request.on('data', onData)
    request.once('end', () => resolve({ kind: 'text', text: Buffer.concat(chunks).toString('utf8') }))
    request.once('error', () => resolve({ kind: 'gone' }))
    request.once('close', () => resolve({ kind: 'gone' }))
  })
}

const lingerMs = 2_000
const mostDrained = 64 * largestBody

/**
 * Ends an answer that was given before the request was read. Closing at once would reset the connection, and the
 * client would lose the answer; so what it still sends is thrown away for a moment first.
 */
export function drainThenEnd(request: IncomingMessage, response: ServerResponse): void {
  let drained = 0
  let finished = false
  const finish = () => {
    if (finished) return
    finished = true
    clearTimeout(timer)
    response.end(() => request.socket.destroySoon())
  }
  const timer = setTimeout(finish, lingerMs)
  if (request.complete || request.destroyed || request.headers.expect !== undefined) {
    finish()
    return
  }
  request.on('data', (chunk: Buffer) => {
    drained += chunk.length
    if (drained > mostDrained) request.destroy()
  })
  request.once('close', finish)
  request.once('end', finish)
  request.resume()
}
