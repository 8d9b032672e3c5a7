import type { Deviation } from './ordinary-course'

const remembered = 120
const often = 3

/** Surprises that come again and again, on no fixed day: a weekly backfill, a run at irregular times. */
export class Habits {
  private readonly surprises: { readonly at: number; readonly share: number }[] = []

  has(at: number, { residual, size }: Deviation): boolean {
    if (size === 0) return false
    const share = residual / size
    let alike = 0
    let last = Number.NEGATIVE_INFINITY
    for (const surprise of this.surprises) {
      if (at - surprise.at > remembered || surprise.at - last < 2) continue
      if (Math.sign(surprise.share) !== Math.sign(share) || Math.abs(surprise.share) < 0.7 * Math.abs(share))
        continue
      alike += 1
      last = surprise.at
    }
    return alike >= often
  }

  learn(at: number, { residual, size, z }: Deviation): void {
    if (Math.abs(z) < 3 || size === 0) return
    this.surprises.push({ at, share: residual / size })
    if (this.surprises.length > 40) this.surprises.shift()
  }
}
