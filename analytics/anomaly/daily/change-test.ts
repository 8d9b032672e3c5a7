import { RollingOrder } from '../rolling-order'
import { type OrdinaryCourse, slopeDamping } from './ordinary-course'

/** How the days of a span weigh: all alike for a step, the later ones more for a drift. */
export type Shape = 'step' | 'drift'

/** Differences that are known before what is usual is taken from them. */
const leastUsual = 21
/** The part of the level's own noise that the start of a span carries into every difference. */
const startNoise = 0.02
/** How slowly it is forgotten how alike neighbouring days were. */
const memory = 0.985
const leastWidth = 0.012
/** How much of what such a difference usually is counts as ordinary. */
const centre = 0.9

interface Stand {
  readonly strength: number
  readonly amount: number
  readonly before: number
}

const nothing: Stand = { strength: 0, amount: 0, before: 0 }

/**
 * A change that no single day shows: the days of a span against where the level was heading at its start. What such
 * differences usually are, growth included, is taken from their own past.
 */
export class ChangeTest {
  private readonly longest: number
  private readonly starts: { readonly level: number; readonly slope: number }[] = []
  private readonly days: number[] = []
  private readonly usual: readonly RollingOrder[]
  private readonly likeness = new Likeness()
  /** Of the span that stood out most in the last step: its days, what a day differed by, and its level before. */
  span = 1
  amount = 0
  before = 0

  constructor(
    private readonly shape: Shape,
    /** Days a change may have gone on for, each looked at by itself. */
    private readonly spans: readonly number[],
  ) {
    this.longest = Math.max(...spans)
    this.usual = spans.map(() => new RollingOrder(150))
  }

  /** Today's ordinary day, before the course has learnt it. In robust standard deviations; 0 while too little is known. */
  step(value: number, course: OrdinaryCourse, z: number): number {
    const spread = course.spread()
    const repeated = this.likeness.step(z)
    this.starts.push({ level: course.level, slope: course.slopeADay })
    this.days.push(value)
    if (this.days.length > this.longest) {
      this.days.shift()
      this.starts.shift()
    }
    let most = 0
    for (const [at, span] of this.spans.entries()) {
      const stands = this.over(span, at, spread, repeated)
      if (Math.abs(stands.strength) <= Math.abs(most)) continue
      most = stands.strength
      this.span = span
      this.amount = stands.amount
      this.before = stands.before
    }
    return most
  }

  /** The level has moved for a known reason: what was before says nothing any more. */
  restart(): void {
    this.starts.length = 0
    this.days.length = 0
  }

  private over(span: number, at: number, spread: number, repeated: number): Stand {
    const first = this.days.length - span
    const start = this.starts[first]
    const usual = this.usual[at]
    if (start === undefined || usual === undefined || start.level === 0) return nothing
    let heading = start.level
    let slope = start.slope
    let off = 0
    let weights = 0
    let squares = 0
    for (let day = 1; day <= span; day += 1) {
      const weight = this.shape === 'drift' ? day : 1
      heading += slope
      slope *= slopeDamping
      off += weight * ((this.days[first + day - 1] ?? 0) - heading)
      weights += weight
      squares += weight * weight
    }
    const change = off / weights / Math.abs(start.level)
    const ready = usual.size >= leastUsual
    const middle = ready ? centre * usual.median() : 0
    const noise = spread * Math.sqrt(repeated * (squares / (weights * weights) + startNoise))
    const iqr = ready ? 0.7413 * (usual.quantile(0.75) - usual.quantile(0.25)) : 0
    const width = Math.max(leastWidth, noise, iqr)
    // A change must not become usual while it lasts.
    usual.push(Math.max(middle - 2.5 * width, Math.min(middle + 2.5 * width, change)))
    if (!ready) return nothing
    return {
      strength: (change - middle) / width,
      amount: change * Math.abs(start.level),
      before: start.level,
    }
  }
}

/** By how much noise that goes on from day to day widens a mean: 1 where every day is new. */
class Likeness {
  private last = 0
  private products = 3
  private squares = 20

  step(z: number): number {
    const clipped = Math.max(-3, Math.min(3, z))
    this.products = memory * this.products + clipped * this.last
    this.squares = memory * this.squares + clipped * clipped
    this.last = clipped
    const alike = Math.max(0, Math.min(0.6, this.products / this.squares))
    return (1 + alike) / (1 - alike)
  }
}
