/** Billionths of thousandths: amounts as whole numbers, so that adding them is exact. */
export const decimals = 12
const one = 10n ** BigInt(decimals)
/** No line of a bill comes to more. */
const most = 10n ** 18n * one

/** What text says when it is strictly a number; null when it is none or more than any amount can be. */
export function amountOf(text: string): bigint | null {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/.exec(text)
  if (match === null) return null
  const [, sign = '', whole = '', part = '', exponent = '0'] = match
  if (whole === '' && part === '') return null
  const digits = BigInt(`${whole}${part}` || '0')
  const shift = Number(exponent) - part.length + decimals
  if (digits === 0n) return 0n
  if (shift > 400) return null
  const value = shift >= 0 ? digits * 10n ** BigInt(shift) : rounded(digits, 10n ** BigInt(-shift))
  if (value >= most) return null
  return sign === '-' ? -value : value
}

function rounded(digits: bigint, by: bigint): bigint {
  return (digits + by / 2n) / by
}

export function amountText(amount: bigint): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(decimals + 1, '0')
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}
