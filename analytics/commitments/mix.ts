import type { CommitmentPlan, Mix } from '../contract/commitments'
import { type Demand, optimalSteps, outcomeOf } from './optimum'
import { type Ahead, demandsOf, money, monthly } from './plan-purchase'
import type { Product } from './products'

/** Of monthly on-demand cost: what one is ready to lose when traffic falls. */
const tolerances = [0, 0.01, 0.02, 0.05, 0.1]

export interface SpotRate {
  /** What spot costs of on demand; null where nobody knows. */
  readonly ratio: number | null
  readonly origin: string
}

/**
 * How much of a workload to commit, to run on spot and to leave on demand: what may be interrupted runs on spot where
 * that is cheaper, and of the rest so much is committed as costs least, or, where the loss after a fall of traffic
 * would be more than is tolerated, as much as keeps it below.
 */
export function mixOf(
  product: Product,
  ahead: Ahead,
  fall: number,
  interruptible: number,
  spot: SpotRate,
): NonNullable<CommitmentPlan['mix']> {
  const onSpot = spot.ratio !== null && spot.ratio < 1 ? interruptible : 0
  const [all, rest, fallen] = [
    demandsOf(product, ahead.now),
    scaled(demandsOf(product, ahead.now), 1 - onSpot),
    scaled(demandsOf(product, ahead.fallen(fall)), 1 - onSpot),
  ]
  const hours = all[0]?.hours.length ?? 1
  const total = outcomeOf(all, 0).cost
  const { step } = product
  const loss = (steps: number) => outcomeOf(fallen, steps * step).cost - outcomeOf(fallen, 0).cost
  const best = optimalSteps(rest, step)
  const bestFallen = Math.min(best, optimalSteps(fallen, step))
  const steps = tolerances.map((tolerance): Mix => {
    const chosen = mostWithin(bestFallen, best, (count) => loss(count) <= tolerance * total + 1e-9)
    const { cost, covered } = outcomeOf(rest, chosen * step)
    const spotCost = total * onSpot * (spot.ratio ?? 1)
    const committed = total === 0 ? 0 : covered / total
    return {
      tolerance,
      committed: rounded(committed),
      spot: rounded(onSpot),
      onDemand: rounded(Math.max(0, 1 - committed - onSpot)),
      commitment: money(chosen * step),
      monthlySaving: money(monthly(total - cost - spotCost, hours)),
      monthlyLoss: money(monthly(loss(chosen), hours)),
    }
  })
  return {
    offering: product.offering,
    interruptible,
    spotRatio: spot.ratio === null ? null : rounded(spot.ratio),
    spotOrigin: spot.origin,
    steps,
  }
}

/** Beyond the best for fallen traffic the loss only grows: the last step that is still within is found by halving. */
function mostWithin(from: number, to: number, within: (steps: number) => boolean): number {
  if (!within(from)) return 0
  let [low, high] = [from, to]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (within(middle)) low = middle
    else high = middle - 1
  }
  return low
}

function scaled(demands: readonly Demand[], factor: number): readonly Demand[] {
  return demands.map(({ ratio, hours }) => ({ ratio, hours: hours.map((cost) => cost * factor) }))
}

const rounded = (share: number) => Math.round(share * 1e6) / 1e6
