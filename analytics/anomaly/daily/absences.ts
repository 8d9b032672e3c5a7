/** As far as absences are remembered. */
const remembered = 56
/** So many gaps, and absence is nothing out of the ordinary. */
const often = 3
/** Above this share of absent days they are what the series consists of. */
const mostlyAbsent = 0.4
/** A gap so many times the longest before it is no gap any more. */
const muchLonger = 2

/**
 * Days without a row. Whoever has no row has no cost; but a series that lacks one again and again, on no fixed
 * weekday, says nothing by it.
 */
export class Absences {
  private readonly past: boolean[] = []
  private run = 0

  /** Whether nothing is known of today. */
  step(isAbsent: boolean): boolean {
    const says = isAbsent && this.isUsual()
    this.run = isAbsent ? this.run + 1 : 0
    this.past.push(isAbsent)
    if (this.past.length > remembered) this.past.shift()
    return says
  }

  private isUsual(): boolean {
    let gaps = 0
    let absent = 0
    let length = 0
    let longest = 0
    for (const one of this.past.slice(0, this.past.length - this.run)) {
      length = one ? length + 1 : 0
      if (one) absent += 1
      if (length === 1) gaps += 1
      longest = Math.max(longest, length)
    }
    if (gaps < often || absent > mostlyAbsent * this.past.length) return false
    if (this.run + 1 > Math.max(2, muchLonger * longest)) return false
    return !this.isRestDay()
  }

  /** The same weekday was absent in most of the weeks before. */
  private isRestDay(): boolean {
    let absent = 0
    for (let weeks = 1; weeks <= 3; weeks += 1) if (this.past.at(-7 * weeks)) absent += 1
    return absent >= 2
  }
}
