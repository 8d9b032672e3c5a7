import { DriftTest } from './drift-test'
import type { Deviation, OrdinaryCourse } from './ordinary-course'
import { RunTest } from './run-test'
import { SeasonTest } from './season-test'

/**
 * How much of a single day's threshold each test over several days needs, so that all of them together keep to
 * the dial; found on generated series (see the benchmark).
 */
const strictness = { drift: 0.7, quickDrift: 0.52, run: 0.88, season: 1.5 } as const

/** How far each test is beyond its threshold: 1 is just there. Drift and run carry their direction. */
export interface SlowStrengths {
  readonly drift: number
  readonly run: number
  readonly season: number
}

/** The tests over several days: a drift, a run to one side, a new shape of the week. */
export class SlowChanges {
  private readonly drift = new DriftTest(21, 7)
  private readonly quickDrift = new DriftTest(8, 4)
  private stronger = this.drift
  readonly run = new RunTest()
  readonly season = new SeasonTest()

  step(
    course: OrdinaryCourse,
    weekday: number,
    { residual, size, z }: Deviation,
    threshold: number,
  ): SlowStrengths {
    const spread = course.spread()
    // One wild day is for the test of single days.
    const most = 3 * spread * size
    const clipped = Math.max(-most, Math.min(most, residual))
    const ordinary = course.ordinary() + clipped / Math.max(course.share(weekday), 0.3)
    const slowly = this.drift.step(ordinary, course.outlook(this.drift.span), spread) / strictness.drift
    const quickly =
      this.quickDrift.step(ordinary, course.outlook(this.quickDrift.span), spread) / strictness.quickDrift
    this.stronger = Math.abs(slowly) >= Math.abs(quickly) ? this.drift : this.quickDrift
    return {
      drift: (this.stronger === this.drift ? slowly : quickly) / threshold,
      run: this.run.step(z) / (threshold * strictness.run),
      season: this.season.step(weekday, z) / (threshold * strictness.season),
    }
  }

  /** What the change that was told in the last step moves, a day. */
  amountOf({ run, drift }: SlowStrengths, course: OrdinaryCourse): number {
    const unit = course.spread() * Math.abs(course.level)
    if (Math.abs(run) >= 1) return this.run.offset * unit
    if (Math.abs(drift) >= 1) return Math.abs(this.stronger.amount)
    return Math.max(...this.season.offs().map(Math.abs)) * unit
  }

  /** What an ordinary day would cost had it gone on as it was three weeks ago. */
  outlookBefore(): number {
    return this.drift.before
  }

  rebase(shift: number): void {
    this.drift.rebase(shift)
    this.quickDrift.rebase(shift)
  }

  restart(): void {
    this.drift.restart()
    this.quickDrift.restart()
  }

  /** After a change was told the sums over several days start anew. */
  settle(): void {
    this.run.reset()
    this.season.reset()
  }
}
