import type { CurvePoint, Purchase, Rate } from '../contract/commitments'
import { moneyOf, unitsOfEstimate } from '../forecast/exact'
import { type Demand, lowWaterSteps, type Outcome, optimalSteps, orderedDemands, outcomeOf } from './optimum'
import type { Product } from './products'
import type { HourlyUsage } from './waterfall'

/** Hours of a month of 30.4375 days. */
export const monthHours = 730.5
/** Up to the optimum so many points of the curve, and more beyond it. */
const [pointsBefore, pointsBeyond] = [25, 15]
const weakest = { low: 0, medium: 1, high: 2 } as const

/** What is on demand in the months ahead, with what has ended by then; and after a fall of traffic. */
export interface Ahead {
  readonly now: readonly HourlyUsage[]
  readonly fallen: (fall: number) => readonly HourlyUsage[]
  readonly months: readonly {
    readonly month: string
    readonly usage: readonly HourlyUsage[]
    /** What ends of what covers this usage, an hour. */
    readonly ending: (product: Product) => number
  }[]
}

export function demandsOf(product: Product, usage: readonly HourlyUsage[]): readonly Demand[] {
  return orderedDemands(
    usage.flatMap(({ kind, hours }) => {
      const rate = product.covers(kind) ? product.rateOf(kind) : null
      return rate === null ? [] : [{ ratio: rate.ratio, hours }]
    }),
  )
}

export function money(amount: number): string {
  return moneyOf(unitsOfEstimate(amount))
}

export function monthly(amount: number, hours: number): number {
  return (amount / hours) * monthHours
}

export function planPurchase(product: Product, ahead: Ahead, fall: number): Omit<Purchase, 'chosen'> | null {
  const demands = demandsOf(product, ahead.now)
  const hours = demands[0]?.hours.length ?? 0
  if (hours === 0) return null
  const { step } = product
  const none = outcomeOf(demands, 0)
  const best = optimalSteps(demands, step)
  if (best === 0) return null
  const point = (steps: number) => pointOf(outcomeOf(demands, steps * step), none, hours)
  const low = lowWaterSteps(demands, step)
  return {
    id: product.id,
    offering: product.offering,
    rule: product.offering === 'reservation' ? 'node-reservation' : 'low-coverage',
    scope: product.scope,
    term: product.term,
    payment: product.payment,
    rate: meanRate(product, ahead.now),
    step: money(step),
    monthlyOnDemand: money(monthly(none.cost, hours)),
    curve: stepsOfCurve(best, low).map(point),
    optimum: point(best),
    lowWater: point(low),
    units: product.offering === 'reservation' ? best : null,
    regret: regretOf(product, ahead, fall, best),
    breakEven: {
      utilisation: breakEvenUse(demands, best * step),
      fall: breakEvenFall(product, ahead, best * step),
    },
    ladder: ladderOf(product, ahead),
  }
}

/** Evenly apart, with the optimum among them and the low-water mark in the place of its neighbour. */
function stepsOfCurve(best: number, low: number): readonly number[] {
  const even = Array.from({ length: pointsBefore + pointsBeyond + 1 }, (_, at) =>
    Math.round((best * at) / pointsBefore),
  )
  const near = even.reduce((one, other) =>
    other !== best && Math.abs(other - low) < Math.abs(one - low) ? other : one,
  )
  return [...new Set(low === best ? even : even.map((steps) => (steps === near ? low : steps)))].toSorted(
    (left, right) => left - right,
  )
}

function pointOf({ commitment, cost, used, covered }: Outcome, none: Outcome, hours: number): CurvePoint {
  return {
    commitment: money(commitment),
    monthlyCost: money(monthly(cost, hours)),
    monthlySaving: money(monthly(none.cost - cost, hours)),
    utilisation: commitment === 0 ? null : rounded(used / (commitment * hours)),
    coverage: none.cost === 0 ? null : rounded(covered / none.cost),
  }
}

const rounded = (share: number) => Math.round(share * 1e6) / 1e6

/** Weighted by what each kind costs on demand; as sure as the least sure of those that matter. */
function meanRate(product: Product, usage: readonly HourlyUsage[]): Rate {
  const priced = usage.flatMap(({ kind, hours }) => {
    const rate = product.covers(kind) ? product.rateOf(kind) : null
    return rate === null ? [] : [{ rate, cost: hours.reduce((sum, one) => sum + one, 0) }]
  })
  const cost = priced.reduce((sum, one) => sum + one.cost, 0)
  const most = priced.reduce((one, other) => (other.cost > one.cost ? other : one))
  const least = priced
    .filter((one) => one.cost >= cost * 0.1)
    .reduce(
      (one, other) => (weakest[other.rate.confidence] < weakest[one.rate.confidence] ? other : one),
      most,
    )
  return {
    ratio: rounded(priced.reduce((sum, one) => sum + one.rate.ratio * one.cost, 0) / cost),
    source: least.rate.source,
    origin: least.rate.origin,
    confidence: least.rate.confidence,
  }
}

/** What buying the optimum costs when traffic then falls, beside what would have been best, and beside nothing. */
function regretOf(product: Product, ahead: Ahead, fall: number, steps: number): Purchase['regret'] {
  const demands = demandsOf(product, ahead.fallen(fall))
  const hours = demands[0]?.hours.length ?? 1
  const cost = (count: number) => outcomeOf(demands, count * product.step).cost
  const bought = cost(steps)
  return {
    fall,
    besideBest: money(monthly(bought - cost(optimalSteps(demands, product.step)), hours)),
    besideNone: money(monthly(bought - cost(0), hours)),
  }
}

/** Below this use the last hour committed costs more than it covers: one less the discount at the margin. */
function breakEvenUse(demands: readonly Demand[], commitment: number): number {
  const { used, covered } = outcomeOf(demands, commitment)
  return covered === 0 ? 1 : rounded(used / covered)
}

const fallSteps = 10

/** Between two falls that tell, halved until they are a thousandth apart. */
function breakEvenFall(product: Product, ahead: Ahead, commitment: number): number | null {
  const pays = (fall: number) => {
    const demands = demandsOf(product, ahead.fallen(fall))
    return outcomeOf(demands, commitment).cost <= outcomeOf(demands, 0).cost
  }
  if (pays(1)) return null
  let [low, high] = [0, 1]
  for (let step = 0; step < fallSteps; step += 1) {
    const middle = (low + high) / 2
    if (pays(middle)) low = middle
    else high = middle
  }
  return Math.round(low * 1_000) / 1_000
}

/** The same share of what is still missing every month, so that what is bought ends in steps too. */
function ladderOf(product: Product, { months }: Ahead): Purchase['ladder'] {
  let bought = 0
  // Nothing ends in most months: their usage is that of the month before.
  const targets = new Map<readonly HourlyUsage[], number>()
  return months.map(({ month, usage, ending }, at) => {
    const target = targets.get(usage) ?? optimalSteps(demandsOf(product, usage), product.step)
    targets.set(usage, target)
    const missing = Math.max(0, target - bought)
    const buy = Math.ceil(missing / (months.length - at))
    bought += buy
    return {
      month,
      ending: money(ending(product)),
      target: money(target * product.step),
      buy: money(buy * product.step),
      bought: money(bought * product.step),
    }
  })
}
