import type { BurnPoint } from '../contract/budgets'
import type { Result } from '../contract/result'
import { moneyOf, unitsOf } from '../forecast/exact'
import { addDays, addMonths } from '../model/windows'
import type { Counted } from './budget-spend'
import type { Plan } from './plan'
import type { Projected } from './project-budget'

/**
 * The period from its first day to its last, each point with all before it: what has come in, the plan,
 * and what is expected. The forecast begins where the spend ends, so that the two lines meet.
 */
export function burnDown(
  { budget, period, asOf, spend }: Counted,
  plan: Plan,
  projected: Result<Projected> | null,
): BurnPoint[] {
  const monthly = budget.period === 'year'
  const ahead = projected?.ok ? projected.value.points : null
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
      plan: moneyOf(plan.upTo(next)),
      forecast: ahead !== null && (comes !== undefined || meets) ? moneyOf(expected) : null,
    })
    time = next
  }
  return points
}
