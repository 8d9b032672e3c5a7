import type { UnitChange } from '../contract/unit-costs'
import { moneyOf, unitsOf } from '../forecast/exact'

const one = 10n ** 12n

interface Divided {
  readonly counted: string
  readonly units: string
  readonly unitCost: string | null
}

/** The cost of a unit, rounded half away from zero at the last decimal that is kept; null without units. */
export function unitCostOf(counted: string, units: string): string | null {
  const divisor = unitsOf(units)
  return divisor === 0n ? null : moneyOf(divided(unitsOf(counted) * one, divisor))
}

/**
 * A change of cost as the units and the cost of a unit made it: more units at the former price, then another price
 * for the units of now. What rounding leaves goes to the price, so that both add up to the change.
 */
export function changeBetween(before: Divided, now: Divided): Omit<UnitChange, 'whole'> | null {
  if (before.unitCost === null || now.unitCost === null) return null
  const [formerCost, cost] = [unitsOf(before.counted), unitsOf(now.counted)]
  const [formerUnits, units] = [unitsOf(before.units), unitsOf(now.units)]
  const volume = divided((units - formerUnits) * formerCost, formerUnits)
  const [former, rate] = [unitsOf(before.unitCost), unitsOf(now.unitCost)]
  return {
    cost: moneyOf(cost - formerCost),
    volume: moneyOf(volume),
    rate: moneyOf(cost - formerCost - volume),
    unitCost: moneyOf(rate - former),
    percent: former === 0n ? null : percentOf(rate - former, former < 0n ? -former : former),
  }
}

function percentOf(part: bigint, of: bigint): number {
  return Number(divided(part * 1_000_000n, of)) / 10_000
}

function divided(dividend: bigint, divisor: bigint): bigint {
  const isNegative = dividend < 0n !== divisor < 0n
  const [top, bottom] = [dividend < 0n ? -dividend : dividend, divisor < 0n ? -divisor : divisor]
  const rounded = (2n * top + bottom) / (2n * bottom)
  return isNegative ? -rounded : rounded
}
