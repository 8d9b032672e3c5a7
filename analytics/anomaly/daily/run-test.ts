const longest = 7
const lengths = [3, 5, 7]

/** Days that each lie within the ordinary, but all to one side: a small change of level. */
export class RunTest {
  private recent: number[] = []
  /** Of the run that stood out most in the last step: how long it is, and how far off in the mean. */
  length = 0
  offset = 0

  /** In robust standard deviations of the sum, with its sign. */
  step(z: number): number {
    this.recent.push(Math.max(-3.5, Math.min(3.5, z)))
    if (this.recent.length > longest) this.recent.shift()
    let most = 0
    for (const length of lengths) {
      if (this.recent.length < length) break
      let sum = 0
      let oneSided = true
      const side = Math.sign(z)
      for (const one of this.recent.slice(-length)) {
        sum += one
        oneSided &&= Math.sign(one) === side && Math.abs(one) > 0.7
      }
      const stands = sum / Math.sqrt(length)
      if (oneSided && Math.abs(stands) > Math.abs(most)) {
        most = stands
        this.length = length
        this.offset = Math.abs(sum) / length
      }
    }
    return most
  }

  reset(): void {
    this.recent = []
  }
}
