import { RollingOrder } from '../rolling-order'
import { MonthSchedule } from './month-schedule'
import { WeekdayProfile } from './weekday-profile'

/** One day against what was to be expected of it. */
export interface Deviation {
  readonly expected: number
  /** The scheduled part of it. */
  readonly scheduled: number
  readonly residual: number
  /** Residual in robust standard deviations. */
  readonly z: number
  /** What an ordinary day of this weekday costs: deviations are in proportion to it. */
  readonly size: number
}

/** Nobody wants to hear about less than this share of a day. */
const leastSpread = 0.012
const levelGain = 0.14
const slopeGain = 0.03
export const slopeDamping = 0.93
/** A scheduled amount is at least this share of what a day used to cost. */
const leastScheduled = 0.04
const magnitudeFading = 0.995
/** Days before there is a weekday profile and a scale worth using. */
export const settlingDays = 14

/**
 * The ordinary course of a daily cost: level times weekday, and what the calendar schedules. It looks one day
 * ahead and learns a day only after it was judged; large surprises are learnt in part, so that a spike does not bend it.
 */
export class OrdinaryCourse {
  private readonly profile = new WeekdayProfile()
  private readonly schedule = new MonthSchedule()
  private readonly spreads = new RollingOrder(60)
  private readonly lately = new RollingOrder(10)
  private slope = 0
  /** What the series was used to: it forgets in months. */
  private magnitude = 0
  private days = 0
  level = 0

  get settled(): boolean {
    return this.days >= settlingDays
  }

  /** One robust standard deviation as a share of a day's cost; heavy tails count. */
  spread(): number {
    if (this.spreads.size < 5) return 0.2
    const usual = 1.4826 * this.spreads.median()
    const tail = (0.9 * this.spreads.quantile(0.9)) / 1.645
    // A young scale is too small more often than too large.
    return Math.max(leastSpread, usual, tail) * (1 + 4 / this.spreads.size)
  }

  ordinary(): number {
    return this.level + this.slope
  }

  get slopeADay(): number {
    return this.slope
  }

  share(weekday: number): number {
    return this.profile.share(weekday)
  }

  shares(): number[] {
    return Array.from({ length: 7 }, (_, weekday) => this.profile.share(weekday))
  }

  judge(value: number, weekday: number, monthDay: number, daysLeft: number): Deviation {
    const ordinary = this.ordinary()
    const base = ordinary * this.profile.share(weekday)
    const size = Math.max(Math.abs(base), 0.3 * Math.abs(ordinary))
    const unit = this.spread() * size
    const excess = value - base
    const scheduled = this.schedule.expect(
      monthDay,
      daysLeft,
      Math.max(4 * unit, leastScheduled * this.magnitude),
    )
    const wider = Math.hypot(unit, 0.5 * scheduled.spread, 0.08 * scheduled.amount)
    const withIt = standard(excess - scheduled.amount, wider)
    const without = scheduled.firm ? Number.POSITIVE_INFINITY : standard(excess, unit)
    const amount = Math.abs(withIt) <= Math.abs(without) ? scheduled.amount : 0
    return {
      expected: base + amount,
      scheduled: amount,
      residual: excess - amount,
      z: amount === 0 && Math.abs(without) < Math.abs(withIt) ? without : withIt,
      size,
    }
  }

  /** `frozen` days are out of the ordinary: they say nothing about level and spread. */
  learn(
    value: number,
    { scheduled, residual, size }: Deviation,
    weekday: number,
    monthDay: number,
    daysLeft: number,
    frozen: boolean,
  ): void {
    const share = this.profile.share(weekday)
    const base = this.ordinary() * share
    if (this.settled) this.schedule.learn(monthDay, daysLeft, value - base)
    this.profile.learn(weekday, frozen ? base : value - scheduled)
    this.lately.push((value - scheduled) / Math.max(share, 0.3))
    this.days += 1
    this.magnitude = Math.max(magnitudeFading * this.magnitude, Math.abs(this.level))
    if (this.days <= settlingDays) {
      this.level = this.lately.median()
      return
    }
    if (this.days === settlingDays + 1) this.level = this.lately.median()
    if (frozen) return
    if (size > 0) this.spreads.push(Math.abs(residual) / size)
    const most = 2.5 * this.spread() * size
    const gain = share / (share * share + 0.1)
    const step = Math.max(-most, Math.min(most, residual)) * gain
    this.level = this.ordinary() + levelGain * step
    this.slope = slopeDamping * this.slope + slopeGain * levelGain * step
  }

  /** The level has moved for good. */
  rebase(level: number): void {
    this.level = level
    this.slope = 0
  }

  /** So much more every day, whatever the weekday. */
  addFlat(amount: number): void {
    const level = this.level + amount
    if (level !== 0) this.profile.moveTowardsEven(amount / level)
    this.rebase(level)
  }

  replaceShare(weekday: number, share: number): void {
    const dearer = this.profile.replace(weekday, share)
    this.level *= dearer
    this.slope *= dearer
  }
}

function standard(residual: number, unit: number): number {
  if (residual === 0) return 0
  return unit === 0 ? Math.sign(residual) * Number.POSITIVE_INFINITY : residual / unit
}
