import { pointThreshold } from '../dial'
import { type Finding, scoreOf } from '../kinds'
import { Absences } from './absences'
import { Comparisons } from './comparisons'
import type { Day } from './day'
import { Habits } from './habits'
import { type Deviation, OrdinaryCourse, settlingDays } from './ordinary-course'
import { SlowChanges } from './slow-changes'

export interface DailyOptions {
  readonly perYear: number
  /** No alarm over less than this amount. */
  readonly floor: number
}

/** After so many days out of the ordinary, this is the ordinary. */
const newNormal = 6
/** Another alarm of the same direction so soon belongs to the former. */
const sameEvent = 3
/** What goes back to where it was within so many days was a long spike, not two shifts. */
const returnDays = 21
const longestDrift = 75
const strongest = 1e6
/** Beyond this a number is none of anybody's cost, and its square would be infinite. */
const largest = 1e100
/** A week knows rest days when its quietest day costs at most this part of a working day. */
const leastQuiet = 0.85
/** An amount on top must explain the days so much better than another level does. */
const flatBy = 0.7

interface Open {
  readonly finding: Finding
  readonly sign: number
  readonly fromNothing: boolean
  peak: number
  calmDays: number
  lastOff: number
  readonly days: OffDay[]
}

/** A day that is out of the ordinary, without what the calendar brings. */
interface OffDay {
  readonly weekday: number
  readonly cost: number
}

/** Goes through one daily series, a day at a time; what it says about a day rests on that day and those before. */
export class DailyDetector {
  readonly findings: Finding[] = []
  private readonly course = new OrdinaryCourse()
  private readonly slow = new SlowChanges()
  private readonly habits = new Habits()
  private readonly comparisons = new Comparisons()
  private readonly threshold: number
  private open: Open | null = null
  private drifting: Finding | null = null
  private former: { readonly finding: Finding; readonly level: number; readonly until: number } | null = null
  private begun = -1
  private idleDays = 0
  private holiday = -1
  private readonly absences = new Absences()
  private quietUntil = 0
  private expectedToday = Number.NaN

  constructor(private readonly options: DailyOptions) {
    this.threshold = pointThreshold(options.perYear)
  }

  /** What the newest day was expected to cost; NaN before there was an expectation. */
  get expected(): number {
    return this.expectedToday
  }

  /** Takes the next day and answers with its score. `early` days cannot tell a new series from the first one known. */
  step(day: Day, early: boolean): number {
    const isAbsent = !Number.isFinite(day.value)
    const value = isAbsent ? 0 : Math.max(-largest, Math.min(largest, day.value))
    if (this.begun < 0) return this.first(day, value, early)
    if (this.absences.step(isAbsent)) {
      this.expectedToday = Number.NaN
      return 0
    }
    const deviation = this.course.judge(value, day.weekday, day.monthDay, day.daysLeft)
    this.expectedToday = this.course.settled ? deviation.expected : Number.NaN
    const strength = this.course.settled
      ? this.look(day, value, deviation)
      : this.learn(day, value, deviation, false)
    this.comparisons.step(day, value, deviation.expected, deviation.scheduled, this.offToday(day))
    this.idleDays = value === 0 ? this.idleDays + 1 : 0
    return scoreOf(strength)
  }

  private first(day: Day, value: number, early: boolean): number {
    if (value === 0) return 0
    this.begun = day.at
    this.learn(day, value, this.course.judge(value, day.weekday, day.monthDay, day.daysLeft), false)
    if (early || Math.abs(value) < this.options.floor) return 0
    this.expectedToday = 0
    this.comparisons.open(this.raise('new', day, 2), 0, [], true, day.at)
    this.comparisons.step(day, value, 0, 0, null)
    return scoreOf(2)
  }

  private learn(day: Day, value: number, deviation: Deviation, frozen: boolean): number {
    this.course.learn(value, deviation, day.weekday, day.monthDay, day.daysLeft, frozen)
    return 0
  }

  private offToday(day: Day): Finding | null {
    return this.open !== null && this.open.lastOff === day.at ? this.open.finding : null
  }

  private look(day: Day, value: number, deviation: Deviation): number {
    const threshold = this.threshold * (day.at - this.begun < 3 * settlingDays ? 1.4 : 1)
    const strength = Math.min(strongest, Math.abs(deviation.z) / threshold)
    if (this.open !== null) return this.follow(this.open, day, value, deviation, strength)
    const heard = Math.abs(deviation.residual) >= this.options.floor
    const habitual = this.habits.has(day.at, deviation)
    this.habits.learn(day.at, deviation)
    if (strength >= 1 && heard && !habitual && this.isHoliday(day, value, deviation)) {
      this.holiday = day.at
      this.learn(day, value, deviation, true)
      return 0.95
    }
    if (strength >= 1 && heard && !habitual) {
      this.begin(day, value, deviation, strength)
      this.learn(day, value, deviation, true)
      return strength
    }
    const slow = this.lookAtMany(day, deviation, threshold)
    this.learn(day, value, deviation, false)
    return Math.max(slow, habitual || !heard ? Math.min(strength, 0.95) : strength)
  }

  /** One working day that cost what the quietest day of the week costs is a holiday; a second one in a row is not. */
  private isHoliday(day: Day, value: number, { residual, scheduled }: Deviation): boolean {
    if (residual >= 0 || this.holiday === day.at - 1) return false
    const quietest = Math.min(...this.course.shares())
    if (quietest > leastQuiet * this.course.share(day.weekday)) return false
    const rest = this.course.ordinary() * quietest
    return Math.abs(value - scheduled - rest) <= 3 * this.course.spread() * this.course.ordinary()
  }

  private lookAtMany(day: Day, deviation: Deviation, threshold: number): number {
    const strengths = this.slow.step(this.course, day.weekday, deviation, threshold)
    const { drift, run, season } = strengths
    if (this.drifting !== null) {
      const over = Math.abs(drift) < 0.4 || day.at - this.drifting.start > longestDrift
      this.drifting.strength = Math.max(this.drifting.strength, Math.abs(drift))
      this.drifting.end = day.at + 1
      if (over) this.drifting = null
      return Math.min(0.95, Math.abs(drift))
    }
    const most = Math.max(Math.abs(drift), Math.abs(run), season)
    const told = most >= 1 && day.at >= this.quietUntil
    if (!told || this.slow.amountOf(strengths, this.course) < this.options.floor) return Math.min(0.95, most)
    if (Math.abs(run) >= 1) this.tellRun(day, run)
    else if (Math.abs(drift) >= 1) this.tellDrift(day, drift)
    else this.tellSeason(day, season)
    return most
  }

  private tellRun(day: Day, run: number): void {
    const level = this.slow.run.before
    const finding = this.raise('shift', day, Math.abs(run), this.slow.run.span - 1)
    this.comparisons.open(finding, level, this.course.shares(), true, day.at)
    this.former = { finding, level, until: day.at + returnDays }
    this.course.rebase(level + this.slow.run.amount)
    this.settle(day.at)
  }

  private tellDrift(day: Day, drift: number): void {
    this.drifting = this.raise('drift', day, Math.abs(drift), this.slow.drift.span - 1)
    this.comparisons.open(this.drifting, this.slow.drift.before, this.course.shares(), true, day.at)
  }

  private tellSeason(day: Day, season: number): void {
    const finding = this.raise('season', day, season, settlingDays)
    this.comparisons.open(finding, this.course.level, this.course.shares(), true, day.at)
    const spread = this.course.spread()
    for (const [weekday, off] of this.slow.season.offs().entries()) {
      this.newRhythm(weekday, Math.max(0, this.course.share(weekday) + off * spread))
    }
    this.settle(day.at)
  }

  private newRhythm(weekday: number, share: number): void {
    this.course.replaceShare(weekday, share)
    this.slow.restart()
  }

  private settle(at: number): void {
    this.slow.settle()
    this.quietUntil = at + newNormal + 1
  }

  private begin(day: Day, value: number, deviation: Deviation, strength: number): void {
    const sign = Math.sign(deviation.residual)
    const ordinary = this.course.ordinary()
    if (this.wentBack(day, value, sign)) return
    const rhythm = this.sameWeekdayBefore(day, sign)
    if (rhythm !== null) {
      rhythm.kind = 'season'
      this.comparisons.open(rhythm, ordinary, this.course.shares(), true, rhythm.start)
      this.newRhythm(day.weekday, Math.max(0, value / (ordinary || 1)))
      this.open = opened(rhythm, sign, strength, day.at, false)
      return
    }
    const last = this.findings.at(-1)
    if (last && last.kind !== 'drift' && day.at - last.end < sameEvent && sideOf(last) === sign) {
      this.comparisons.open(last, ordinary, this.course.shares(), false, last.start)
      this.open = opened(last, sign, strength, day.at, false)
      return
    }
    const fromNothing =
      sign > 0 && (this.idleDays >= settlingDays || Math.abs(ordinary) < 0.03 * Math.abs(value))
    const nothingLeft = sign < 0 && value >= 0 && value <= 0.1 * deviation.expected
    const kind = fromNothing ? 'new' : nothingLeft ? 'missing' : sign > 0 ? 'spike' : 'drop'
    const finding = this.raise(kind, day, strength)
    this.comparisons.open(finding, ordinary, this.course.shares(), false, day.at)
    this.open = opened(finding, sign, strength, day.at, fromNothing)
  }

  /** The end of a change that did not last, rather than a change of its own. */
  private wentBack(day: Day, value: number, sign: number): boolean {
    const { former } = this
    if (former === null || day.at > former.until || sideOf(former.finding) !== -sign) return false
    const then = former.level * this.course.share(day.weekday)
    if (Math.abs(value - then) > 4 * this.course.spread() * Math.abs(then)) return false
    former.finding.kind = former.finding.kind === 'gone' ? 'missing' : sign > 0 ? 'drop' : 'spike'
    this.comparisons.end(former.finding)
    this.course.rebase(former.level)
    this.former = null
    this.settle(day.at)
    return true
  }

  /** The same surprise on the same weekday a week ago, or on the day beside it: the week has a new rhythm. */
  private sameWeekdayBefore(day: Day, sign: number): Finding | null {
    const before = this.findings.findLast(({ start, end }) => start <= day.at - 6 && day.at - 8 < end)
    if (before === undefined || sideOf(before) !== sign) return null
    switch (before.kind) {
      case 'season':
        return before
      case 'spike':
      case 'drop':
      case 'missing':
        return before.end - before.start <= 4 ? before : null
      default:
        return null
    }
  }

  private follow(open: Open, day: Day, value: number, deviation: Deviation, strength: number): number {
    const { finding } = open
    const side = Math.sign(deviation.residual)
    if (side !== open.sign || strength < Math.min(0.6, Math.max(0.4, 0.3 * open.peak))) {
      return this.calm(open, day, value, deviation, strength)
    }
    open.calmDays = 0
    open.lastOff = day.at
    finding.end = day.at + 1
    if (finding.kind === 'season') {
      this.newRhythm(day.weekday, Math.max(0, value / (this.course.ordinary() || 1)))
    }
    // Only the local record is an alarm; the days after it belong to it.
    const record = strength > 1.5 * open.peak
    open.peak = Math.max(open.peak, strength)
    finding.strength = Math.max(finding.strength, strength)
    open.days.push({ weekday: day.weekday, cost: value - deviation.scheduled })
    this.learn(day, value, deviation, true)
    if (open.days.length >= newNormal && finding.kind !== 'season') this.acceptNewNormal(open, day)
    return record ? strength : Math.min(0.95, strength)
  }

  private calm(open: Open, day: Day, value: number, deviation: Deviation, strength: number): number {
    open.calmDays += 1
    const opposite =
      strength >= 1.2 &&
      Math.sign(deviation.residual) === -open.sign &&
      Math.abs(deviation.residual) >= this.options.floor &&
      !this.habits.has(day.at, deviation)
    if (open.calmDays >= 2 || opposite) this.close(open)
    if (opposite) this.begin(day, value, deviation, strength)
    this.learn(day, value, deviation, opposite)
    return opposite ? strength : Math.min(0.95, strength)
  }

  private acceptNewNormal(open: Open, day: Day): void {
    const { finding } = open
    const before = this.course.level
    const { level, isFlat } = this.newLevel(open.days.slice(-5), before)
    const nothingLeft = open.sign < 0 && Math.abs(level) <= 0.1 * Math.abs(before)
    finding.kind = open.fromNothing ? 'new' : nothingLeft ? 'gone' : 'shift'
    this.comparisons.keep(finding)
    this.former = { finding, level: before, until: day.at + returnDays }
    if (isFlat) this.course.addFlat(level - this.course.level)
    else this.course.rebase(level)
    this.settle(day.at)
    this.open = null
  }

  /** What an ordinary day costs now: the same week on another level, or an amount on top that knows no weekdays. */
  private newLevel(days: readonly OffDay[], before: number): { level: number; isFlat: boolean } {
    const share = (weekday: number) => Math.max(this.course.share(weekday), 0.3)
    const level = middleOf(days.map(({ weekday, cost }) => cost / share(weekday)))
    const added = middleOf(days.map(({ weekday, cost }) => cost - before * this.course.share(weekday)))
    let ofLevel = 0
    let ofAdded = 0
    for (const { weekday, cost } of days) {
      ofLevel += Math.abs(cost - level * share(weekday))
      ofAdded += Math.abs(cost - before * this.course.share(weekday) - added)
    }
    const isFlat = added > 0 && before > 0 && ofAdded < flatBy * ofLevel
    return { level: isFlat ? before + added : level, isFlat }
  }

  private close(open: Open): void {
    open.finding.end = open.lastOff + 1
    if (open.finding.kind !== 'season') this.comparisons.end(open.finding)
    this.open = null
    this.quietUntil = open.lastOff + sameEvent
  }

  /** Raised today, and begun so many days ago. */
  private raise(kind: Finding['kind'], { at }: Day, strength: number, ago = 0): Finding {
    const start = Math.max(this.begun, at - ago)
    const finding = { kind, start, end: at + 1, detected: at, strength, expected: 0, actual: 0 }
    this.findings.push(finding)
    return finding
  }
}

function middleOf(values: readonly number[]): number {
  const ordered = values.toSorted((a, b) => a - b)
  return ordered[ordered.length >> 1] ?? 0
}

function opened(finding: Finding, sign: number, peak: number, at: number, fromNothing: boolean): Open {
  return { finding, sign, peak: Math.min(peak, 10), calmDays: 0, lastOff: at, days: [], fromNothing }
}

function sideOf({ kind, actual, expected }: Finding): number {
  switch (kind) {
    case 'spike':
    case 'new':
      return 1
    case 'drop':
    case 'gone':
    case 'missing':
      return -1
    case 'shift':
    case 'drift':
    case 'season':
      return Math.sign(actual - expected)
  }
}
