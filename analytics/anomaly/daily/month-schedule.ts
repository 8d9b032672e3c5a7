/** Fees, credits and closing runs come on days of the month: what those days cost beyond the ordinary. */
export interface Scheduled {
  readonly amount: number
  /** How far past occurrences lay apart. */
  readonly spread: number
  /** It came every time: its absence says something. Else both its presence and its absence are in order. */
  readonly firm: boolean
}

const nothing: Scheduled = { amount: 0, spread: 0, firm: true }
/** Counted from the end of the month, days before the last. */
const fromTheEnd = 4
const kept = 3

export class MonthSchedule {
  private readonly byDay = Array.from({ length: 32 }, () => new Occurrences())
  private readonly byDaysLeft = Array.from({ length: fromTheEnd }, () => new Occurrences())

  /** `least` is the smallest excess that is no noise. */
  expect(monthDay: number, daysLeft: number, least: number): Scheduled {
    const first = this.byDay[monthDay]?.expect(least) ?? null
    const last = this.byDaysLeft[daysLeft]?.expect(least) ?? null
    if (first === null || last === null) return first ?? last ?? nothing
    return last.firm && !first.firm ? last : first
  }

  learn(monthDay: number, daysLeft: number, excess: number): void {
    this.byDay[monthDay]?.learn(excess)
    this.byDaysLeft[daysLeft]?.learn(excess)
  }
}

class Occurrences {
  private readonly excesses: number[] = []

  learn(excess: number): void {
    this.excesses.unshift(excess)
    if (this.excesses.length > kept) this.excesses.length = kept
  }

  expect(least: number): Scheduled | null {
    const large = this.excesses.filter((excess) => Math.abs(excess) > least)
    const sign = Math.sign(large[0] ?? 0)
    const same = large.filter((excess) => Math.sign(excess) === sign)
    if (same.length === 0) return null
    const ordered = [...same].sort((a, b) => a - b)
    const amount = ordered[ordered.length >> 1] ?? 0
    const spread = (ordered.at(-1) ?? 0) - (ordered[0] ?? 0)
    return { amount, spread, firm: same.length >= 2 && same.length === this.excesses.length }
  }
}
