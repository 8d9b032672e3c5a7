import { halfWidths } from '../intervals'
import { at, mean, type Values } from '../numbers'
import type { Grown } from './grow'

export interface Watched {
  readonly errors: readonly Values[]
  readonly independent: number
  /** What a day of the bill comes to nowadays. */
  readonly level: number
}

export function watchedOf({ forecast, history }: Pick<Grown, 'forecast' | 'history'>): Watched {
  return {
    errors: forecast?.errors ?? [],
    independent: forecast?.independent ?? 1,
    level: mean(history.values.subarray(Math.max(0, history.values.length - 28))),
  }
}

/**
 * How far off the sum of some days ahead may be. Errors of single days partly cancel, so the sum has its own: that
 * of the same days in each backtest, or of the last ones a backtest reached, grown by how much further it is.
 */
export function widthOfSum(
  { errors, independent, level }: Watched,
  from: number,
  to: number,
): { readonly w80: number; readonly w95: number } {
  const length = to - from
  const sums = errors.map((error) => {
    const end = Math.min(to, error.length)
    const begin = Math.max(0, Math.min(from, end - length))
    let sum = 0
    for (let step = begin; step < end; step += 1) sum += at(error, step)
    return Float64Array.of(sum * (length / Math.max(1, end - begin)) * Math.sqrt(to / Math.max(1, end)))
  })
  const usual = level > 0 ? () => level * length * (0.03 + 0.0009 * to) : null
  const { w80, w95 } = halfWidths(sums, 1, independent, usual)
  return { w80: at(w80, 0), w95: at(w95, 0) }
}
