/** A small seeded generator (mulberry32): the same seed gives the same organisation on every machine. */
export interface Random {
  /** In [0, 1). */
  next(): number
  /** In [low, high]. */
  integer(low: number, high: number): number
  between(low: number, high: number): number
  chance(probability: number): boolean
  pick<T>(values: readonly [T, ...T[]]): T
  hex(length: number): string
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const integer = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1))
  return {
    next,
    integer,
    between: (low, high) => low + next() * (high - low),
    chance: (probability) => next() < probability,
    pick: (values) => values[integer(0, values.length - 1)] ?? values[0],
    hex: (length) => Array.from({ length }, () => integer(0, 15).toString(16)).join(''),
  }
}
