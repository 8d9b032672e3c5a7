import type { PickedPaths } from './application'
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
  /** Files and folders that a person dropped; their paths go to the main process and stay there. */
  readonly hold: (files: readonly File[]) => Promise<Result<PickedPaths>>
  readonly cancel: (callId: string) => void
  readonly subscribe: (listener: (event: AppEvent) => void) => () => void
}

/** IPC channel names of the desktop door; the web door uses paths of the same words. */
export const bridgeGlobal = 'finops'
