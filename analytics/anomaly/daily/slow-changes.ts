import { ChangeTest } from './change-test'
import type { Deviation, OrdinaryCourse } from './ordinary-course'
import { SeasonTest } from './season-test'

/**
 * How much of a single day's threshold each test over several days needs, so that all of them together keep to
 * the dial; found on generated series (see the benchmark).
 */
const strictness = { drift: 0.68, run: 0.76, season: 1.5 } as const

/** How far each test is beyond its threshold: 1 is just there. Drift and run carry their direction. */
export interface SlowStrengths {
  readonly drift: number
  readonly run: number
  readonly season: number
}

/** The tests over several days: a drift, a run to one side, a new shape of the week. */
export class SlowChanges {
  readonly drift = new ChangeTest('drift', [6, 8, 11, 15])
  readonly run = new ChangeTest('step', [3, 4, 5, 7])
  readonly season = new SeasonTest()

  step(
    course: OrdinaryCourse,
    weekday: number,
    { residual, size, z }: Deviation,
    threshold: number,
  ): SlowStrengths {
    const spread = course.spread()
    // One wild day is for the test of single days.
    const most = 4 * spread * size
    const clipped = Math.max(-most, Math.min(most, residual))
    const ordinary = course.ordinary() + clipped / Math.max(course.share(weekday), 0.3)
    return {
      drift: this.drift.step(ordinary, course, z) / (threshold * strictness.drift),
      run: this.run.step(ordinary, course, z) / (threshold * strictness.run),
      season: this.season.step(weekday, z) / (threshold * strictness.season),
    }
  }

  /** What the change that was told in the last step moves, a day. */
  amountOf({ run, drift }: SlowStrengths, course: OrdinaryCourse): number {
    const unit = course.spread() * Math.abs(course.level)
    if (Math.abs(run) >= 1) return Math.abs(this.run.amount)
    if (Math.abs(drift) >= 1) return Math.abs(this.drift.amount)
    return Math.max(...this.season.offs().map(Math.abs)) * unit
  }

  /** The level has moved for a known reason. */
  restart(): void {
    this.drift.restart()
    this.run.restart()
  }

  /** After a change was told everything over several days starts anew. */
  settle(): void {
    this.restart()
    this.season.reset()
  }
}
