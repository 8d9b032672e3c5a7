import { RollingOrder } from '../rolling-order'
import { UpperTail } from './upper-tail'

export interface Reading {
  /** Seconds since 1970, or places where there is no time. */
  readonly time: number
  readonly value: number
}

export interface Judgement {
  /** Powers of ten by which the reading is out of the ordinary. */
  readonly rarity: number
  readonly expected: number
  /** To which side, and by how many robust standard deviations. */
  readonly side: number
  readonly deviation: number
}

const daySeconds = 86_400
/** Days a time of day is remembered for. */
const daysKept = 7
/** What has never been seen before counts this much more. */
const newExtreme = 3
const history = 6_000

/**
 * Judges the readings of a metric one by one: its range, its time of day, and an hour's mean against that time of
 * day, each by the tail of its own past. Strictly causal.
 */
export class MetricDetector {
  private readonly range = new RollingOrder(history)
  private readonly residuals = new RollingOrder(history / 2)
  private readonly slots: RollingOrder[]
  private readonly lastHour: number[] = []
  private readonly inRange = new UpperTail()
  private readonly inSeason = new UpperTail()
  private readonly inHour = new UpperTail()
  private readonly hour: number

  /** `spacing` in seconds; `season` in readings. */
  constructor(
    private readonly spacing: number,
    private readonly season: number,
  ) {
    this.slots = Array.from({ length: season }, () => new RollingOrder(daysKept))
    this.hour = Math.max(4, Math.round(season / 24))
  }

  step({ time, value }: Reading): Judgement {
    const { range, residuals } = this
    const slot = this.slotOf(time)
    const middle = range.median()
    // Mostly idle metrics have no width of their own: what is rare in them still has an order.
    const largest = Math.max(range.largest(), -range.smallest(), Math.abs(value))
    const width = Math.max(range.quantile(0.9) - range.quantile(0.1), 0.02 * Math.abs(middle), 1e-6 * largest)
    const expected = slot.size >= 2 ? slot.median() : middle
    const residual = value - expected
    const spread = residuals.size > 20 ? Math.max(1.4826 * residuals.median(), 0.02 * width) : width
    this.lastHour.push(residual)
    if (this.lastHour.length > this.hour) this.lastHour.shift()
    const mean = this.lastHour.reduce((sum, one) => sum + one, 0) / this.lastHour.length
    const statistics: readonly (readonly [UpperTail, number])[] = [
      [this.inRange, ratio(value - middle, width)],
      [this.inSeason, ratio(residual, spread)],
      [this.inHour, ratio(mean, spread)],
    ]
    let rarity = 0
    for (const [tail, statistic] of statistics) {
      rarity = Math.max(rarity, tail.rarity(statistic))
      tail.push(statistic)
    }
    if (value > range.largest() || value < range.smallest()) rarity *= newExtreme
    range.push(value)
    slot.push(value)
    residuals.push(Math.abs(residual))
    return { rarity, expected, side: Math.sign(residual), deviation: ratio(residual, spread) }
  }

  private slotOf(time: number): RollingOrder {
    const place = Math.round((time % (this.season * this.spacing)) / this.spacing) % this.season
    return this.slots[(place + this.season) % this.season] ?? this.range
  }
}

/** A day where readings have times, else what the caller says. */
export function readingsADay(spacing: number): number {
  return Math.max(1, Math.round(daySeconds / spacing))
}

const widest = 1e12

function ratio(part: number, whole: number): number {
  if (part === 0) return 0
  return whole === 0 ? widest : Math.min(widest, Math.abs(part) / whole)
}
