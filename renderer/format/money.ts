import { parseDecimal, roundDecimal, writeDecimal } from './decimal'

export interface MoneyStyle {
  readonly digits?: number
  /** `always` puts a plus before a rise; nothing is put before zero. */
  readonly sign?: 'auto' | 'always'
}

const minus = '\u2212'

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',')
}

/** `-1234567.895` as `−1,234,567.90`. What is not a decimal is shown as it came, never as a wrong figure. */
export function formatMoney(text: string, style: MoneyStyle = {}): string {
  const value = parseDecimal(text)
  if (value === null) return text
  const rounded = writeDecimal(roundDecimal(value, style.digits ?? 2))
  const [whole = '0', fraction] = rounded.replace('-', '').split('.')
  const body = fraction === undefined ? grouped(whole) : `${grouped(whole)}.${fraction}`
  const isZero = /^0*(\.0*)?$/.test(rounded.replace('-', ''))
  if (isZero) return body
  if (rounded.startsWith('-')) return `${minus}${body}`
  return style.sign === 'always' ? `+${body}` : body
}

const digitsByCurrency = new Map<string, number>()

/** Yen have no cents and dinars have three digits of them. A code nobody knows is given two. */
export function digitsOf(currency: string): number {
  const known = digitsByCurrency.get(currency)
  if (known !== undefined) return known
  const digits = /^[A-Z]{3}$/.test(currency)
    ? (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ??
      2)
    : 2
  digitsByCurrency.set(currency, digits)
  return digits
}

const steps = [
  { size: 1e12, mark: 'T' },
  { size: 1e9, mark: 'B' },
  { size: 1e6, mark: 'M' },
  { size: 1e3, mark: 'k' },
] as const

/**
 * A tick of an axis: `1.2M`. Ticks are positions the chart chose, so they are numbers already; `step` is how far
 * they are apart, so that two neighbours never read the same.
 */
export function formatTick(value: number, step = 0): string {
  const size = Math.abs(value)
  const sign = value < 0 ? minus : ''
  const scale = steps.find((candidate) => size >= candidate.size) ?? { size: 1, mark: '' }
  const shown = size / scale.size
  const usual = scale.size === 1 ? (size < 10 ? 2 : 0) : shown < 100 ? 1 : 0
  const needed = step > 0 ? Math.ceil(-Math.log10(step / scale.size) - 1e-9) : 0
  return `${sign}${trimmed(shown, Math.min(6, Math.max(usual, needed)))}${scale.mark}`
}

function trimmed(value: number, digits: number): string {
  const text = value.toFixed(digits)
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

export function formatPercent(value: number, sign: 'auto' | 'always' = 'auto'): string {
  const text = Math.abs(value).toFixed(1)
  const size = `${grouped(text.split('.')[0] ?? '0')}.${text.split('.')[1] ?? '0'}\u00a0%`
  if (text === '0.0') return size
  if (value < 0) return `${minus}${size}`
  return sign === 'always' ? `+${size}` : size
}

export function formatCount(value: number): string {
  const text = Math.trunc(Math.abs(value)).toString()
  return value < 0 ? `${minus}${grouped(text)}` : grouped(text)
}

export function counted(value: number, one: string, many: string): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`
}

export function formatBytes(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const
  let size = value
  let unit = 0
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000
    unit += 1
  }
  return `${unit === 0 ? size.toFixed(0) : size.toFixed(1)}\u00a0${units[unit] ?? 'TB'}`
}
