import { createRandom, type Random } from './random'

/** Series in the manner of the forecasting competitions, for measuring. Invented. */
export interface FamilySeries {
  readonly id: string
  readonly values: Float64Array
}

/** Levels that wander, with a slow trend and, in half of them, a yearly cycle. */
export function weeklySeries(seed: number, count: number): readonly FamilySeries[] {
  return Array.from({ length: count }, (_, at) => {
    const random = createRandom(seed * 31_337 + at * 7_919 + 5)
    const length = random.integer(150, 900)
    const wander = random.between(0.003, 0.03)
    const noise = random.between(0, 0.02)
    const yearly = random.chance(0.5) ? random.between(0.02, 0.2) : 0
    const phase = random.between(0, 2 * Math.PI)
    let trend = random.between(-0.0005, 0.001)
    let level = Math.log(random.between(500, 20_000))
    const values = Float64Array.from({ length }, (_, week) => {
      trend += 0.0001 * spread(random)
      level += trend + wander * spread(random)
      const angle = (2 * Math.PI * week) / 52 + phase
      return Math.exp(level + yearly * (Math.sin(angle) + 0.4 * Math.sin(2 * angle)) + noise * spread(random))
    })
    return { id: `weekly-${at + 1}`, values }
  })
}

/** Days inside weeks: two humps a day, quieter weekends, an error that lasts some hours. */
export function hourlySeries(seed: number, count: number): readonly FamilySeries[] {
  return Array.from({ length: count }, (_, at) => {
    const random = createRandom(seed * 65_537 + at * 104_729 + 11)
    const length = random.pick([748, 1_008])
    const level = random.between(50, 30_000)
    const [morning, evening] = [random.between(0.1, 0.5), random.between(0.1, 0.5)]
    const weekend = random.between(0.6, 1)
    const memory = random.between(0.6, 0.95)
    const noise = random.between(0.01, 0.05)
    let stray = 0
    let drift = 0
    const values = Float64Array.from({ length }, (_, step) => {
      const hour = step % 24
      const day = Math.floor(step / 24) % 7
      stray = memory * stray + noise * spread(random)
      drift += 0.0008 * spread(random)
      const hump = (centre: number) => Math.exp(-((((hour - centre + 36) % 24) - 12) ** 2) / 12)
      const shape = 1 + morning * hump(9) + evening * hump(19) - 0.3 * hump(3)
      return level * shape * (day >= 5 ? weekend : 1) * Math.exp(stray + drift)
    })
    return { id: `hourly-${at + 1}`, values }
  })
}

function spread(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())
}
