import type { PickedPaths } from '../analytics/contract/application'
import { bridgeGlobal, type DesktopBridge } from '../analytics/contract/bridge'
import type { AppEvent } from '../analytics/contract/events'
import type { Result } from '../analytics/contract/result'
import { namedCalls } from './channels'

type Listener = (event: unknown, value: AppEvent) => void

/** What the bridge uses of ipcRenderer, which itself never reaches the page. */
export interface Messages {
  invoke<T>(channel: string, ...values: readonly unknown[]): Promise<T>
  send(channel: string, ...values: readonly unknown[]): void
  on(channel: string, listener: Listener): unknown
  removeListener(channel: string, listener: Listener): unknown
}

/** Where a file lies that a person dropped; empty for one that a script made up. */
export type PathOf = (file: File) => string

export function makeBridge(messages: Messages, pathOf: PathOf): DesktopBridge {
  return {
    door: 'desktop',
    calls: namedCalls((channel, callId, input) =>
      messages.invoke(`${bridgeGlobal}:call:${channel}`, callId, input),
    ),
    copy: (text) => messages.invoke(`${bridgeGlobal}:copy`, text),
    hold: (files) =>
      messages.invoke<Result<PickedPaths>>(
        `${bridgeGlobal}:hold`,
        files.map((file) => pathOf(file)),
      ),
    cancel: (callId) => messages.send(`${bridgeGlobal}:cancel`, callId),
    subscribe: (listener) => {
      // The event object would hand the page its sender, so only the value goes on.
      const hear: Listener = (_event, value) => listener(value)
      messages.on(`${bridgeGlobal}:event`, hear)
      return () => {
        messages.removeListener(`${bridgeGlobal}:event`, hear)
      }
    },
  }
}
