import type { BudgetAlert, BudgetPlan, BudgetState, BudgetStatus } from '../../../analytics/contract/budgets'
import type { Filter } from '../../../analytics/contract/spend'
import { digitsOf, formatMoney } from '../../format/money'
import { formatMonth, formatMonthShort, previousMonth } from '../../format/time'

export const stateWords: Readonly<Record<BudgetState, string>> = {
  ok: 'on track',
  'at-risk': 'at risk',
  over: 'over',
  waiting: 'not begun',
  ended: 'ended',
}

export const stateTones: Readonly<Record<BudgetState, 'good' | 'warn' | 'bad' | 'plain'>> = {
  ok: 'good',
  'at-risk': 'warn',
  over: 'bad',
  waiting: 'plain',
  ended: 'plain',
}

export const planWords: Readonly<Record<BudgetPlan, string>> = {
  even: 'Even plan',
  'last-year': 'Plan after last year',
}

export const periodWords = { month: 'Monthly', quarter: 'Quarterly', year: 'Yearly' } as const

/** `September 2026`, or the first month of a longer period and its last: it is made of whole ones. */
export function periodText({ from, to }: Pick<BudgetStatus, 'from' | 'to'>): string {
  const [first, last] = [from.slice(0, 7), previousMonth(to.slice(0, 7))]
  return first === last ? formatMonth(first) : `${formatMonthShort(first)} – ${formatMonthShort(last)}`
}

export function filterText({ dimension, operator, value }: Filter): string {
  return `${dimension} ${operator} ${typeof value === 'string' ? value : value.join(', ')}`
}

export function scopeText(where: readonly Filter[]): string {
  return where.length === 0 ? 'The whole bill' : where.map(filterText).join('; ')
}

export function alertText({ threshold, amount, reachedWith, currency }: BudgetAlert): string {
  const money = (value: string) => formatMoney(value, { digits: digitsOf(currency) })
  const what = threshold.of === 'actual' ? 'reached' : 'expected'
  return `${threshold.percent}\u00a0% ${what}: ${money(reachedWith)} of ${money(amount)} ${currency}`
}
