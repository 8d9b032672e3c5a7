import type { ConnectionState } from './bridge'

export interface EventStreamOptions {
  readonly onMessage: (data: string) => void
  readonly onState: (state: ConnectionState) => void
  /** An EventSource does not tell why it was refused, so this asks in another way. */
  readonly isSessionLost: () => Promise<boolean>
  readonly firstDelay?: number
}

const longestDelay = 10_000

/** An EventSource that comes back by itself also where the browser gives up: after an error answer. */
export function openEventStream(options: EventStreamOptions): () => void {
  let source: EventSource | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let delay = options.firstDelay ?? 500
  let closed = false

  const connect = () => {
    const stream = new EventSource('/api/events')
    source = stream
    stream.onopen = () => {
      delay = options.firstDelay ?? 500
      options.onState('open')
    }
    stream.onmessage = (message: MessageEvent<string>) => options.onMessage(message.data)
    stream.onerror = () => {
      options.onState('lost')
      stream.close()
      void retry()
    }
  }

  const retry = async () => {
    if (await options.isSessionLost()) {
      if (!closed) options.onState('session-lost')
      return
    }
    if (closed) return
    timer = setTimeout(connect, delay)
    delay = Math.min(delay * 2, longestDelay)
  }

  connect()
  return () => {
    closed = true
    clearTimeout(timer)
    source?.close()
  }
}
