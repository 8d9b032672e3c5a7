import type { AppEvent } from '../../analytics/contract/events'
import type { Result } from '../../analytics/contract/result'

export interface AlertWatchOptions {
  /** Each looks at one kind of thing and answers with what there is to tell of it. */
  readonly looks: readonly (() => Promise<Result<readonly AppEvent[]>>)[]
  readonly tell: (event: AppEvent) => void
  /** An import brings in one month after the other: only the end of it is worth a look. */
  readonly isWorking: () => boolean
}

/** Looks at budgets and anomalies when figures have changed and tells of what is new. */
export class AlertWatch {
  private due = false
  private looking = false

  constructor(private readonly options: AlertWatchOptions) {}

  /** Figures have changed, or may have while nobody watched. */
  dataChanged(): void {
    this.due = true
    this.look()
  }

  workEnded(): void {
    this.look()
  }

  private look(): void {
    if (!this.due || this.looking || this.options.isWorking()) return
    this.due = false
    this.looking = true
    void this.lookNow().finally(() => {
      this.looking = false
      this.look()
    })
  }

  private async lookNow(): Promise<void> {
    for (const look of this.options.looks) {
      const found = await look()
      // What could not be looked at is looked at after the next change, or at the next start.
      if (found.ok) for (const event of found.value) this.options.tell(event)
    }
  }
}
