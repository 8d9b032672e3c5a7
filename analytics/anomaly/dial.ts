/** What the user turns: how many false alarms a year a series may raise. */
export const defaultPerYear = 2

/** How many robust standard deviations a single day must be away, for so many false alarms a year. */
export function pointThreshold(perYear: number): number {
  return Math.max(3, Math.min(12, 5.25 - 0.79 * Math.log(perYear)))
}

/** The same for a metric, in powers of ten of rarity. */
export function metricThreshold(perYear: number): number {
  return Math.max(2, 5 - 2 * Math.log10(perYear))
}

/** For a whole bill, all its levels together: one a month. */
export const defaultBillPerYear = 12
