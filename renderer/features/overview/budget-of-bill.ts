import type { BudgetStatus } from '../../../analytics/contract/budgets'
import type { Overview } from '../../../analytics/contract/overview'

/** The monthly budget of the whole bill in this cost basis and currency; of several the first by name. */
export function budgetOfBill(
  budgets: readonly BudgetStatus[],
  { measure, currency, month }: Overview,
): BudgetStatus | null {
  return (
    budgets
      .filter(
        ({ budget, from }) =>
          budget.where.length === 0 &&
          budget.period === 'month' &&
          budget.measure === measure &&
          budget.currency === currency &&
          from === month.from,
      )
      .sort((left, right) => left.budget.name.localeCompare(right.budget.name))[0] ?? null
  )
}
