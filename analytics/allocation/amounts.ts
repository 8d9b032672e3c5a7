import { moneyOf } from '../forecast/exact'
import { wholeShare } from './shares'

/** A cost times a share, in units of the twenty-fourth decimal: exact. */
export function textOf(units: bigint): string {
  const digits = (units < 0n ? -units : units).toString().padStart(25, '0')
  const fraction = digits.slice(-24)
  const shown = fraction.slice(0, 12) + fraction.slice(12).replace(/0+$/, '')
  return `${units < 0n ? '-' : ''}${digits.slice(0, -24)}.${shown}`
}

export function wholeText(units: bigint): string {
  return moneyOf(units)
}

/** Units of the twelfth decimal as units of the twenty-fourth. */
export function whole(units: bigint): bigint {
  return units * wholeShare
}

/** A part of an amount in percent, as a number to be read. */
export function percentOf(part: bigint, of: bigint): number | null {
  if (of === 0n) return null
  return Number((part * 100_000_000n) / of) / 1_000_000
}
