import { RollingOrder } from '../rolling-order'

/** The part of a statistic's past that counts as its tail. */
const tailFrom = 0.98
const leastPast = 50
/** Where nothing ever happened, what happens is ordered by its size. */
const leastMean = 1e-12

/**
 * How unlikely a statistic is by its own past: peaks over a high quantile, with an exponential excess. Answers in powers of ten,
 * 0 below the tail.
 */
export class UpperTail {
  private readonly past = new RollingOrder(6_000)

  rarity(value: number): number {
    const { past } = this
    if (past.size < leastPast) return 0
    const from = past.quantile(tailFrom)
    if (value <= from) return 0
    const usual = past.quantile(0.9) - past.median()
    const { sum, count } = past.excessOver(tailFrom, from)
    // A young tail has few peaks: the width of the bulk stands in for what has not been seen.
    const mean = Math.max((sum + 0.5 * usual) / (count + 1) + 0.02 * usual, leastMean)
    return -Math.log10(1 - tailFrom) + (value - from) / mean / Math.LN10
  }

  push(value: number): void {
    this.past.push(value)
  }
}
