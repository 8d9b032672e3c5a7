import type { Readable } from 'node:stream'
import type { PickedPaths } from '../../analytics/contract/application'
import type { Result } from '../../analytics/contract/result'

/** What comes to the application from outside the contract: a path, a file's bytes. */
export interface Intake {
  /** Keeps paths and answers what a screen may know of them. */
  hold(paths: readonly string[]): PickedPaths['picked']
  /** Asks whoever is at a screen whether to import what was handed over; what is not fit to be asked about is dropped. */
  offer(paths: readonly string[]): Promise<void>
  /** One file of an upload that was opened, as it arrives. */
  receive(upload: string, file: number, body: Readable): Promise<Result<Record<string, never>>>
}
