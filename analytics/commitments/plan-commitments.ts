import type { CommitmentPlan, Offering, PlanRequest, Purchase } from '../contract/commitments'
import { type Result, succeed } from '../contract/result'
import type { Work } from '../engine/work'
import { moneyOf, unitsOf } from '../forecast/exact'
import { type Asking, asking } from '../model/ask'
import { addDays, addMonths, daysBetween, earlierOf, firstOfMonth } from '../model/windows'
import { openPriceBook, type PriceBook } from '../prices/price-book'
import { compileHoldingCosts, type LookBack } from './compile-commitments'
import { coversOf, type HeldCover } from './covers'
import { readDiscountRates } from './discount-rates'
import { readHeld } from './held-commitments'
import { mixOf, type SpotRate } from './mix'
import { type Ahead, money, planPurchase } from './plan-purchase'
import { type Product, productsFor } from './products'
import { lookBack } from './read-commitments'
import { type MeasuredUsage, readUsageHours } from './usage-hours'
import { type HourlyUsage, replay } from './waterfall'

const usualDays = 60
const usualFall = 0.3
const usualMonths = 6
/** Rates are learnt from more than the window: what was bought lately shows in few of its days. */
const rateDays = 120

export async function planCommitments(request: PlanRequest, work: Work): Promise<Result<CommitmentPlan>> {
  return await asking(work, async (asked) => {
    const looked = lookBack(asked.facts, request.days ?? usualDays)
    if (!looked.ok) return looked
    return succeed(await planIn(asked, looked.value, request))
  })
}

async function planIn(asked: Asking, window: LookBack, request: PlanRequest): Promise<CommitmentPlan> {
  const { store, connection, facts, signal } = asked
  const currency = facts.currencies[0] ?? 'USD'
  const days = daysBetween(window.from, window.to)
  const held = await readHeld(connection, signal)
  const measured = await readUsageHours(connection, window, days, currency, signal)
  const rates = await readDiscountRates(
    connection,
    { from: earlierOf(addDays(window.to, -rateDays), window.from), to: window.to },
    currency,
    held,
    request.rates,
    signal,
  )
  const book = await openPriceBook(store, connection, signal, currency)
  const usage = measured.usage.filter(({ spot }) => !spot)
  const covers = coversOf(held, usage, rates, book)
  const ahead = aheadOf(usage, covers, window, request.months ?? usualMonths)
  const { products, unplanned } = productsFor(
    ahead.now,
    usage,
    rates,
    request.term ?? 1,
    request.payment ?? 'no-upfront',
  )
  const fall = request.fall ?? usualFall
  const planned = products.flatMap((product) => planPurchase(product, ahead, fall) ?? [])
  const chosen = chosenOf(planned)
  const widest = products.find(({ offering }) => offering === 'compute-plan')
  return {
    window,
    currency,
    hourly: measured.hourly,
    purchases: planned
      .map((purchase) => ({ ...purchase, chosen: chosen.has(purchase.id) }))
      .toSorted((left, right) => Number(right.optimum.monthlySaving) - Number(left.optimum.monthlySaving)),
    unplanned: [...unplanned],
    monthlySaving: moneyOf(
      planned
        .filter(({ id }) => chosen.has(id))
        .reduce((sum, { optimum }) => sum + unitsOf(optimum.monthlySaving), 0n),
    ),
    replay: await replayed(asked, usage, covers, window, currency),
    mix: widest
      ? mixOf(widest, ahead, fall, request.interruptible ?? 0, spotOf(measured.usage, book, request))
      : null,
  }
}

/** What is held goes on until it ends; one whose end the bill does not say is taken to go on. */
function aheadOf(
  usage: readonly HourlyUsage[],
  covers: readonly HeldCover[],
  window: LookBack,
  months: number,
): Ahead {
  const activeOn = (day: string) =>
    covers.filter(({ held }) => (held.ends ?? '9') > day && (held.starts ?? '') <= day)
  const active = activeOn(window.to)
  const known = new Map<string, readonly HourlyUsage[]>()
  const leftWith = (some: readonly HeldCover[]) => {
    const key = some.map(({ id }) => id).join(' ')
    const left = known.get(key) ?? replay(usage, some).left
    known.set(key, left)
    return left
  }
  const falls = new Map<number, readonly HourlyUsage[]>()
  const firstMonth = addMonths(firstOfMonth(window.to), 1)
  return {
    now: leftWith(active),
    fallen: (fall) => {
      const left =
        falls.get(fall) ??
        replay(
          usage.map(({ kind, hours }) => ({ kind, hours: hours.map((cost) => cost * (1 - fall)) })),
          active,
        ).left
      falls.set(fall, left)
      return left
    },
    months: Array.from({ length: months }, (_, at) => {
      const [from, to] = [at === 0 ? window.to : addMonths(firstMonth, at), addMonths(firstMonth, at + 1)]
      const ending = active.filter(({ held }) => held.ends !== null && held.ends >= from && held.ends < to)
      const going = active.filter(({ held }) => held.ends === null || held.ends >= to)
      return {
        month: addMonths(firstMonth, at).slice(0, 7),
        usage: leftWith(going),
        ending: (product: Product) =>
          ending
            .filter(({ ratio }) => usage.some(({ kind }) => product.covers(kind) && ratio(kind) !== null))
            .reduce((sum, { capacity }) => sum + capacity, 0),
      }
    }),
  }
}

/**
 * Purchases for the same usage stand against each other: one plan for all of compute or one a family, a plan for
 * databases or their reservations. What saves more is chosen; a rate that is little known beats none that is known.
 */
function chosenOf(planned: readonly Omit<Purchase, 'chosen'>[]): ReadonlySet<string> {
  const rivals: readonly (readonly [Offering, Offering, RegExp])[] = [
    ['compute-plan', 'ec2-instance-plan', /./],
    ['database-plan', 'reservation', /^db\./],
  ]
  const out = new Set<string>()
  for (const [wide, narrow, scope] of rivals) {
    const ofWide = planned.filter(({ offering }) => offering === wide)
    const ofNarrow = planned.filter((one) => one.offering === narrow && scope.test(one.scope))
    const better = worth(ofNarrow) > worth(ofWide) ? ofWide : ofNarrow
    if (ofWide.length > 0) for (const { id } of better) out.add(id)
  }
  return new Set(planned.map(({ id }) => id).filter((id) => !out.has(id)))
}

/** What is surely known counts first. */
function worth(purchases: readonly Omit<Purchase, 'chosen'>[]): number {
  const sure = purchases.some(({ rate }) => rate.confidence !== 'low')
  const saving = purchases.reduce((sum, { optimum }) => sum + Number(optimum.monthlySaving), 0)
  return saving + (sure ? 1e12 : 0)
}

/** Only what was held through all of the window can be compared: the bill has the rest for a part of it. */
async function replayed(
  { connection, signal }: Asking,
  usage: readonly MeasuredUsage[],
  covers: readonly HeldCover[],
  window: LookBack,
  currency: string,
): Promise<CommitmentPlan['replay']> {
  const throughout = covers.filter(
    ({ held }) => (held.starts ?? '') <= window.from && (held.ends ?? '9') >= window.to,
  )
  const ids = new Set(throughout.map(({ id }) => id))
  const { sql, values } = compileHoldingCosts(window, currency)
  const rows = await connection.rows(sql, values, signal)
  const bill = rows
    .filter(({ id }) => ids.has(String(id)))
    .reduce((sum, row) => sum + unitsOf(String(row.covered)), 0n)
  return { bill: moneyOf(bill), replayed: money(replay(usage, throughout).covered) }
}

/** What spot instances of the bill cost, beside the same hours on demand. */
function spotOf(usage: readonly MeasuredUsage[], book: PriceBook, { spotDiscount }: PlanRequest): SpotRate {
  if (spotDiscount !== undefined) return { ratio: 1 - spotDiscount, origin: 'The discount that was stated.' }
  let [cost, onDemand] = [0, 0]
  for (const one of usage) {
    if (!one.spot || one.kind.instance === null || one.kind.usageClass !== 'ec2') continue
    const price = book.instancePrice(one.kind.instance, one.kind.region, 'linux')
    if (price === null || price.currency !== book.currency) continue
    cost += one.cost
    onDemand += one.quantity * Number(price.amount)
  }
  return onDemand === 0
    ? { ratio: null, origin: 'The bill has no spot instances; state what spot saves.' }
    : { ratio: cost / onDemand, origin: 'What spot instances of the bill cost beside on demand.' }
}
