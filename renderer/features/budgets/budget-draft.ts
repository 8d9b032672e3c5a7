import type { Budget, BudgetPeriod, BudgetPlan, BudgetStatus } from '../../../analytics/contract/budgets'
import type { CostMeasure, Filter } from '../../../analytics/contract/spend'
import { readCondition } from '../../format/condition'
import { filterText } from './budget-words'

/** What the fields of the form say. */
export interface BudgetDraft {
  readonly name: string
  readonly measure: CostMeasure
  readonly currency: string
  readonly period: BudgetPeriod
  readonly amount: string
  readonly growth: string
  readonly plan: BudgetPlan
  readonly from: string
  readonly to: string
  readonly where: string
  readonly actual: string
  readonly forecast: string
  readonly owner: string
  readonly note: string
}

export function newDraft(measure: CostMeasure, currency: string, month: string): BudgetDraft {
  return {
    name: '',
    measure,
    currency,
    period: 'month',
    amount: '',
    growth: '0',
    plan: 'even',
    from: `${month}-01`,
    to: '',
    where: '',
    actual: '80, 100',
    forecast: '100',
    owner: '',
    note: '',
  }
}

export function draftOfBudget({ budget }: BudgetStatus): BudgetDraft {
  const percents = (kind: 'actual' | 'forecast') =>
    budget.thresholds
      .filter(({ of }) => of === kind)
      .map(({ percent }) => percent)
      .join(', ')
  return {
    ...budget,
    to: budget.to ?? '',
    where: budget.where.map(lineOf).join('\n'),
    actual: percents('actual'),
    forecast: percents('forecast'),
  }
}

/** Several values become as many lines of one condition: the form has no other way to say them. */
function lineOf(filter: Filter): string {
  return filterText(filter).replace(` ${filter.operator} `, filter.operator)
}

export interface DraftProblem {
  readonly field: keyof BudgetDraft
  readonly message: string
}

export type ReadDraft =
  | { readonly budget: Budget; readonly problem: null }
  | { readonly budget: null; readonly problem: DraftProblem }

const problem = (field: keyof BudgetDraft, message: string): ReadDraft => ({
  budget: null,
  problem: { field, message },
})

/** What a person may write, made what the application takes: `1,500.50` is an amount, a line is a condition. */
export function readDraft(draft: BudgetDraft): ReadDraft {
  const name = draft.name.trim()
  if (name === '') return problem('name', 'A budget needs a name.')
  const amount = draft.amount.replaceAll(/[\s,]/g, '')
  if (!/^\d+(\.\d+)?$/.test(amount)) return problem('amount', 'An amount is a number such as 1,500.50.')
  const where: Filter[] = []
  for (const line of draft.where.split('\n')) {
    if (line.trim() === '') continue
    const filter = readCondition(line)
    if (filter === null) {
      return problem('where', `There is no comparison in “${line.trim()}”. Write for example account=111.`)
    }
    where.push(filter)
  }
  const thresholds: Budget['thresholds'] = []
  for (const of of ['actual', 'forecast'] as const) {
    for (const text of draft[of].split(/[\s,;]+/)) {
      if (text === '') continue
      if (!/^\d{1,4}%?$/.test(text)) return problem(of, 'Percentages are whole numbers, such as 80, 100.')
      thresholds.push({ of, percent: Number(text.replace('%', '')) })
    }
  }
  const budget: Budget = {
    name,
    measure: draft.measure,
    currency: draft.currency.trim(),
    where,
    period: draft.period,
    amount,
    growth: draft.growth.trim() || '0',
    plan: draft.plan,
    from: draft.from.trim(),
    to: draft.to.trim() || null,
    thresholds,
    owner: draft.owner.trim(),
    note: draft.note.trim(),
  }
  return { budget, problem: null }
}
