/** Weeks a new rhythm must have held: the middle of three is looked at. */
const weeks = 3
/** The spread of a middle of three, in standard deviations. */
const spreadOfMiddle = 0.67
const most = 8

/** A week whose shape has changed: weekdays that are off the same way week after week. */
export class SeasonTest {
  /** The newest weeks of each weekday, one after the other. */
  private readonly recent = new Float64Array(7 * weeks)
  private readonly counts = new Uint32Array(7)
  private readonly middles = new Float64Array(7)
  private readonly ordered = new Float64Array(7)

  /** Robust standard deviations by which the shape of the week is off, all weekdays together. */
  step(weekday: number, z: number): number {
    const count = this.counts[weekday] ?? 0
    const from = weekday * weeks
    this.recent[from + (count % weeks)] = Math.max(-most, Math.min(most, z))
    this.counts[weekday] = count + 1
    this.middles[weekday] = middleOfThree(
      this.recent[from] ?? 0,
      this.recent[from + 1] ?? 0,
      this.recent[from + 2] ?? 0,
    )
    for (let day = 0; day < 7; day += 1) if ((this.counts[day] ?? 0) < weeks) return 0
    const level = this.level()
    let sum = 0
    for (let day = 0; day < 7; day += 1) sum += (((this.middles[day] ?? 0) - level) / spreadOfMiddle) ** 2
    return Math.sqrt(sum)
  }

  /** By how much each weekday is off, the week's own change of level taken out. */
  offs(): number[] {
    const level = this.level()
    return Array.from(this.middles, (middle) => middle - level)
  }

  reset(): void {
    this.counts.fill(0)
  }

  private level(): number {
    this.ordered.set(this.middles)
    return this.ordered.sort()[3] ?? 0
  }
}

function middleOfThree(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c))
}
