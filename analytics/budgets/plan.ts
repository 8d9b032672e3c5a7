import type { Budget, BudgetPlan } from '../contract/budgets'
import { type Result, succeed } from '../contract/result'
import { unitsOf } from '../forecast/exact'
import type { Asking } from '../model/ask'
import { addDays, addMonths, daysBetween } from '../model/windows'
import { type BudgetedPeriod, dividedHalfEven } from './budget-periods'
import { type BudgetSpend, spendOf } from './budget-spend'

/** How much of a period's amount is meant to be spent before a day of it, in units. */
export interface Plan {
  readonly follows: BudgetPlan
  upTo(day: string): bigint
}

/** Spend a year before can be followed where the data has all of it, and something came in. */
export async function planOf(budget: Budget, period: BudgetedPeriod, context: Asking): Promise<Result<Plan>> {
  const before = { from: addMonths(period.from, -12), to: addMonths(period.to, -12) }
  const { firstDay, lastDay } = context.facts
  const isKnown =
    firstDay !== null && lastDay !== null && firstDay <= before.from && addDays(lastDay, 1) >= before.to
  if (budget.plan === 'even' || !isKnown) return succeed(evenPlan(period))
  const spend = await spendOf(budget, before, budget.period === 'year' ? 'month' : 'day', context)
  return spend.ok ? succeed(planAfter(period, spend.value)) : spend
}

export function evenPlan({ amount, from, to }: BudgetedPeriod): Plan {
  const days = BigInt(daysBetween(from, to))
  return {
    follows: 'even',
    upTo: (day) => dividedHalfEven(unitsOf(amount) * BigInt(daysBetween(from, day)), days),
  }
}

/** A point that came to less than nothing is none to plan for: a plan never falls. */
export function planAfter(period: BudgetedPeriod, { points }: Pick<BudgetSpend, 'points'>): Plan {
  const course = [...points].map(([time, amount]) => ({ time, units: positive(unitsOf(amount)) }))
  const sum = (before: string) =>
    course.reduce((units, point) => (point.time < before ? units + point.units : units), 0n)
  const all = sum(addMonths(period.to, -12))
  if (all === 0n) return evenPlan(period)
  return {
    follows: 'last-year',
    upTo: (day) => dividedHalfEven(unitsOf(period.amount) * sum(addMonths(day, -12)), all),
  }
}

function positive(units: bigint): bigint {
  return units > 0n ? units : 0n
}
