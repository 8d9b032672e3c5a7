import type { BurnPoint } from '../contract/budgets'
import type { Result } from '../contract/result'
import { moneyOf, unitsOf } from '../forecast/exact'
import { addDays, addMonths, daysBetween } from '../model/windows'
import { dividedHalfEven } from './budget-periods'
import type { Counted } from './budget-spend'
import type { Projected } from './project-budget'

/**
 * The period from its first day to its last, each point with all before it: what has come in, an even plan by days,
 * and what is expected. The forecast begins where the spend ends, so that the two lines meet.
 */
export function burnDown(
  { budget, period, asOf, spend }: Counted,
  projected: Result<Projected> | null,
): BurnPoint[] {
  const monthly = budget.period === 'year'
  const ahead = projected?.ok ? projected.value.points : null
  const amount = unitsOf(period.amount)
  const days = BigInt(daysBetween(period.from, period.to))
  const points: BurnPoint[] = []
  let [actual, expected] = [0n, 0n]
  for (let time = period.from; time < period.to; ) {
    const next = monthly ? addMonths(time, 1) : addDays(time, 1)
    const came = spend.points.get(time)
    const comes = ahead?.get(time)
    const isPast = asOf !== null && time <= asOf
    actual += came === undefined ? 0n : unitsOf(came)
    expected += unitsOf(comes ?? came ?? '0')
    // Of the month that the data ends in, what is expected by its end stands beside what has come in.
    const meets = isPast && (monthly ? comes !== undefined : ahead !== null && ahead.get(next) !== undefined)
    points.push({
      time,
      actual: isPast ? moneyOf(actual) : null,
      plan: moneyOf(dividedHalfEven(amount * BigInt(daysBetween(period.from, next)), days)),
      forecast: ahead !== null && (comes !== undefined || meets) ? moneyOf(expected) : null,
    })
    time = next
  }
  return points
}
