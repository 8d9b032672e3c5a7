import type { Budgets } from '../../../analytics/contract/budgets'
import type { Overview } from '../../../analytics/contract/overview'
import { writeRoute } from '../../app/route'
import { digitsOf, formatMoney, formatPercent } from '../../format/money'
import type { ChannelAnswer } from '../../queries/use-channel'
import { budgetOfBill } from './budget-of-bill'
import { budgetsDoor } from './doors'

interface BudgetLineProps {
  readonly overview: Overview
  readonly budgets: ChannelAnswer<Budgets>
}

/** The month so far beside the budget of the whole bill, where there is one. */
export function BudgetLine({ overview, budgets }: BudgetLineProps) {
  if (budgets.data === undefined) return null
  const status = budgetOfBill(budgets.data.budgets, overview)
  if (status === null) {
    return (
      <a href={budgetsDoor} className="rounded leading-6 underline-offset-2 hover:underline">
        No monthly budget of the whole bill
      </a>
    )
  }
  const amount = formatMoney(status.amount, { digits: digitsOf(overview.currency) })
  return (
    <a
      href={writeRoute('budgets', { budget: status.budget.name })}
      data-testid="figure-budget"
      data-value={status.amount}
      className="truncate rounded leading-6 underline-offset-2 hover:underline"
      title={`Budget ${status.budget.name}: ${amount} ${overview.currency}`}
    >
      {`${formatPercent(status.percent)} of budget ${amount}`}
      {status.state === 'over' ? <span className="ml-1 font-medium text-bad">over</span> : null}
    </a>
  )
}
