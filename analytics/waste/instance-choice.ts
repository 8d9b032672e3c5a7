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
export function cheapest(
  book: PriceBook,
  place: Place,
  { from, need, kind, anyFamily }: Wish,
): Choice | null {
  const fits = ({ facts }: Choice) => facts.vcpu >= need.vcpu && facts.memoryMib >= need.memoryMib
  return (
    choicesOf(book, place, from).find((one) => {
      const { facts } = one
      return isKind(from, facts, kind) && fits(one) && (anyFamily || seriesOf(facts) === seriesOf(from))
    }) ?? null
  )
}

const known = new WeakMap<PriceBook, Map<string, readonly Choice[]>>()

/** What could take a type's place, cheapest first: the same for every instance of it, and priced once. */
function choicesOf(book: PriceBook, { region, system }: Place, from: InstanceFacts): readonly Choice[] {
  const ofBook = known.get(book) ?? new Map<string, readonly Choice[]>()
  known.set(book, ofBook)
  const key = `${from.type} ${region} ${system}`
  const made = ofBook.get(key)
  if (made) return made
  const burstable = seriesOf(from) === 't'
  const choices = everyInstanceType().flatMap((facts): Choice[] => {
    if (!isPlain(facts) || !/^(t|m|c|r)\d/.test(facts.family) || facts.type === from.type) return []
    if (facts.generation < from.generation || (seriesOf(facts) === 't') !== burstable) return []
    if (facts.vcpu > from.vcpu || facts.memoryMib > from.memoryMib * 1.1 || !carries(from, facts)) return []
    const price = book.instancePrice(facts.type, region, system)
    return price === null || price.currency !== book.currency ? [] : [{ facts, price }]
  })
  const sorted = choices.sort(
    (one, other) => compare(one.price, other.price) || other.facts.generation - one.facts.generation,
  )
  ofBook.set(key, sorted)
  return sorted
}

/** Prices of one book beside each other; what is added up is added up in the database. */
export function compare(left: Price, right: Price): number {
  return Number.parseFloat(left.amount) - Number.parseFloat(right.amount)
}
