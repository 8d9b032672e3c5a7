/**
 * Money reaches the screen as decimal strings and stays exact: everything here works on whole numbers of the
 * smallest unit and never on floating point.
 */
export interface Decimal {
  /** The number without its point: -12.50 is -1250n at scale 2. */
  readonly units: bigint
  readonly scale: number
}

const pattern = /^(-?)(\d+)(?:\.(\d+))?$/

export function parseDecimal(text: string): Decimal | null {
  const match = pattern.exec(text)
  if (match === null) return null
  const [, sign = '', whole = '0', fraction = ''] = match
  const units = BigInt(whole + fraction)
  return { units: sign === '-' ? -units : units, scale: fraction.length }
}

function at(value: Decimal, scale: number): bigint {
  return value.units * 10n ** BigInt(scale - value.scale)
}

/** Half-even, so that a long column of rounded figures leans neither way. */
export function roundDecimal(value: Decimal, scale: number): Decimal {
  if (value.scale <= scale) return { units: at(value, scale), scale }
  const divisor = 10n ** BigInt(value.scale - scale)
  const negative = value.units < 0n
  const size = negative ? -value.units : value.units
  const whole = size / divisor
  const twice = (size % divisor) * 2n
  const up = twice > divisor || (twice === divisor && whole % 2n === 1n)
  const rounded = up ? whole + 1n : whole
  return { units: negative ? -rounded : rounded, scale }
}

export function writeDecimal(value: Decimal): string {
  const negative = value.units < 0n
  const digits = (negative ? -value.units : value.units).toString().padStart(value.scale + 1, '0')
  const cut = digits.length - value.scale
  const text = value.scale === 0 ? digits : `${digits.slice(0, cut)}.${digits.slice(cut)}`
  return negative ? `-${text}` : text
}

const zero: Decimal = { units: 0n, scale: 0 }

export function sumOf(texts: readonly string[]): string {
  const total = texts.reduce<Decimal>((sum, text) => {
    const value = parseDecimal(text) ?? zero
    const scale = Math.max(sum.scale, value.scale)
    return { units: at(sum, scale) + at(value, scale), scale }
  }, zero)
  return writeDecimal(total)
}

function negated(text: string): string {
  const value = parseDecimal(text) ?? zero
  return writeDecimal({ units: -value.units, scale: value.scale })
}

export function differenceOf(left: string, right: string): string {
  return sumOf([left, negated(right)])
}

/** One of so many equal parts, to the millionth: what a day has of a sum over several. */
export function partOf(text: string, count: number): string {
  const value = parseDecimal(text) ?? zero
  const scale = Math.max(value.scale, 6)
  return writeDecimal({ units: at(value, scale) / BigInt(Math.max(1, count)), scale })
}

export function compareDecimals(left: string, right: string): -1 | 0 | 1 {
  const a = parseDecimal(left) ?? zero
  const b = parseDecimal(right) ?? zero
  const scale = Math.max(a.scale, b.scale)
  const difference = at(a, scale) - at(b, scale)
  if (difference === 0n) return 0
  return difference < 0n ? -1 : 1
}

export function signOf(text: string): -1 | 0 | 1 {
  return compareDecimals(text, '0')
}

/** How far a mark reaches on a chart. A position in pixels may be inexact; a figure may not come from here. */
export function forDrawing(text: string): number {
  return Number(text)
}
