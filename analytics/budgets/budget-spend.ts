import type { Budget } from '../contract/budgets'
import type { Grain, Window } from '../contract/periods'
import { type Result, succeed } from '../contract/result'
import type { CostQuery, Filter } from '../contract/spend'
import type { Asking } from '../model/ask'
import { askedQuestion } from '../model/asked-question'
import { tableFor } from '../model/cost-tables'
import { componentsOf } from '../model/measures'
import { answerFrom } from '../model/run-query'
import type { BudgetedPeriod } from './budget-periods'

export interface BudgetSpend {
  readonly total: string
  /** By the first day of each point; points without spend are left out. */
  readonly points: ReadonlyMap<string, string>
}

/** A budget with what has come in of the period that the data has reached. */
export interface Counted {
  readonly budget: Budget
  readonly period: BudgetedPeriod
  readonly asOf: string | null
  readonly spend: BudgetSpend
}

export function budgetFilters({ where, currency }: Pick<Budget, 'where' | 'currency'>): Filter[] {
  return [...where, { dimension: 'currency', operator: '=', value: currency }]
}

function budgetQuestion(budget: Budget, { from, to }: Window, grain: Grain): CostQuery {
  return { measure: budget.measure, grain, from, to, where: budgetFilters(budget) }
}

/** What a budget's part of the bill came to: the same question as everybody may ask, and so the same digits. */
export async function spendOf(
  budget: Budget,
  window: Window,
  grain: 'day' | 'month',
  context: Asking,
): Promise<Result<BudgetSpend>> {
  if (window.from >= window.to) return succeed({ total: '0', points: new Map() })
  const asked = await askedQuestion(budgetQuestion(budget, window, grain), context)
  if (!asked.ok) return asked
  const table = tableFor(asked.value, componentsOf(asked.value.measures), context.facts)
  const answered = await answerFrom(asked.value, table, context)
  if (!answered.ok) return answered
  const { rows, total } = answered.value
  return succeed({
    total: String(total[budget.measure] ?? '0'),
    points: new Map(rows.map(([time, amount]) => [String(time), String(amount ?? '0')])),
  })
}
