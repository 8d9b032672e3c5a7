import type { Budget } from '../contract/budgets'
import type { Window } from '../contract/periods'
import { moneyOf, unitsOf } from '../forecast/exact'
import { addMonths } from '../model/windows'

export const monthsOfPeriod = { month: 1, quarter: 3, year: 12 } as const

export interface BudgetedPeriod extends Window {
  /** 0 is the first. */
  readonly index: number
  readonly amount: string
}

type Periods = Pick<Budget, 'amount' | 'growth' | 'period' | 'from' | 'to'>

export function periodAt(budget: Periods, index: number): BudgetedPeriod {
  const months = monthsOfPeriod[budget.period]
  return {
    index,
    from: addMonths(budget.from, index * months),
    to: addMonths(budget.from, (index + 1) * months),
    amount: amountOf(budget, index),
  }
}

/** The period that a day lies in: the first of a budget that is still to come, the last of one that is over. */
export function periodOf(budget: Periods, day: string): BudgetedPeriod {
  const last = budget.to === null ? Number.POSITIVE_INFINITY : periodsBetween(budget, budget.to) - 1
  return periodAt(budget, Math.max(0, Math.min(periodsBetween(budget, day), last)))
}

function periodsBetween({ from, period }: Periods, day: string): number {
  const month = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7))
  return Math.floor((month(day) - month(from)) / monthsOfPeriod[period])
}

/** What the store can hold: growth of many years would leave it behind. */
const most = 10n ** 37n
/** 100 % and four decimals of it. */
const whole = 1_000_000n

/** Each period's amount is the one before with its growth, half-even on the twelfth decimal. */
function amountOf({ amount, growth }: Periods, index: number): string {
  const factor = whole + unitsOf(growth) / 100_000_000n
  let units = unitsOf(amount)
  if (factor === whole) return moneyOf(units)
  for (let at = 0; at < index && units < most; at += 1) units = dividedHalfEven(units * factor, whole)
  return moneyOf(units < most ? units : most)
}

/** Of positive numbers. */
export function dividedHalfEven(units: bigint, divisor: bigint): bigint {
  const [quotient, twice] = [units / divisor, (units % divisor) * 2n]
  return twice > divisor || (twice === divisor && quotient % 2n === 1n) ? quotient + 1n : quotient
}
