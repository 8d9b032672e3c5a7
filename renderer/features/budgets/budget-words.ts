import type { BudgetAlert, BudgetState, BudgetStatus } from '../../../analytics/contract/budgets'
import type { Filter } from '../../../analytics/contract/spend'
import { digitsOf, formatMoney } from '../../format/money'
import { formatDay, formatMonth } from '../../format/time'

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

export const periodWords = { month: 'Monthly', quarter: 'Quarterly', year: 'Yearly' } as const

/** `September 2026`, or the days of a longer period, the last one named. */
export function periodText({ from, to }: Pick<BudgetStatus, 'from' | 'to'>): string {
  const last = new Date(Date.parse(`${to}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
  return from.slice(0, 7) === last.slice(0, 7)
    ? formatMonth(from.slice(0, 7))
    : `${formatDay(from)} to ${formatDay(last)}`
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
