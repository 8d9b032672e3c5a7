/** Weeks a new rhythm must have held. */
const weeks = 3

/** A week whose shape has changed: weekdays that are off the same way week after week. */
export class SeasonTest {
  private readonly recent = Array.from({ length: 7 }, () => [] as number[])

  /** Robust standard deviations by which the shape of the week is off, all weekdays together. */
  step(weekday: number, z: number): number {
    const mine = this.recent[weekday]
    if (mine === undefined) return 0
    mine.push(Math.max(-8, Math.min(8, z)))
    if (mine.length > weeks) mine.shift()
    if (this.recent.some(({ length }) => length < weeks)) return 0
    const offs = this.offs()
    return Math.sqrt(offs.reduce((sum, off) => sum + (off / 0.67) ** 2, 0))
  }

  /** By how much each weekday is off, the week's own change of level taken out. */
  offs(): number[] {
    const middles = this.recent.map((values) => {
      const ordered = [...values].sort((a, b) => a - b)
      return ordered[ordered.length >> 1] ?? 0
    })
    const mean = [...middles].sort((a, b) => a - b)[3] ?? 0
    return middles.map((middle) => middle - mean)
  }

  reset(): void {
    for (const values of this.recent) values.length = 0
  }
}
