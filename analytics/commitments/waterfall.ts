import type { UsageClass } from './coverable-usage'

/** Usage of one kind: what differs in price or in what covers it is another. */
export interface UsageKind {
  readonly usageClass: UsageClass
  readonly region: string
  /** Without the mark of the region. */
  readonly usageType: string
  readonly operation: string
  readonly instance: string | null
  readonly family: string | null
}

export interface HourlyUsage {
  readonly kind: UsageKind
  /** At on-demand list price, spot left out. */
  readonly hours: Float64Array
}

/** A commitment as an hour meets it. */
export interface Cover {
  readonly id: string
  /** What an hour holds: of a reservation the on-demand cost of its units, of a plan what is committed. */
  readonly capacity: number
  /** What covering this kind costs of it on demand, in the measure of the capacity: 1 for a reservation; null: not covered. */
  readonly ratio: (kind: UsageKind) => number | null
}

export interface Replay {
  /** What is left on demand, in the order of the usage. */
  readonly left: readonly HourlyUsage[]
  /** At on-demand prices, over all hours. */
  readonly covered: number
  /** By commitment: used of its capacity, over all hours. */
  readonly used: ReadonlyMap<string, number>
}

/**
 * Hour by hour, what each commitment covers, in the order in which AWS applies them: reservations, plans for a family,
 * plans for all; the largest discount first. `covers` are in that order. An hour's unused part is lost with it.
 */
export function replay(usage: readonly HourlyUsage[], covers: readonly Cover[]): Replay {
  const left = usage.map(({ kind, hours }) => ({ kind, hours: hours.slice() }))
  const used = new Map<string, number>()
  let covered = 0
  for (const { id, capacity, ratio } of covers) {
    const wanted = left
      .flatMap((one) => {
        const share = ratio(one.kind)
        return share === null ? [] : [{ hours: one.hours, share }]
      })
      .toSorted((one, other) => one.share - other.share)
    const count = wanted[0]?.hours.length ?? 0
    let taken = 0
    for (let hour = 0; hour < count; hour += 1) {
      let room = capacity
      for (const { hours, share } of wanted) {
        const need = hours[hour] ?? 0
        if (need <= 0) continue
        const part = Math.min(need, room / share)
        hours[hour] = need - part
        covered += part
        room -= part * share
        if (room <= 0) break
      }
      taken += capacity - Math.max(0, room)
    }
    used.set(id, taken)
  }
  return { left, covered, used }
}
