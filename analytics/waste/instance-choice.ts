import type { InstanceFacts, OperatingSystem, Price } from '../contract/prices'
import { everyInstanceType } from '../prices/instance-types'
import type { PriceBook } from '../prices/price-book'
import type { KnownResource } from './billed'

/** What an instance needs at its peak, with the headroom asked for. */
export interface Need {
  readonly vcpu: number
  readonly memoryMib: number
}

export interface Choice {
  readonly facts: InstanceFacts
  readonly price: Price
}

export interface Place {
  readonly region: string
  readonly system: OperatingSystem
}

/** `m` of `m6i`: what a family is made for. */
export function seriesOf({ family }: InstanceFacts): string {
  return /^[a-z]+/.exec(family)?.[0] ?? family
}

const isPlain = ({ gpu, accelerator, flex, size }: InstanceFacts) =>
  gpu === null && accelerator === null && !flex && !size.startsWith('metal')

/** Drivers and kinds of disk that the newer platform needs; what is not known stands in the way of nothing. */
export function fitsPlatform(
  from: InstanceFacts,
  to: InstanceFacts,
  known: KnownResource | null,
): readonly string[] {
  const blocks: string[] = []
  if (from.hypervisor === 'xen' && to.hypervisor === 'nitro' && known) {
    if (known.facts.ena === false) blocks.push('its image has no ENA driver')
    if (known.facts.virtualization === 'paravirtual') blocks.push('its image is paravirtual')
  }
  if (known?.facts.rootDevice === 'instance-store') blocks.push('its root is an instance store')
  if (typeof known?.facts.tenancy === 'string' && known.facts.tenancy !== 'default')
    blocks.push('it runs on dedicated hardware')
  return blocks
}

/** Whether disk and network of the new type carry what the old one could; half is enough for half the size. */
function carries(from: InstanceFacts, to: InstanceFacts): boolean {
  const part = Math.min(1, to.vcpu / from.vcpu)
  const enough = (has: number | null, had: number | null) => had === null || (has ?? 0) >= had * part * 0.9
  return enough(to.ebsMbps, from.ebsMbps) && enough(to.localNvmeGb, from.localNvmeGb)
}

export type Kind = 'same' | 'amd' | 'graviton'

function isKind(from: InstanceFacts, to: InstanceFacts, kind: Kind): boolean {
  switch (kind) {
    case 'same':
      return to.architecture === from.architecture && to.manufacturer === from.manufacturer
    case 'amd':
      return from.architecture === 'x86_64' && from.manufacturer !== 'amd' && to.manufacturer === 'amd'
    case 'graviton':
      return from.architecture === 'x86_64' && to.architecture === 'arm64'
  }
}

export interface Wish {
  readonly from: InstanceFacts
  readonly need: Need
  readonly kind: Kind
  /** Other families too: only where the memory is known. */
  readonly anyFamily: boolean
}

/** The cheapest type of a kind that does what is needed; of two at one price the newer. */
export function cheapest(book: PriceBook, { region, system }: Place, wish: Wish): Choice | null {
  const { from, need, kind, anyFamily } = wish
  const burstable = seriesOf(from) === 't'
  let best: Choice | null = null
  for (const facts of typesFrom(from)) {
    if (facts.type === from.type || !isKind(from, facts, kind) || facts.generation < from.generation) continue
    if (facts.vcpu < need.vcpu || facts.memoryMib < need.memoryMib) continue
    if ((seriesOf(facts) === 't') !== burstable || (!anyFamily && seriesOf(facts) !== seriesOf(from)))
      continue
    if (!carries(from, facts)) continue
    const price = book.instancePrice(facts.type, region, system)
    if (price === null || price.currency !== book.currency) continue
    const order = best === null ? -1 : compare(price, best.price)
    if (order < 0 || (order === 0 && best !== null && facts.generation > best.facts.generation)) {
      best = { facts, price }
    }
  }
  return best
}

const bySize = new Map<string, readonly InstanceFacts[]>()

/** Types that are sold for general use and no larger than another: few enough to price. */
function typesFrom(from: InstanceFacts): readonly InstanceFacts[] {
  const key = `${from.vcpu} ${from.memoryMib}`
  const known = bySize.get(key)
  if (known) return known
  const found = everyInstanceType().filter(
    (facts) =>
      isPlain(facts) &&
      /^(t|m|c|r)\d/.test(facts.family) &&
      facts.vcpu <= from.vcpu &&
      facts.memoryMib <= from.memoryMib * 1.1,
  )
  bySize.set(key, found)
  return found
}

/** Prices of one book beside each other; what is added up is added up in the database. */
export function compare(left: Price, right: Price): number {
  return Number.parseFloat(left.amount) - Number.parseFloat(right.amount)
}
