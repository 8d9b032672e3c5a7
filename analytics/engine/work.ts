import type { Progress } from '../contract/tasks'
import type { Store } from '../store/open-store'
import type { Rest } from './rest'

/** What every answer of the engine is given to work with. */
export interface Work {
  readonly store: Store
  readonly signal: AbortSignal
  readonly progress: (progress: Progress) => void
  /** Tells the application that figures have changed. */
  readonly dataChanged: (dataVersion: number) => void
  /** What was done at the start because a file was not as it should be. */
  readonly recovery: string | null
  /** Absent where nothing can put the work to rest. */
  readonly rest?: Rest
  readonly isLongWorkRunning?: () => boolean
}
