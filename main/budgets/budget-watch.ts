import type { BudgetAlert } from '../../analytics/contract/budgets'
import type { AppEvent } from '../../analytics/contract/events'
import type { Result } from '../../analytics/contract/result'

export interface BudgetWatchOptions {
  readonly check: () => Promise<Result<{ readonly alerts: readonly BudgetAlert[] }>>
  readonly tell: (event: AppEvent) => void
  /** An import brings in one month after the other: only the end of it is worth a look. */
  readonly isWorking: () => boolean
}

/** Looks at the budgets when figures have changed and tells of each threshold that is newly reached. */
export class BudgetWatch {
  private due = false
  private looking = false

  constructor(private readonly options: BudgetWatchOptions) {}

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
    const checked = await this.options.check()
    // What could not be looked at is looked at after the next change, or at the next start.
    if (!checked.ok) return
    for (const alert of checked.value.alerts) this.options.tell({ type: 'budget-alert', alert })
  }
}
