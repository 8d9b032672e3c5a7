import type { Budget, BudgetDetail, BudgetStatus, Budgets } from '../contract/budgets'
import { type Result, succeed } from '../contract/result'
import type { Work } from '../engine/work'
import { unitsOf } from '../forecast/exact'
import { type Asking, asking } from '../model/ask'
import { addDays } from '../model/windows'
import { periodAt, periodOf } from './budget-periods'
import { budgetFilters, type Counted, spendOf } from './budget-spend'
import { statusOf } from './budget-status'
import { noSuchBudget, readBudgets } from './budget-store'
import { burnDown } from './burn-down'
import { percentOf } from './percent'
import { planOf } from './plan'
import { forecastRequest, type Projected, projectBudget } from './project-budget'

/** So many periods before the one the data is in are told of. */
const mostEarlier = 12

export async function listBudgets(
  { projected }: { readonly projected?: boolean | undefined },
  work: Work,
): Promise<Result<Budgets>> {
  const counted = await asking(work, async (context) => {
    const read: Counted[] = []
    for (const budget of await readBudgets(context.connection)) {
      const one = await count(budget, context)
      if (!one.ok) return one
      read.push(one.value)
    }
    return succeed(read)
  })
  if (!counted.ok) return counted
  const budgets: BudgetStatus[] = []
  for (const one of counted.value) {
    const known = projected === true ? await project(one, work) : null
    budgets.push(statusOf(one, known))
  }
  return succeed({ budgets })
}

export async function readBudget(
  { name }: { readonly name: string },
  work: Work,
): Promise<Result<BudgetDetail>> {
  const read = await asking(work, async (context) => {
    const budget = (await readBudgets(context.connection)).find((one) => one.name === name)
    if (!budget) return noSuchBudget(name)
    const counted = await count(budget, context)
    if (!counted.ok) return counted
    const earlier: BudgetDetail['earlier'] = []
    for (let index = counted.value.period.index - 1; index >= 0 && earlier.length < mostEarlier; index -= 1) {
      const period = periodAt(budget, index)
      const spend = await spendOf(budget, period, 'month', context)
      if (!spend.ok) return spend
      const { from, to, amount } = period
      const actual = spend.value.total
      earlier.push({ from, to, amount, actual, percent: percentOf(unitsOf(actual), unitsOf(amount)) })
    }
    const plan = await planOf(budget, counted.value.period, context)
    return plan.ok ? succeed({ counted: counted.value, earlier, plan: plan.value }) : plan
  })
  if (!read.ok) return read
  const { counted, earlier, plan } = read.value
  const projected = await project(counted, work)
  return succeed({
    status: statusOf(counted, projected),
    planned: plan.follows,
    burnDown: burnDown(counted, plan, projected),
    earlier,
  })
}

async function count(budget: Budget, context: Asking): Promise<Result<Counted>> {
  const asOf = context.facts.lastDay
  const period = periodOf(budget, asOf ?? budget.from)
  const isOver = asOf !== null && asOf >= period.to
  const window = {
    from: period.from,
    to: isOver ? period.to : asOf === null ? period.from : addDays(asOf, 1),
  }
  const spend = await spendOf(budget, window, budget.period === 'year' ? 'month' : 'day', context)
  return spend.ok ? succeed({ budget, period, asOf, spend: spend.value }) : spend
}

/** null where nothing is left to be expected. */
async function project(
  { budget, period, asOf, spend }: Counted,
  work: Work,
): Promise<Result<Projected> | null> {
  if (asOf === null || asOf < period.from || addDays(asOf, 1) >= period.to) return null
  const request = forecastRequest(budget, period, asOf, budgetFilters(budget))
  return await projectBudget(request, period, spend, work)
}
