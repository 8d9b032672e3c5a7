import type { BudgetState, BudgetStatus, BudgetThreshold } from '../contract/budgets'
import type { Result } from '../contract/result'
import { moneyOf, unitsOf } from '../forecast/exact'
import { addDays, daysBetween } from '../model/windows'
import type { Counted } from './budget-spend'
import { percentOf } from './percent'
import type { Projected } from './project-budget'

export function statusOf(counted: Counted, projected: Result<Projected> | null): BudgetStatus {
  const { budget, period, asOf, spend } = counted
  const [amount, actual] = [unitsOf(period.amount), unitsOf(spend.total)]
  const projection = projected?.ok ? projected.value.projection : null
  const reached = budget.thresholds.filter((threshold) =>
    isReached(threshold, amount, actual, projection && unitsOf(projection.total)),
  )
  const counts = asOf !== null && asOf >= period.from
  return {
    budget,
    state: stateOf(counted, { counts, reached, expected: projection && unitsOf(projection.total) }),
    from: period.from,
    to: period.to,
    amount: period.amount,
    actual: spend.total,
    left: moneyOf(amount - actual),
    percent: percentOf(actual, amount),
    asOf,
    daysLeft: counts
      ? Math.max(0, daysBetween(addDays(asOf, 1), period.to))
      : daysBetween(period.from, period.to),
    projection,
    projectionNote: projected === null || projected.ok ? null : projected.failure.message,
    reached,
  }
}

interface Known {
  /** There is data of the period. */
  readonly counts: boolean
  readonly reached: readonly BudgetThreshold[]
  readonly expected: bigint | null
}

function stateOf(
  { budget, period, asOf, spend }: Counted,
  { counts, reached, expected }: Known,
): BudgetState {
  if (!counts) return 'waiting'
  if (budget.to !== null && asOf !== null && asOf >= budget.to) return 'ended'
  const amount = unitsOf(period.amount)
  if (unitsOf(spend.total) > amount) return 'over'
  return reached.length > 0 || (expected !== null && expected > amount) ? 'at-risk' : 'ok'
}

/** Compared as whole units: no rounding moves a threshold. */
function isReached(
  { of, percent }: BudgetThreshold,
  amount: bigint,
  actual: bigint,
  expected: bigint | null,
): boolean {
  const reaching = of === 'actual' ? actual : expected
  return reaching !== null && reaching * 100n >= amount * BigInt(percent)
}
