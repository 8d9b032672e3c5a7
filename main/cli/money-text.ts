/** `-1234567.895000` as `-1,234,567.90`: grouped, two decimals, half to even, without a floating-point number. */
export function moneyText(money: string, decimals = 2): string {
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(money) ?? []
  const kept = fraction.slice(0, decimals).padEnd(decimals, '0')
  const rest = fraction.slice(decimals)
  const half = rest.startsWith('5') && /^50*$/.test(rest)
  const up = half ? Number(kept.at(-1) ?? whole.at(-1)) % 2 === 1 : rest >= '5'
  const scaled = BigInt(whole + kept) + (up ? 1n : 0n)
  const digits = scaled.toString().padStart(decimals + 1, '0')
  const head = digits.slice(0, digits.length - decimals).replaceAll(/\B(?=(\d{3})+(?!\d))/g, ',')
  return `${scaled === 0n ? '' : sign}${head}${decimals > 0 ? `.${digits.slice(-decimals)}` : ''}`
}
