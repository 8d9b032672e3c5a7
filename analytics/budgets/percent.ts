/** With two decimals, cut and not rounded up: 100 % is said of what has reached it only. */
export function percentOf(part: bigint, of: bigint): number {
  // An amount that has shrunk to nothing is used up by anything.
  if (of === 0n) return part > 0n ? 100 : 0
  return Number((part * 10_000n) / of) / 100
}
