/** Prices have as many decimals as their currency has not: rates of a request need twelve. */
const decimals = 12
const one = 10n ** BigInt(decimals)

/** A decimal string in units of the twelfth decimal. What lies beyond is cut off. */
export function unitsOf(decimal: string): bigint {
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal) ?? []
  const units = BigInt(whole + fraction.slice(0, decimals).padEnd(decimals, '0'))
  return sign === '-' ? -units : units
}

/** Without zeros at its end: a price is written as price lists write it. */
export function decimalOf(units: bigint): string {
  const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, '0')
  const cut = digits.length - decimals
  const fraction = digits.slice(cut).replace(/0+$/, '')
  return `${units < 0n ? '-' : ''}${digits.slice(0, cut)}${fraction === '' ? '' : `.${fraction}`}`
}

/** Neither is negative: the half goes up. */
export function quotient(dividend: bigint, divisor: bigint): bigint {
  return (dividend * one * 2n + divisor) / (divisor * 2n)
}

export function product(left: bigint, right: bigint): bigint {
  return (left * right * 2n + one) / (one * 2n)
}
