import type { ForecastModel, MoneyPoint } from '../../contract/forecast'
import type { ForecastOrigin } from '../../contract/forecast-accuracy'
import { addDays, addMonths, daysBetween } from '../../model/windows'
import { at, type Values } from '../numbers'
import { type Grown, grownParts } from '../spend/grow'
import type { AskedSpend } from '../spend/open-spend'
import type { SpendOutlook } from '../spend/outlook'
import { dailyPoints, monthlyPoints } from '../spend/spend-points'
import { watchedOf } from '../spend/sum-bands'
import type { LedgerForecast, NewLedgerForecast } from './ledger-store'
import type { Came } from './score-forecasts'

/** How far a forecast is kept: a quarter of days, and the month under way with three more. */
export const keptDays = 90
const keptMonths = 4

/** A question's measure and filters in one spelling. */
export function scopeOf({ measure = 'effective', where = [] }: AskedSpend): string {
  return JSON.stringify([measure, [...where].map((filter) => JSON.stringify(filter)).sort()])
}

export interface MadeFrom {
  readonly from: string
  /** The first day that is forecast. */
  readonly first: string
  readonly dataVersion: number
  readonly origin: ForecastOrigin
  readonly model: ForecastModel
  readonly by: string | undefined
}

/** What an outlook says of its total and parts, as it is kept: without events and growth. */
export function recordsOf({ total, parts }: SpendOutlook, made: MadeFrom): readonly NewLedgerForecast[] {
  const [whole, ...below] = grownParts(total, parts, {}, made.first)
  if (!whole) return []
  return [
    ...twoGrains(whole, { ...made, by: undefined }, ''),
    ...below.flatMap((one) => twoGrains(one, made, one.id)),
  ]
}

function twoGrains(one: Grown, made: MadeFrom, part: string): readonly NewLedgerForecast[] {
  const { from, first, by = '', ...known } = made
  const days = one.units.length
  const begin = `${first.slice(0, 7)}-01`
  let months = 0
  while (months < keptMonths && daysBetween(first, addMonths(begin, months + 1)) <= days) months += 1
  const base = {
    by,
    part,
    ...known,
    dataThrough: addDays(first, -1),
    basis: basisOf(one.history.values),
  }
  const kept = (grain: 'day' | 'month', points: readonly MoneyPoint[]) =>
    points.length > 0 ? [{ ...base, grain, points }] : []
  return [
    ...kept('day', dailyPoints(one, first, Math.min(days, keptDays))),
    ...kept('month', monthlyPoints(one, watchedOf(one), { from, first, months })),
  ]
}

/** Closed months only: the newest weeks of a bill are restated as a matter of course. */
const newest = 35
const basisDays = 90
const mostRestated = 0.05

/** What about a quarter of closed days before an origin came to. */
export function basisOf(history: Values): number {
  const end = Math.max(1, history.length - newest)
  let sum = 0
  for (let day = Math.max(0, end - basisDays); day < Math.min(end, history.length); day += 1)
    sum += at(history, day)
  return sum
}

/** Forecasts that were made from other figures, of another bill or before a great restatement, say nothing now. */
export function isStillTrue({ basis, dataThrough }: LedgerForecast, { from, values }: Came): boolean {
  const known = daysBetween(from, dataThrough) + 1
  if (known < 0 || known > values.length) return false
  const now = basisOf(values.slice(0, known).map((value) => (Number.isFinite(value) ? value : 0)))
  return Math.abs(basis - now) <= mostRestated * Math.max(Math.abs(basis), Math.abs(now))
}
