import { RollingOrder } from '../rolling-order'

/**
 * Too slow for any single day to stand out: the level of the last week against what it was heading for three weeks
 * ago. What such differences usually are, growth included, is taken from their own past.
 */
export class DriftTest {
  private readonly outlooks: number[] = []
  private readonly newest: RollingOrder
  private readonly usual = new RollingOrder(150)
  /** By how much the level differed in the last step, as an amount a day. */
  amount = 0

  /** The median of the `newest` days against the outlook `span` days ago. */
  constructor(
    readonly span: number,
    newest: number,
  ) {
    this.newest = new RollingOrder(newest)
  }

  /** In robust standard deviations; 0 while there is too little to compare with. */
  step(value: number, outlook: number, spread: number): number {
    this.newest.push(value)
    const then = this.outlooks[0]
    this.outlooks.push(outlook)
    if (this.outlooks.length <= this.span) return 0
    this.outlooks.shift()
    if (then === undefined || then === 0) return 0
    const change = (this.newest.median() - then) / Math.abs(then)
    this.amount = change * Math.abs(then)
    const ready = this.usual.size >= 21
    const middle = ready ? 0.7 * this.usual.median() : 0
    const width = this.usualWidth(spread)
    const stands = ready ? (change - middle) / width : 0
    // A drift must not become usual while it lasts.
    this.usual.push(Math.max(middle - 2.5 * width, Math.min(middle + 2.5 * width, change)))
    return stands
  }

  /** Where the level was heading at the start of the span. */
  get before(): number {
    return this.outlooks[0] ?? 0
  }

  /** The level has moved for a known reason: not a drift. */
  rebase(shift: number): void {
    for (let at = 0; at < this.outlooks.length; at += 1) this.outlooks[at] = (this.outlooks[at] ?? 0) + shift
    this.newest.add(shift)
  }

  /** There is nothing left to compare with. */
  restart(): void {
    this.outlooks.length = 0
    this.newest.clear()
  }

  private usualWidth(spread: number): number {
    const iqr = this.usual.size < 21 ? 0 : this.usual.quantile(0.75) - this.usual.quantile(0.25)
    return Math.max(0.012, 0.9 * spread, 0.7413 * iqr)
  }
}
