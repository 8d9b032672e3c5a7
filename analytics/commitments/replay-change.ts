import type { UsageChange } from '../contract/commitments'
import { type Result, succeed } from '../contract/result'
import type { Work } from '../engine/work'
import { asking } from '../model/ask'
import { daysBetween } from '../model/windows'
import { openPriceBook } from '../prices/price-book'
import { coversOf } from './covers'
import { readDiscountRates } from './discount-rates'
import { readHeld } from './held-commitments'
import { money, monthly } from './plan-purchase'
import { lookBack } from './read-commitments'
import { readUsageHours } from './usage-hours'
import { type HourlyUsage, replay, withChanges } from './waterfall'

/** By month of 30.4375 days, at list prices, estimates to six decimals. */
export interface ChangeReplayed {
  /** What the usage that goes would cost on demand. */
  readonly gross: string
  /** What is paid less on demand: freed commitments take over other usage first. */
  readonly net: string
  /** What is committed and covers nothing any more. */
  readonly stranded: string
}

/** What a change of usage saves after commitments: what they covered is freed for other usage, or lost. */
export async function replayChange(
  changes: readonly UsageChange[],
  days: number,
  work: Work,
): Promise<Result<ChangeReplayed>> {
  return await asking(work, async ({ store, connection, facts, signal }) => {
    const looked = lookBack(facts, days)
    if (!looked.ok) return looked
    const window = looked.value
    const currency = facts.currencies[0] ?? 'USD'
    const held = await readHeld(connection, signal)
    const span = daysBetween(window.from, window.to)
    const { usage: all, hours } = await readUsageHours(connection, window, span, currency, signal)
    const usage = all.filter(({ spot }) => !spot)
    const rates = await readDiscountRates(connection, window, currency, held, undefined, signal)
    const book = await openPriceBook(store, connection, signal, currency)
    const covers = coversOf(held, usage, rates, book).filter(({ held: one }) => (one.ends ?? '9') > window.to)
    const [before, after] = [usage, withChanges(usage, changes)].map((some) => {
      const { left, used } = replay(some, covers)
      return { total: costOf(some), onDemand: costOf(left), used: [...used.values()].reduce(sum, 0) }
    })
    if (!before || !after) throw new Error('A replay has a state before and one after.')
    return succeed({
      gross: money(monthly(before.total - after.total, hours)),
      net: money(monthly(before.onDemand - after.onDemand, hours)),
      stranded: money(monthly(before.used - after.used, hours)),
    })
  })
}

const sum = (one: number, other: number) => one + other

function costOf(usage: readonly HourlyUsage[]): number {
  return usage.reduce((total, { hours }) => total + hours.reduce(sum, 0), 0)
}
