/** On-demand cost of each hour that is covered at one ratio. */
export interface Demand {
  /** What a covered hour costs of one on demand. */
  readonly ratio: number
  readonly hours: Float64Array
}

/** What hours cost with so much committed in each. */
export interface Outcome {
  readonly commitment: number
  /** Committed and on demand, over all hours. */
  readonly cost: number
  readonly used: number
  /** What is covered, at on-demand prices. */
  readonly covered: number
}

/** Ratios are learnt from rounded costs: what differs in the fifth decimal is the same rate. */
export function roundedRatio(ratio: number): number {
  return Math.round(ratio * 1e5) / 1e5
}

/** Demands of one ratio are one; the largest discount comes first, as AWS applies it. */
export function orderedDemands(demands: readonly Demand[]): readonly Demand[] {
  const byRatio = new Map<number, Float64Array>()
  for (const { ratio, hours } of demands) {
    const key = roundedRatio(ratio)
    const sum = byRatio.get(key)
    if (sum === undefined) byRatio.set(key, hours.slice())
    else for (let hour = 0; hour < hours.length; hour += 1) sum[hour] = (sum[hour] ?? 0) + (hours[hour] ?? 0)
  }
  return [...byRatio]
    .map(([ratio, hours]) => ({ ratio, hours }))
    .toSorted((left, right) => left.ratio - right.ratio)
}

/** `demands` as `orderedDemands` has them. */
export function outcomeOf(demands: readonly Demand[], commitment: number): Outcome {
  const count = demands[0]?.hours.length ?? 0
  let onDemand = 0
  let covered = 0
  let unused = 0
  for (let hour = 0; hour < count; hour += 1) {
    let left = commitment
    for (const { ratio, hours } of demands) {
      const need = hours[hour] ?? 0
      const price = need * ratio
      if (price <= left) {
        left -= price
        covered += need
      } else {
        const part = left / ratio
        covered += part
        onDemand += need - part
        left = 0
      }
    }
    unused += left
  }
  return { commitment, cost: commitment * count + onDemand, used: commitment * count - unused, covered }
}

/**
 * The commitment that costs least, in whole steps. With one ratio it is a quantile: one more step pays while it is
 * used in more than `ratio` of the hours. With several, cost is still convex, so that where one more step stops
 * paying is found by halving, and no step between is left out. Of equals the smallest: it binds least.
 */
export function optimalSteps(demands: readonly Demand[], step: number): number {
  const [only] = demands
  if (only === undefined || step <= 0) return 0
  const most = Math.ceil(largestHour(demands) / step)
  const pays = (steps: number) =>
    savedByStep(demands, steps * step, step) > step * only.hours.length + rounding
  let low = 0
  let high = most
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (pays(middle)) low = middle + 1
    else high = middle
  }
  return low
}

const rounding = 1e-9

/** What one more step on top of `from` takes off the on-demand cost: computed alone, so that nothing cancels. */
function savedByStep(demands: readonly Demand[], from: number, step: number): number {
  const count = demands[0]?.hours.length ?? 0
  let saved = 0
  for (let hour = 0; hour < count; hour += 1) {
    let below = from
    let left = step
    for (const { ratio, hours } of demands) {
      const price = (hours[hour] ?? 0) * ratio
      if (price <= below) {
        below -= price
        continue
      }
      const taken = Math.min(left, price - below)
      saved += taken / ratio
      left -= taken
      below = 0
      if (left <= 0) break
    }
  }
  return saved
}

/** What the hours cost when covered, in the one where it is most. */
function largestHour(demands: readonly Demand[]): number {
  return pricedHours(demands).reduce((most, one) => Math.max(most, one), 0)
}

/** The commitment that is used whole in all but `share` of the hours, in whole steps. */
export function lowWaterSteps(demands: readonly Demand[], step: number, share = 0.05): number {
  const sorted = pricedHours(demands).sort()
  return Math.floor((sorted[Math.floor(sorted.length * share)] ?? 0) / step + rounding)
}

function pricedHours(demands: readonly Demand[]): Float64Array {
  const sums = new Float64Array(demands[0]?.hours.length ?? 0)
  for (const { ratio, hours } of demands) {
    for (let hour = 0; hour < sums.length; hour += 1)
      sums[hour] = (sums[hour] ?? 0) + (hours[hour] ?? 0) * ratio
  }
  return sums
}
