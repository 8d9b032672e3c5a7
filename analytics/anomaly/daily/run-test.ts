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
    let sum = 0
    const side = Math.sign(z)
    for (let length = 1; length <= this.recent.length; length += 1) {
      const one = this.recent[this.recent.length - length] ?? 0
      if (Math.sign(one) !== side || Math.abs(one) <= 0.7) break
      sum += one
      if (!lengths.includes(length)) continue
      const stands = sum / Math.sqrt(length)
      if (Math.abs(stands) > Math.abs(most)) {
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
