import type { Door } from '../../analytics/contract/application'
import type { ChannelInput, ChannelName, ChannelOutput } from '../../analytics/contract/channels'
import type { AppEvent } from '../../analytics/contract/events'
import type { ImportReport } from '../../analytics/contract/imports'
import type { Failure, Result } from '../../analytics/contract/result'

export interface CallOptions {
  readonly signal?: AbortSignal
}

/** A file that a person dropped or chose, and its place in what that was. */
export interface ChosenFile {
  readonly file: File
  readonly path: string
}

export type ConnectionState = 'open' | 'lost' | 'session-lost'

export interface BridgeListener {
  readonly onEvent: (event: AppEvent) => void
  /** Events may have been missed when it is `open` again. */
  readonly onConnection: (state: ConnectionState) => void
}

/** The one way from a screen to the application, the same through both doors that have screens. */
export interface Bridge {
  readonly door: Exclude<Door, 'cli'>
  call<C extends ChannelName>(
    channel: C,
    input: ChannelInput<C>,
    options?: CallOptions,
  ): Promise<Result<ChannelOutput<C>>>
  /** The desktop reads files where they lie; a browser has to send them. */
  importFiles(files: readonly ChosenFile[]): Promise<Result<ImportReport>>
  subscribe(listener: BridgeListener): () => void
}

export const cancelledFailure: Failure = { code: 'cancelled', message: 'The question was cancelled.' }

export function unreachableFailure(cause: unknown): Failure {
  return {
    code: 'unreachable',
    message: 'The application did not answer.',
    hint: 'See whether it is still running where it was started, then try again.',
    details: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause),
  }
}

export const sessionLostFailure: Failure = {
  code: 'session-lost',
  message: 'This page is no longer signed in to the application.',
  hint: 'Run npm start or finops serve again and open the link it prints.',
}
