import { NodeHttpHandler } from '@smithy/node-http-handler'

/** A good status over something that AWS did not write: a login page of a network, a proxy, another server. */
export class ForeignAnswerError extends Error {
  constructor(what: string) {
    super(what)
    this.name = 'ForeignAnswerError'
  }
}

/** Of query and XML services such a page reads like an empty answer: it must not get as far as the reader. */
export class GuardedHandler extends NodeHttpHandler {
  override async handle(
    ...asked: Parameters<NodeHttpHandler['handle']>
  ): ReturnType<NodeHttpHandler['handle']> {
    const answer = await super.handle(...asked)
    if (contentType(answer.response.headers).startsWith('text/html')) {
      answer.response.body?.resume?.()
      throw new ForeignAnswerError('a web page came in place of the answer')
    }
    return answer
  }

  /** Every client of a scan shares it: one of them going must not take the connections of the others. */
  override destroy(): void {
    return
  }

  end(): void {
    super.destroy()
  }
}

function contentType(headers: Readonly<Record<string, string>>): string {
  const name = Object.keys(headers).find((header) => header.toLowerCase() === 'content-type')
  return name === undefined ? '' : (headers[name] ?? '').toLowerCase()
}
