/**
 * Series as the models see them. One kind of array only: the hot loops below stay fast as long as every array
 * that reaches them is of the same kind.
 */
export type Values = Float64Array

/** Reads outside of a series are NaN, so that a slip shows instead of counting as zero. */
export function at(values: Values, index: number): number {
  return values[index] ?? Number.NaN
}

export function sum(values: Values): number {
  let total = 0
  for (let index = 0; index < values.length; index += 1) total += at(values, index)
  return total
}

export function mean(values: Values): number {
  return values.length === 0 ? 0 : sum(values) / values.length
}

/** Linear between the two neighbours. Empty is 0. */
export function quantile(values: Values, share: number): number {
  if (values.length === 0) return 0
  const sorted = values.slice().sort()
  const place = Math.min(1, Math.max(0, share)) * (sorted.length - 1)
  const below = Math.floor(place)
  const low = at(sorted, below)
  return below + 1 < sorted.length ? low + (place - below) * (at(sorted, below + 1) - low) : low
}

export function median(values: Values): number {
  return quantile(values, 0.5)
}

/** Spread that a handful of spikes does not move, on the scale of a standard deviation. */
export function robustSpread(values: Values): number {
  const middle = median(values)
  return 1.4826 * median(values.map((value) => Math.abs(value - middle)))
}

export function meanAbsolute(values: Values): number {
  return mean(values.map(Math.abs))
}

export function filled(length: number, value: number): Values {
  return new Float64Array(length).fill(value)
}

export function within(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high)
}
