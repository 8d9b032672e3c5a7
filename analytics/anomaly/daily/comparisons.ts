import type { Finding } from '../kinds'
import type { Day } from './day'

/** The days over which a lasting change is compared with what was before: then it is the normal. */
const comparedDays = 30
/** As far as a change is dated back. */
const lookedBack = 21

interface Comparison {
  readonly finding: Finding
  /** What an ordinary day cost before, and each weekday's share of it. */
  readonly level: number
  readonly shares: readonly number[]
  lasting: boolean
}

interface Past {
  readonly value: number
  readonly expected: number
}

/** Adds up, finding by finding, what was spent and what would have been spent without it. */
export class Comparisons {
  private readonly past: Past[] = []
  private running: Comparison[] = []

  /** A change that was raised today, `level` and `shares` being those of before. Earlier days of it are added. */
  open(finding: Finding, level: number, shares: readonly number[], lasting: boolean, today: number): void {
    // It goes on: what is being compared already must not be added twice.
    if (this.running.some((one) => one.finding === finding)) return
    const earlier = today - finding.start
    for (const { value, expected } of earlier > 0 ? this.past.slice(-earlier) : []) {
      finding.actual += value
      finding.expected += expected
    }
    this.running.push({ finding, level, shares, lasting })
  }

  /** It has not gone away: from now on it is compared day by day. */
  keep(finding: Finding): void {
    for (const one of this.running) if (one.finding === finding) one.lasting = true
  }

  end(finding: Finding): void {
    this.running = this.running.filter((one) => one.finding !== finding)
  }

  /** Today's cost; `off` is the finding that today belongs to, `scheduled` what the calendar brings anyway. */
  step(day: Day, value: number, expected: number, scheduled: number, off: Finding | null): void {
    for (const { finding, level, shares, lasting } of this.running) {
      if (finding !== off && (!lasting || off !== null)) continue
      finding.expected += level * (shares[day.weekday] ?? 1) + scheduled
      finding.actual += value
      finding.end = Math.max(finding.end, day.at + 1)
    }
    this.running = this.running.filter(({ finding }) => finding.start + comparedDays > day.at + 1)
    this.past.push({ value, expected })
    if (this.past.length > lookedBack) this.past.shift()
  }
}
