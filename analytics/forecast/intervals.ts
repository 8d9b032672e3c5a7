import { at, quantile, type Values } from './numbers'

export interface Bands {
  readonly lo80: Values
  readonly hi80: Values
  readonly lo95: Values
  readonly hi95: Values
}

/** Student's t over the normal's quantile, by how many origins speak: few of them say less than they seem to. */
const widening80 = [0, 2.4, 1.472, 1.278, 1.196, 1.152, 1.124, 1.104, 1.09, 1.079, 1.07, 1.064, 1.058]
const widening95 = [0, 6.48, 2.195, 1.623, 1.416, 1.312, 1.248, 1.207, 1.177, 1.154, 1.137, 1.122, 1.111]

/** How much less each older origin says about how wide the band is now. */
const ageing = 0.85

/** What is usual for its kind counts like so many origins of the series itself. */
const priorOrigins = 3

interface Level {
  readonly share: number
  /** Of the mean absolute error, were errors normal. */
  readonly normal: number
  readonly widening: readonly number[]
  /** How much of the widening is needed: measured on M4 holdouts and on cost-like bills. */
  readonly power: number
  /** Bills have rarer and larger surprises than other series. */
  readonly ofBills: number
}

const levels = {
  80: { share: 0.8, normal: 1.606, widening: widening80, power: 0.25, ofBills: 0.945 },
  95: { share: 0.95, normal: 2.457, widening: widening95, power: 0.9, ofBills: 1.18 },
} as const satisfies Record<number, Level>

/**
 * Split conformal: how far off the backtests were says how wide the band is. Errors of all steps are brought to
 * one scale by how they grow with the horizon; the quantile of theirs is averaged with what the mean error would
 * mean for normal ones, because the far tail of a handful of origins is hardly known.
 */
export function halfWidths(
  errors: readonly Values[],
  horizon: number,
  independent: number,
  usual: ((step: number) => number) | null,
): { readonly w80: Values; readonly w95: Values } {
  const seen = errorGrowth(errors, horizon)
  const doubt = priorOrigins / (priorOrigins + independent)
  const growth =
    usual && seen.some((value) => value > 0)
      ? seen.map((value, step) => (1 - doubt) * value + doubt * Math.max(value, usual(step)))
      : seen
  const scores: number[] = []
  for (const error of errors) {
    for (let step = 0; step < error.length; step += 1) {
      const typical = at(growth, step)
      scores.push(typical > 0 ? Math.abs(at(error, step)) / typical : 0)
    }
  }
  const sorted = Float64Array.from(scores)
  const width = ({ share, normal, widening, power, ofBills }: Level) => {
    const factor = between(widening, independent) ** power * (usual ? ofBills : 1)
    const times = factor * (0.5 * normal + 0.5 * quantile(sorted, share))
    return growth.map((typical) => typical * times)
  }
  return { w80: width(levels[80]), w95: width(levels[95]) }
}

function between(table: readonly number[], place: number): number {
  const low = Math.min(Math.max(1, Math.floor(place)), table.length - 1)
  const first = table[low] ?? 1
  const next = table[Math.min(low + 1, table.length - 1)] ?? first
  return first + (next - first) * Math.min(1, Math.max(0, place - low))
}

/** Mean absolute error by step, never falling, and grown by the root of the horizon where no backtest reaches. */
function errorGrowth(errors: readonly Values[], horizon: number): Values {
  const reach = Math.min(horizon, Math.max(0, ...errors.map(({ length }) => length)))
  const blocks: { total: number; steps: number }[] = []
  for (let step = 0; step < reach; step += 1) {
    let total = 0
    let count = 0
    let weight = 1
    // The newest origin last: it counts most.
    for (let origin = errors.length - 1; origin >= 0; origin -= 1) {
      const error = errors[origin]
      if (error && step < error.length) {
        total += weight * Math.abs(at(error, step))
        count += weight
      }
      weight *= ageing
    }
    blocks.push({ total: count > 0 ? total / count : 0, steps: 1 })
    // Isotonic by pooling neighbours that are out of order.
    for (;;) {
      const last = blocks.at(-1)
      const before = blocks.at(-2)
      if (!last || !before || before.total / before.steps <= last.total / last.steps) break
      before.total += last.total
      before.steps += last.steps
      blocks.pop()
    }
  }
  const growth = new Float64Array(horizon)
  let step = 0
  for (const { total, steps } of blocks) {
    growth.fill(total / steps, step, step + steps)
    step += steps
  }
  const last = reach > 0 ? at(growth, reach - 1) : 0
  for (let far = reach; far < horizon; far += 1)
    growth[far] = last * Math.sqrt((far + 1) / Math.max(1, reach))
  return growth
}

export function bandsAround(
  mean: Values,
  { w80, w95 }: { readonly w80: Values; readonly w95: Values },
  floor: number | null,
): Bands {
  const low = (width: Values) =>
    mean.map((value, step) =>
      floor === null ? value - at(width, step) : Math.max(Math.min(floor, value), value - at(width, step)),
    )
  const high = (width: Values) => mean.map((value, step) => value + at(width, step))
  return { lo80: low(w80), hi80: high(w80), lo95: low(w95), hi95: high(w95) }
}
