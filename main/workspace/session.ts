import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { AppEvent } from '../../analytics/contract/events'
import { fail, failure, failureCodes, type Result } from '../../analytics/contract/result'
import type { Progress } from '../../analytics/contract/tasks'
import type { Application, CallOptions } from '../application'
import type { OwnerConnection, ServeSession } from './owner'

const requestSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('call'),
    id: z.string().max(64),
    channel: z.string().max(100),
    input: z.unknown(),
  }),
  z.object({ type: z.literal('cancel'), id: z.string().max(64) }),
  z.object({ type: z.literal('come-forward'), id: z.string().max(64) }),
])

type Answer =
  | { readonly type: 'result'; readonly id: string; readonly result: Result<unknown> }
  | { readonly type: 'progress'; readonly id: string; readonly progress: Progress }
  | { readonly type: 'question'; readonly event: AppEvent }
  | { readonly type: 'forward'; readonly id: string; readonly url: string | null; readonly door: string }

/** The owner's side: the contract, spoken over the local socket. */
export function serveApplication(
  application: Application,
  comeForward: () => Promise<string | null>,
): ServeSession {
  return (receive, send, ended) => {
    const running = new Map<string, AbortController>()
    const silence = application.subscribe((event) => {
      const isQuestion = event.type === 'question' || event.type === 'question-closed'
      if (isQuestion) answer({ type: 'question', event })
    })
    ended.addEventListener('abort', () => {
      silence()
      for (const controller of running.values()) controller.abort()
    })
    const answer = (message: Answer) => send(message)
    receive((message) => {
      const parsed = requestSchema.safeParse(message)
      if (!parsed.success) return
      const request = parsed.data
      if (request.type === 'cancel') {
        running.get(request.id)?.abort()
        return
      }
      if (request.type === 'come-forward') {
        void comeForward().then((url) =>
          answer({ type: 'forward', id: request.id, url, door: application.door }),
        )
        return
      }
      const controller = new AbortController()
      running.set(request.id, controller)
      void application
        .call(request.channel, request.input, {
          signal: controller.signal,
          onProgress: (progress) => answer({ type: 'progress', id: request.id, progress }),
        })
        .then((result) => answer({ type: 'result', id: request.id, result }))
        .finally(() => running.delete(request.id))
    })
  }
}

const gone = failure(
  failureCodes.engineStopped,
  'The application that has this workspace open was closed while it worked on this.',
  'Run the command again.',
)

/** The other side: an application that is somewhere else. */
export class RemoteApplication {
  private readonly calls = new Map<
    string,
    {
      readonly resolve: (result: Result<unknown>) => void
      readonly onProgress?: (progress: Progress) => void
    }
  >()
  private readonly forwards = new Map<
    string,
    (forward: { url: string | null; door: string } | null) => void
  >()
  private closed = false
  private hearQuestion: (event: AppEvent) => void = () => undefined

  constructor(private readonly connection: OwnerConnection) {
    connection.onMessage((message) => this.receive(message as Answer))
    connection.onClose(() => this.lost())
  }

  onQuestion(listener: (event: AppEvent) => void): void {
    this.hearQuestion = listener
  }

  async call(channel: string, input: unknown, options: CallOptions = {}): Promise<Result<unknown>> {
    if (this.closed) return { ok: false, failure: gone }
    if (options.signal?.aborted) return fail(failureCodes.cancelled, 'Cancelled.')
    const id = randomUUID()
    const cancel = () => this.connection.send({ type: 'cancel', id })
    options.signal?.addEventListener('abort', cancel, { once: true })
    try {
      return await new Promise<Result<unknown>>((resolve) => {
        this.calls.set(id, {
          resolve,
          ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
        })
        this.connection.send({ type: 'call', id, channel, input })
      })
    } finally {
      options.signal?.removeEventListener('abort', cancel)
      this.calls.delete(id)
    }
  }

  /** Asks the owner to show itself; null when it does not answer in time. */
  async comeForward(limitMs = 3_000): Promise<{ readonly url: string | null; readonly door: string } | null> {
    if (this.closed) return null
    const id = randomUUID()
    return await new Promise((resolve) => {
      const timer = setTimeout(() => resolve(null), limitMs)
      this.forwards.set(id, (forward) => {
        clearTimeout(timer)
        resolve(forward)
      })
      this.connection.send({ type: 'come-forward', id })
    })
  }

  close(): void {
    this.connection.close()
  }

  private receive(message: Answer): void {
    switch (message.type) {
      case 'result':
        this.calls.get(message.id)?.resolve(message.result)
        return
      case 'progress':
        this.calls.get(message.id)?.onProgress?.(message.progress)
        return
      case 'question':
        this.hearQuestion(message.event)
        return
      case 'forward':
        this.forwards.get(message.id)?.(message)
        return
    }
  }

  private lost(): void {
    this.closed = true
    for (const { resolve } of this.calls.values()) resolve({ ok: false, failure: gone })
    for (const answer of this.forwards.values()) answer(null)
  }
}
