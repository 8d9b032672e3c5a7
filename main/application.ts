import type { Door } from '../analytics/contract/application'
import type { ChannelInput, ChannelName, ChannelOutput } from '../analytics/contract/channels'
import type { AppEvent } from '../analytics/contract/events'
import type { Result } from '../analytics/contract/result'
import type { Progress } from '../analytics/contract/tasks'
import type { StartEngine } from './engine/link'
import type { FileContent } from './exports/file-content'
import type { Intake } from './intake/intake'
import type { SecretVault } from './vault/secret-vault'

export interface CallOptions {
  /** Cancels the call; for long work, its task. */
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: Progress) => void
}

/** The one application behind the three doors. */
export interface Application {
  readonly home: string
  readonly door: Door
  /** Any channel by any name with any input: both are checked here, in the one place where that is done. */
  call(channel: string, input: unknown, options?: CallOptions): Promise<Result<unknown>>
  /** The same for callers in TypeScript. */
  ask<C extends ChannelName>(
    channel: C,
    input: ChannelInput<C>,
    options?: CallOptions,
  ): Promise<Result<ChannelOutput<C>>>
  subscribe(listener: (event: AppEvent) => void): () => void
  /** A file that `exports/save` promised to a browser; once. */
  takeDownload(token: string): FileContent | null
  readonly intake: Intake
  /** Stops taking work, interrupts what runs, checkpoints and closes; within five seconds. */
  close(): Promise<void>
}

/** Paths chosen in a native dialog. A door without dialogs has none. */
export type PickPaths = (what: 'files' | 'folder') => Promise<readonly string[]>

/** Asks in a native dialog where to save a file; null when the person decides not to. */
export type PickTarget = (name: string) => Promise<string | null>

export interface ApplicationOptions {
  readonly home: string
  readonly door: Door
  readonly startEngine?: StartEngine
  /** The built engine file; by default the one beside the running program. */
  readonly engineEntry?: string
  readonly pickPaths?: PickPaths
  readonly pickTarget?: PickTarget
  /** Whether a person can be asked something while work runs; true unless said otherwise. */
  readonly canAsk?: boolean
  /** Where secrets are kept; the keychain of the system unless said otherwise. */
  readonly openVault?: () => Promise<SecretVault>
  /**
   * Another start asked this one to come forward. The answer is what that start tells its user: a URL to open,
   * or null when a window was focused.
   */
  readonly comeForward?: () => Promise<string | null>
}
