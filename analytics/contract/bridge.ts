import type { ChannelName, ChannelOutput } from './channels'
import type { AppEvent } from './events'
import type { Result } from './result'

/**
 * What the preload puts at `window.finops` in the desktop: one named function a channel, nothing generic.
 * `callId` is made by the caller, so that a call can be cancelled before it is answered.
 */
export interface DesktopBridge {
  readonly door: 'desktop'
  readonly calls: {
    readonly [C in ChannelName]: (callId: string, input: unknown) => Promise<Result<ChannelOutput<C>>>
  }
  /** The page itself has no permission for the clipboard. */
  readonly copy: (text: string) => Promise<Result<null>>
  readonly cancel: (callId: string) => void
  readonly subscribe: (listener: (event: AppEvent) => void) => () => void
}

/** IPC channel names of the desktop door; the web door uses paths of the same words. */
export const bridgeGlobal = 'finops'
