import type { ChannelName, ChannelOutput } from '../../analytics/contract/channels'
import type { AppEvent } from '../../analytics/contract/events'
import type { Failure, Result } from '../../analytics/contract/result'
import {
  type Bridge,
  type ConnectionState,
  cancelledFailure,
  sessionLostFailure,
  unreachableFailure,
} from './bridge'
import { openEventStream } from './event-stream'
import { uploadAndImport } from './web-upload'

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function isResult(value: unknown): value is Result<unknown> {
  if (!isRecord(value)) return false
  return value.ok === true ? 'value' in value : value.ok === false && isRecord(value.failure)
}

function strangeAnswer(status: number): Failure {
  return {
    code: 'strange-answer',
    message: `The application answered in a way this page does not understand (status ${status}).`,
    hint: 'Reload the page. If it happens again, restart the application.',
  }
}

async function post(
  channel: ChannelName,
  input: unknown,
  signal: AbortSignal | undefined,
): Promise<Result<unknown>> {
  try {
    const response = await fetch(`/api/call/${channel}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ input }),
      credentials: 'same-origin',
      ...(signal === undefined ? {} : { signal }),
    })
    if (response.status === 401) return { ok: false, failure: sessionLostFailure }
    const answer: unknown = await response.json()
    return isResult(answer) ? answer : { ok: false, failure: strangeAnswer(response.status) }
  } catch (cause) {
    return { ok: false, failure: signal?.aborted ? cancelledFailure : unreachableFailure(cause) }
  }
}

export function createWebBridge(): Bridge {
  const watchers = new Set<(state: ConnectionState) => void>()
  const bridge: Bridge = {
    door: 'web',
    importFiles: (files) => uploadAndImport(bridge.call, files),
    async call<C extends ChannelName>(
      channel: C,
      input: unknown,
      options?: { readonly signal?: AbortSignal },
    ): Promise<Result<ChannelOutput<C>>> {
      const result = await post(channel, input, options?.signal)
      if (!result.ok && result.failure.code === sessionLostFailure.code) {
        for (const watcher of watchers) watcher('session-lost')
      }
      // The application checked the answer against the channel's schema before it sent it.
      return result as Result<ChannelOutput<C>>
    },
    subscribe(listener) {
      watchers.add(listener.onConnection)
      const close = openEventStream({
        onMessage: (data) => listener.onEvent(JSON.parse(data) as AppEvent),
        onState: listener.onConnection,
        isSessionLost: async () => {
          const result = await post('engine/state', {}, undefined)
          return !result.ok && result.failure.code === sessionLostFailure.code
        },
      })
      return () => {
        watchers.delete(listener.onConnection)
        close()
      }
    },
  }
  return bridge
}
