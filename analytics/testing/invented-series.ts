import { createRandom } from '../sample/random'

/** A daily bill to test with: a level, quieter weekends, a fee on the first of the month, and noise. */
export interface InventedBill {
  readonly level?: number
  readonly growth?: number
  readonly weekend?: number
  readonly fee?: number
  readonly noise?: number
  readonly seed?: number
}

const dayMs = 86_400_000

/** `first` counts days since 1970. */
export function inventedBill(first: number, days: number, bill: InventedBill = {}): Float64Array {
  const { level = 1_000, growth = 0, weekend = 0.7, fee = 0, noise = 0.01, seed = 1 } = bill
  const random = createRandom(seed)
  return Float64Array.from({ length: days }, (_, day) => {
    const date = new Date((first + day) * dayMs)
    const quiet = date.getUTCDay() === 0 || date.getUTCDay() === 6 ? weekend : 1
    const stray = 1 + noise * (random.next() + random.next() + random.next() - 1.5) * 2
    return level * (1 + growth * day) * quiet * stray + (date.getUTCDate() === 1 ? fee : 0)
  })
}
