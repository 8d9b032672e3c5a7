import type { MoneyPoint } from '../../contract/forecast'
import { addDays, addMonths, daysBetween } from '../../model/windows'
import { moneyOf, unitsOfEstimate } from '../exact'
import { at } from '../numbers'
import type { Grown } from './grow'
import { type Watched, widthOfSum } from './sum-bands'

export function dailyPoints(one: Grown, first: string, days: number): MoneyPoint[] {
  return Array.from({ length: days }, (_, day) =>
    pointOf(addDays(first, day), one.units[day] ?? 0n, at(one.w80, day), at(one.w95, day), one.floor),
  )
}

export interface Months {
  /** The first day of the history. */
  readonly from: string
  /** The first day that is forecast. */
  readonly first: string
  readonly months: number
}

/** The month that the data ends in is what came of it and what is still to come. */
export function monthlyPoints(one: Grown, watched: Watched, { from, first, months }: Months): MoneyPoint[] {
  const begin = `${first.slice(0, 7)}-01`
  return Array.from({ length: months }, (_, index) => {
    const [month, next] = [addMonths(begin, index), addMonths(begin, index + 1)]
    const actual = actualUnits(one, from, month, first)
    const due = dueUnits(one, from, month)
    const [start, end] = [Math.max(0, daysBetween(first, month)), daysBetween(first, next)]
    const { w80, w95 } = widthOfSum(watched, start, end)
    const growth = at(one.growth, end - 1)
    return pointOf(
      month,
      actual + due + sumOf(one.units, start, end),
      w80 * growth,
      w95 * growth,
      one.floor === null ? null : actual,
    )
  })
}

/** What has come in since a day, up to the forecast. */
export function actualUnits(
  { history }: Pick<Grown, 'history'>,
  from: string,
  since: string,
  first: string,
): bigint {
  return sumOf(history.units, Math.max(0, daysBetween(from, since)), daysBetween(from, first))
}

/** The whole month before the one that the forecast begins in. */
export function monthBefore({ history }: Pick<Grown, 'history'>, from: string, first: string): bigint {
  const begin = `${first.slice(0, 7)}-01`
  const start = daysBetween(from, addMonths(begin, -1))
  return sumOf(history.units, Math.max(0, start), daysBetween(from, begin))
}

/** What days since then, that have passed, will still be billed. */
export function dueUnits({ history }: Pick<Grown, 'history'>, from: string, since: string): bigint {
  const start = daysBetween(from, since)
  return history.due.reduce((sum, { day, units }) => (day >= start ? sum + units : sum), 0n)
}

export function sumOf(units: readonly bigint[], from: number, to: number): bigint {
  let sum = 0n
  for (let index = from; index < to; index += 1) sum += units[index] ?? 0n
  return sum
}

export function pointOf(t: string, mean: bigint, w80: number, w95: number, floor: bigint | null): MoneyPoint {
  return { t, mean: moneyOf(mean), ...bandOf(mean, w80, w95, floor) }
}

export function bandOf(
  mean: bigint,
  w80: number,
  w95: number,
  floor: bigint | null,
): Omit<MoneyPoint, 't' | 'mean'> {
  const [near, far] = [unitsOfEstimate(w80), unitsOfEstimate(Math.max(w80, w95))]
  const low = (width: bigint) =>
    floor !== null && mean - width < floor && floor <= mean ? floor : mean - width
  return {
    lo80: moneyOf(low(near)),
    hi80: moneyOf(mean + near),
    lo95: moneyOf(low(far)),
    hi95: moneyOf(mean + far),
  }
}
