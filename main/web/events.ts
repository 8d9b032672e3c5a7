import type { ServerResponse } from 'node:http'
import type { AppEvent } from '../../analytics/contract/events'
import { baseHeaders } from './answers'

export interface EventStreams {
  /** Keeps the response open and sends what the application tells, until either side ends it. */
  open(response: ServerResponse): void
  readonly size: number
  closeAll(): void
}

interface EventSource {
  subscribe(listener: (event: AppEvent) => void): () => void
}

const heartbeatMs = 20_000
/** A window that takes nothing any more is let go; it connects again and reads the state anew. */
const mostUnsent = 1_048_576

export function createEventStreams(application: EventSource, everyMs: number = heartbeatMs): EventStreams {
  const endings = new Set<() => void>()
  return {
    get size() {
      return endings.size
    },
    open: (response) => {
      response.writeHead(200, {
        ...baseHeaders,
        'Content-Type': 'text/event-stream; charset=utf-8',
        'X-Accel-Buffering': 'no',
      })
      const send = (text: string) => {
        if (response.writableEnded || response.destroyed) return
        response.write(text)
        if (response.writableLength > mostUnsent) response.destroy()
      }
      send('retry: 1000\n: open\n\n')
      const unsubscribe = application.subscribe((event) => send(`data: ${JSON.stringify(event)}\n\n`))
      const heartbeat = setInterval(() => send(': still here\n\n'), everyMs)
      heartbeat.unref()
      const end = () => response.end()
      endings.add(end)
      response.once('close', () => {
        clearInterval(heartbeat)
        unsubscribe()
        endings.delete(end)
      })
    },
    closeAll: () => {
      for (const end of endings) end()
    },
  }
}
