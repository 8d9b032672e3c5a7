import type { EngineChannelName } from '../contract/channels'
import type { Failure, Result } from '../contract/result'
import type { Progress } from '../contract/tasks'

/** What the application sends to the engine's process. */
export type ToEngine =
  | {
      readonly type: 'request'
      readonly id: string
      readonly channel: EngineChannelName
      readonly input: unknown
    }
  | { readonly type: 'cancel'; readonly id: string }
  | { readonly type: 'shutdown' }

/** What the engine's process sends back. Plain data only: it crosses structured clone and JSON alike. */
export type FromEngine =
  | {
      readonly type: 'ready'
      readonly pid: number
      readonly duckdb: string
      readonly recovery: string | null
    }
  | { readonly type: 'refused'; readonly failure: Failure }
  | { readonly type: 'reply'; readonly id: string; readonly result: Result<unknown> }
  | { readonly type: 'progress'; readonly id: string; readonly progress: Progress }
  | { readonly type: 'data'; readonly dataVersion: number }
