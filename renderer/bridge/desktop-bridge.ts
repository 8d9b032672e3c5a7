import type { DesktopBridge } from '../../analytics/contract/bridge'
import { type Bridge, cancelledFailure, unreachableFailure } from './bridge'

export function createDesktopBridge(desktop: DesktopBridge): Bridge {
  return {
    door: 'desktop',
    async call(channel, input, options) {
      const signal = options?.signal
      if (signal?.aborted) return { ok: false, failure: cancelledFailure }
      const callId = crypto.randomUUID()
      const cancel = () => desktop.cancel(callId)
      signal?.addEventListener('abort', cancel, { once: true })
      try {
        return await desktop.calls[channel](callId, input)
      } catch (cause) {
        return { ok: false, failure: unreachableFailure(cause) }
      } finally {
        signal?.removeEventListener('abort', cancel)
      }
    },
    subscribe(listener) {
      listener.onConnection('open')
      return desktop.subscribe(listener.onEvent)
    },
  }
}
