/** Money as whole units of the twelfth decimal, as the warehouse holds it: sums of these are exact. */
const decimals = 12
/** Estimates say nothing beyond the sixth decimal. */
const estimateScale = 1_000_000
const estimateUnits = 10n ** BigInt(decimals - 6)

export function unitsOf(money: string): bigint {
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(money) ?? []
  const units = BigInt(whole + fraction.slice(0, decimals).padEnd(decimals, '0'))
  return sign === '-' ? -units : units
}

export function moneyOf(units: bigint): string {
  const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, '0')
  const cut = digits.length - decimals
  return `${units < 0n ? '-' : ''}${digits.slice(0, cut)}.${digits.slice(cut)}`
}

/** An estimate as units, rounded to the sixth decimal. */
export function unitsOfEstimate(value: number): bigint {
  const scaled = value * estimateScale
  // Beyond 2^53 there are no sixth decimals left to keep.
  return BigInt(Math.round(Number.isFinite(scaled) ? scaled : 0)) * estimateUnits
}
