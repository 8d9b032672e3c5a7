import type { DesktopBridge } from '../../analytics/contract/bridge'
import { type Bridge, cancelledFailure, unreachableFailure } from './bridge'

export function createDesktopBridge(desktop: DesktopBridge): Bridge {
  const bridge: Bridge = {
    door: 'desktop',
    async importFiles(files) {
      try {
        const held = await desktop.hold(files.map(({ file }) => file))
        if (!held.ok) return held
        return await bridge.call('import/run', {
          paths: held.value.picked.map(({ token }) => `picked:${token}`),
        })
      } catch (cause) {
        return { ok: false, failure: unreachableFailure(cause) }
      }
    },
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
  return bridge
}
