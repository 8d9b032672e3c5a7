import type { Allocated, Allocation, AllocationOrigin, AllocationRequest } from '../contract/allocation'
import { unallocated } from '../contract/dimensions'
import { type Result, succeed } from '../contract/result'
import type { Work } from '../engine/work'
import { unitsOf } from '../forecast/exact'
import { type Asking, asking } from '../model/ask'
import { percentOf, textOf, whole, wholeText } from './amounts'
import { type AskedAllocation, askedAllocation, givenMonths } from './ask-allocation'
import { compare } from './divide'
import { givenBy, type MonthShares, readShares } from './read-shares'

/** As many parts of what no rule matches as a person looks through. */
const mostUnmatched = 20

/** What a set of rules, or a draft of one, makes of a period's bill, and where each amount comes from. */
export async function showAllocation(request: AllocationRequest, work: Work): Promise<Result<Allocation>> {
  return await asking(work, async (context) => {
    const asked = await askedAllocation(request, context)
    if (!asked.ok) return asked
    const { set, window, currency, measure } = asked.value
    const rule = givenBy(set.definition, 'rule', 'rule')
    const given = (await givenMonths(asked.value, [rule, givenBy(set.definition)], context)).map(givenOf)
    const shares = (await readShares(set.definition, window, context)).filter(
      (one) => one.currency === currency,
    )
    const tally = new Tally(shares)
    for (const one of given) tally.add(one)
    const rules = set.definition.rules
    const inForce = rules.filter(({ enabled }) => enabled)
    const total = whole(given.reduce((sum, { units }) => sum + units, 0n))
    const left = tally.amountOf(unallocated)
    return succeed({
      name: set.definition.name,
      version: set.version,
      measure,
      currency,
      window,
      months: [...tally.months],
      total: textOf(total),
      allocated: textOf(total - left),
      unallocated: textOf(left),
      unallocatedShare: percentOf(left, total),
      values: tally.values((place) => inForce[place]?.name ?? null),
      rules: rules.map((one) => {
        const matched = given.filter(({ rule: place }) => inForce[place] === one)
        return {
          name: one.name,
          amount: wholeText(matched.reduce((sum, { units }) => sum + units, 0n)),
          values: new Set(matched.map(({ value }) => value)).size,
        }
      }),
      ...(await unmatched(asked.value, context)),
      undivided: tally.undivided(),
      accountNames: Object.fromEntries(context.facts.accountNames),
    })
  })
}

interface Given {
  /** The place of the rule among those in force; -1 where none matches. */
  readonly rule: number
  readonly value: string
  readonly month: string
  readonly units: bigint
}

function givenOf([rule = '', value = '', month = '', amount = '0']: readonly string[]): Given {
  return { rule: Number(rule), value, month, units: unitsOf(amount) }
}

interface Origin {
  readonly rule: number
  readonly from: string | null
  readonly via: Set<string>
  units: bigint
}

/** Amounts as they come to their values, each with its origin; in units of the twenty-fourth decimal. */
class Tally {
  private readonly byMonth = new Map<string, MonthShares>()
  private readonly origins = new Map<string, Map<string, Origin>>()
  private readonly amounts = new Map<string, Map<string, bigint>>()
  private readonly matched = new Map<string, bigint>()
  private readonly left = new Map<string, { of: string; month: string; units: bigint; reason: string }>()
  private readonly seen = new Set<string>()

  constructor(shares: readonly MonthShares[]) {
    for (const month of shares) this.byMonth.set(month.month, month)
  }

  get months(): readonly string[] {
    return [...this.seen].sort()
  }

  add({ rule, value, month, units }: Given): void {
    this.seen.add(month)
    const key = matchedKey(rule, value)
    this.matched.set(key, (this.matched.get(key) ?? 0n) + whole(units))
    const divided = this.byMonth.get(month)
    const parts = divided?.parts.get(value)
    if (!parts) {
      this.give(value, month, rule, null, [], whole(units))
      return
    }
    for (const [end, { share, via }] of parts) this.give(end, month, rule, value, via, units * share)
    const reason = divided?.undivided.get(value)
    if (reason !== undefined) {
      const at = `${month} ${value}`
      const former = this.left.get(at)?.units ?? 0n
      this.left.set(at, { of: value, month, units: former + whole(units), reason })
    }
  }

  amountOf(value: string): bigint {
    return sum(this.amounts.get(value)?.values() ?? [])
  }

  /** Most spend first, and what is unallocated last: always there, also where it is nothing. */
  values(ruleName: (place: number) => string | null): Allocated[] {
    const values = [...new Set([...this.amounts.keys(), unallocated])]
    return values
      .map((value) => ({ value, units: this.amountOf(value) }))
      .sort(
        (one, other) =>
          Number(one.value === unallocated) - Number(other.value === unallocated) ||
          compare(other.units, one.units) ||
          compare(one.value, other.value),
      )
      .map(({ value, units }) => {
        const origins = [...(this.origins.get(value)?.values() ?? [])]
        const direct = sum(origins.filter(({ from }) => from === null).map((origin) => origin.units))
        return {
          value,
          amount: textOf(units),
          direct: textOf(direct),
          shared: textOf(units - direct),
          byMonth: this.months.map((month) => textOf(this.amounts.get(value)?.get(month) ?? 0n)),
          origins: origins
            .sort((one, other) => compare(other.units, one.units) || one.rule - other.rule)
            .map((origin) => this.originOf(origin, value, ruleName)),
        }
      })
  }

  undivided(): Allocation['undivided'] {
    return [...this.left.values()]
      .sort((one, other) => compare(one.month, other.month) || compare(one.of, other.of))
      .map(({ units, ...one }) => ({ ...one, amount: textOf(units) }))
  }

  private originOf(
    { rule, from, via, units }: Origin,
    value: string,
    ruleName: (place: number) => string | null,
  ): AllocationOrigin {
    return {
      rule: ruleName(rule),
      from,
      via: [...via].sort(compare),
      share: percentOf(units, this.matched.get(matchedKey(rule, from ?? value)) ?? 0n),
      amount: textOf(units),
    }
  }

  private give(
    value: string,
    month: string,
    rule: number,
    from: string | null,
    via: Iterable<string>,
    units: bigint,
  ): void {
    const months = this.amounts.get(value) ?? new Map<string, bigint>()
    this.amounts.set(value, months)
    months.set(month, (months.get(month) ?? 0n) + units)
    const origins = this.origins.get(value) ?? new Map<string, Origin>()
    this.origins.set(value, origins)
    const key = matchedKey(rule, from ?? '')
    const origin = origins.get(key) ?? { rule, from, via: new Set<string>(), units: 0n }
    origins.set(key, origin)
    origin.units += units
    for (const one of via) origin.via.add(one)
  }
}

function matchedKey(rule: number, value: string): string {
  return `${rule} ${value}`
}

function sum(units: Iterable<bigint>): bigint {
  let total = 0n
  for (const one of units) total += one
  return total
}

async function unmatched(
  asked: AskedAllocation,
  context: Asking,
): Promise<Pick<Allocation, 'unmatched' | 'unmatchedRest'>> {
  const term = givenBy(asked.set.definition)
  const rows = await givenMonths(asked, [term], context, {
    by: ['service', 'account'],
    where: [{ dimension: 'given', operator: '=', value: unallocated }],
  })
  const parts = new Map<string, { service: string; account: string; units: bigint }>()
  for (const [, service = '', account = '', , amount = '0'] of rows) {
    const key = JSON.stringify([service, account])
    const former = parts.get(key)?.units ?? 0n
    parts.set(key, { service, account, units: former + unitsOf(amount) })
  }
  const sorted = [...parts.values()].sort(
    (one, other) => compare(other.units, one.units) || compare(one.service, other.service),
  )
  return {
    unmatched: sorted
      .slice(0, mostUnmatched)
      .map(({ service, account, units }) => ({ service, account, amount: wholeText(units) })),
    unmatchedRest: wholeText(sum(sorted.slice(mostUnmatched).map(({ units }) => units))),
  }
}
