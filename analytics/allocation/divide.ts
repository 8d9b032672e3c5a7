/** A whole in parts of its weights: the largest remainders take what rounding leaves, so that parts always add up. */
export function divide(whole: bigint, weights: readonly bigint[]): readonly bigint[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n)
  if (total <= 0n) throw new RangeError('there is nothing to divide by')
  const floors = weights.map((weight) => (whole * weight) / total)
  let left = whole - floors.reduce((sum, part) => sum + part, 0n)
  // Of equal remainders the first takes the unit: the order is that of the values' names, never that of rows.
  const places = weights
    .map((weight, place) => ({ place, remainder: (whole * weight) % total }))
    .sort((one, other) => compare(other.remainder, one.remainder) || one.place - other.place)
  const parts = [...floors]
  for (const { place } of places) {
    if (left === 0n) break
    parts[place] = (parts[place] ?? 0n) + 1n
    left -= 1n
  }
  return parts
}

export function compare<T extends bigint | string>(one: T, other: T): number {
  return one < other ? -1 : one > other ? 1 : 0
}
