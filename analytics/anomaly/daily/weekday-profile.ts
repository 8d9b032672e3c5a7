import { RollingOrder } from '../rolling-order'

/** Weeks a weekday's share is taken over. */
const weeks = 8

/**
 * Each weekday's share of an ordinary day, as the median of its ratios to the week before it: neither a spike nor a
 * month's first day can bend it, and growth cancels.
 */
export class WeekdayProfile {
  private readonly ratios = Array.from({ length: 7 }, () => new RollingOrder(weeks))
  private readonly lastWeek = new RollingOrder(7)
  private readonly shares = new Float64Array(7).fill(1)
  /** What the ratios are divided by, so that the shares have a mean of 1. */
  private mean = 1
  private stale = true

  share(weekday: number): number {
    if (this.stale) this.settle()
    return this.shares[weekday] ?? 1
  }

  /** What an ordinary day of the last week cost. */
  reference(): number {
    const middle = this.lastWeek.median()
    const mean = this.lastWeek.mean()
    // Work that runs on one or two days a week has a median of zero.
    return Math.abs(middle) < 0.3 * Math.abs(mean) ? mean : middle
  }

  learn(weekday: number, value: number): void {
    this.lastWeek.push(value)
    if (this.lastWeek.size < 7) return
    const reference = this.reference()
    if (reference === 0) return
    this.ratios[weekday]?.push(Math.max(-2, Math.min(10, value / reference)))
    this.stale = true
  }

  /**
   * The rhythm has changed: from now on this weekday has this share. Answers with the factor by which an ordinary day
   * is dearer now, since the shares of the other weekdays have to make room.
   */
  replace(weekday: number, share: number): number {
    const other = (weekday + 3) % 7
    const before = this.share(other)
    this.ratios[weekday]?.refill(share * this.mean, 5)
    this.stale = true
    const after = this.share(other)
    return after === 0 ? 1 : before / after
  }

  /** This part of an ordinary day is now the same on all weekdays. */
  moveTowardsEven(part: number): void {
    const shares = Array.from({ length: 7 }, (_, day) => this.share(day))
    for (const [day, ratios] of this.ratios.entries()) {
      ratios.refill((part + (1 - part) * (shares[day] ?? 1)) * this.mean, 5)
    }
    this.stale = true
  }

  private settle(): void {
    this.stale = false
    if (this.ratios.some((ratios) => ratios.size < 2)) return
    let sum = 0
    for (let day = 0; day < 7; day += 1) {
      const share = this.ratios[day]?.median() ?? 1
      this.shares[day] = share
      sum += share
    }
    // Series that swing around zero have no shares worth the name.
    const sound = sum / 7 > 0.2 && this.shares.every((share) => share >= 0)
    this.mean = sound ? sum / 7 : 1
    for (let day = 0; day < 7; day += 1) this.shares[day] = sound ? (this.shares[day] ?? 1) / this.mean : 1
  }
}
