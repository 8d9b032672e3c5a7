import type { Budget, BudgetState, BudgetStatus } from '../../analytics/contract/budgets'
import { type CommandContext, settle } from './commands'
import { exitCodes } from './exit-codes'
import { moneyText } from './money-text'
import { answer } from './terminal'
import { textTable } from './text-table'

export async function listBudgets({ session, terminal, signal }: CommandContext): Promise<number> {
  return settle(terminal, await session.ask('budgets/list', { projected: true }, { signal }), (found) => {
    answer(terminal, found, () =>
      found.budgets.length === 0
        ? 'There are no budgets yet. Next: finops budgets add NAME --amount 1000 --from 2026-01-01'
        : budgetTable(found.budgets),
    )
    return exitCodes.done
  })
}

export async function addBudget({ session, terminal }: CommandContext, budget: Budget): Promise<number> {
  return settle(terminal, await session.ask('budgets/write', budget), (written) => {
    answer(terminal, written, () => `${written.name} is a budget now. See: finops budgets`)
    return exitCodes.done
  })
}

export async function removeBudget({ session, terminal }: CommandContext, name: string): Promise<number> {
  return settle(terminal, await session.ask('budgets/remove', { name }), (removed) => {
    answer(terminal, removed, () => `${removed.name} was removed, with its alerts.`)
    return exitCodes.done
  })
}

const stateWords: Readonly<Record<BudgetState, string>> = {
  ok: 'ok',
  'at-risk': 'at risk',
  over: 'over',
  waiting: 'not begun',
  ended: 'ended',
}

function budgetTable(budgets: readonly BudgetStatus[]): string {
  return textTable(
    [
      { head: 'Budget' },
      { head: 'State' },
      { head: 'From' },
      { head: 'To' },
      { head: 'Amount', right: true },
      { head: 'Actual', right: true },
      { head: '%', right: true },
      { head: 'Expected', right: true },
      { head: 'Left', right: true },
      { head: 'Currency' },
    ],
    budgets.map(({ budget, state, from, to, amount, actual, percent, projection, left }) => [
      budget.name,
      stateWords[state],
      from,
      to,
      moneyText(amount),
      moneyText(actual),
      percent.toFixed(1),
      projection === null ? '' : moneyText(projection.total),
      moneyText(left),
      budget.currency,
    ]),
  )
}
