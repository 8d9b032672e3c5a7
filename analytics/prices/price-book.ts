import type { OperatingSystem, Price } from '../contract/prices'
import { dataFacts } from '../model/data-facts'
import type { Connection } from '../store/connection'
import type { Store } from '../store/open-store'
import { type BillRate, type BillRates, readBillRates } from './bill-rates'
import { decimalOf, product, unitsOf } from './decimal'
import { instanceTypesOrigin, shippedInstancePrice } from './instance-types'
import { billedAs, shippedUnitPrice } from './unit-prices'

/** What the bill calls an hour of an instance, by its operating system. */
const operations: Readonly<Record<OperatingSystem, string>> = {
  linux: 'RunInstances',
  windows: 'RunInstances:0002',
  rhel: 'RunInstances:0010',
  suse: 'RunInstances:000g',
}

const catalogueRegion = instanceTypesOrigin.region
const one = unitsOf('1')

/** On-demand prices, each with where it is from: the bill's own, the bill's of another region, the catalogue's. */
export interface PriceBook {
  /** That of the bill's rates. The catalogue's are in USD. */
  readonly currency: string
  instancePrice(type: string, region: string, system: OperatingSystem): Price | null
  /** An item of the catalogue: `AmazonEC2`, `ebs-gp3-storage`. */
  unitPrice(service: string, item: string, region: string): Price | null
  /** What a bill calls a usage type, without its region's mark. Only a bill can tell. */
  usagePrice(service: string, usageType: string, operation: string | null, region: string): Price | null
}

interface KnownBook {
  readonly dataVersion: number
  readonly currency: string
  readonly book: PriceBook
}

const known = new WeakMap<Store, KnownBook>()

/** The prices of one state of the data. `currency`: by default that of most spend. */
export async function openPriceBook(
  store: Store,
  connection: Connection,
  signal: AbortSignal,
  currency?: string,
): Promise<PriceBook> {
  const facts = await dataFacts(store, connection, signal)
  const wanted = currency ?? facts.currencies[0] ?? 'USD'
  const former = known.get(store)
  if (former?.dataVersion === facts.dataVersion && former.currency === wanted) return former.book
  const book = priceBookOf(await readBillRates(connection, facts, wanted, signal))
  known.set(store, { dataVersion: facts.dataVersion, currency: wanted, book })
  return book
}

function priceBookOf(rates: BillRates): PriceBook {
  const { currency } = rates
  return {
    currency,
    usagePrice: (service, usageType, operation, region) =>
      billPrice(rates, { service, usageType, operation, region, per: one, billedIn: null, unit: null }),
    unitPrice: (service, item, region) => {
      const shipped = shippedUnitPrice(service, item)
      const billed = billedAs(service, item)
      const found =
        billed &&
        billPrice(rates, {
          ...billed,
          service,
          region,
          per: unitsOf(billed.per),
          unit: shipped?.unit ?? null,
        })
      return found ?? (shipped && cataloguePrice(rates, service, region, shipped))
    },
    instancePrice: (type, region, system) => {
      const asked = {
        service: 'AmazonEC2',
        usageType: `BoxUsage:${type}`,
        operation: operations[system],
        region,
        per: one,
        billedIn: null,
        unit: 'hour',
      }
      const found = billPrice(rates, asked)
      if (found) return found
      const amount = system === 'linux' ? shippedInstancePrice(type) : null
      if (amount === null) return null
      return cataloguePrice(rates, 'AmazonEC2', region, {
        amount,
        unit: 'hour',
        date: instanceTypesOrigin.date,
        origin: instanceTypesOrigin.text,
        confidence: 'high',
      })
    },
  }
}

interface Asked {
  readonly service: string
  readonly usageType: string
  readonly operation: string | null
  readonly region: string
  /** So many of the bill's units are one of the price's. */
  readonly per: bigint
  /** Rates of other units are not its price; null: of any. */
  readonly billedIn: string | null
  /** null: as the bill has it. */
  readonly unit: string | null
}

function billPrice(rates: BillRates, asked: Asked): Price | null {
  const found = rates
    .find(asked.service, asked.usageType, asked.operation)
    .filter(({ unit }) => asked.billedIn === null || unit.toLowerCase() === asked.billedIn.toLowerCase())
    .toSorted(newestFirst)
  const own = found.find(({ region }) => region === asked.region)
  if (own) {
    return {
      amount: decimalOf(product(own.rate, asked.per)),
      currency: rates.currency,
      unit: asked.unit ?? own.unit,
      source: 'bill',
      region: own.region,
      ratio: null,
      date: own.month,
      confidence: 'high',
      origin: `List rate of ${asked.usageType} in the bill.`,
    }
  }
  const elsewhere = found
    .flatMap((rate) => {
      const ratio = rates.ratio(rate.region, asked.region, asked.service)
      return ratio ? [{ rate, ratio }] : []
    })
    .toSorted(
      (left, right) =>
        Number(right.ratio.sameService) - Number(left.ratio.sameService) ||
        right.ratio.prices - left.ratio.prices,
    )[0]
  if (!elsewhere) return null
  const { rate, ratio } = elsewhere
  return {
    amount: decimalOf(product(product(rate.rate, ratio.ratio), asked.per)),
    currency: rates.currency,
    unit: asked.unit ?? rate.unit,
    source: 'bill-elsewhere',
    region: rate.region,
    ratio: decimalOf(ratio.ratio),
    date: rate.month,
    confidence: ratio.sameService && ratio.prices >= 3 ? 'medium' : 'low',
    origin: `List rate of ${asked.usageType} in the bill of ${rate.region}, times what ${asked.region} costs of it by ${counted(ratio.prices)} found in both.`,
  }
}

function cataloguePrice(
  rates: BillRates,
  service: string,
  region: string,
  shipped: Pick<Price, 'amount' | 'unit' | 'date' | 'origin' | 'confidence'>,
): Price {
  const found = {
    ...shipped,
    amount: decimalOf(unitsOf(shipped.amount)),
    currency: 'USD',
    source: 'catalogue',
    region: catalogueRegion,
    ratio: null,
  } as const
  if (region === catalogueRegion) return { ...found, origin: `${shipped.origin}.` }
  const ratio = rates.ratio(catalogueRegion, region, service)
  if (!ratio) {
    return {
      ...found,
      confidence: 'low',
      origin: `${shipped.origin}. It is the price of ${catalogueRegion}: the bill does not tell what ${region} costs of it.`,
    }
  }
  return {
    ...found,
    amount: decimalOf(product(unitsOf(shipped.amount), ratio.ratio)),
    ratio: decimalOf(ratio.ratio),
    confidence: ratio.sameService && shipped.confidence !== 'low' ? 'medium' : 'low',
    origin: `${shipped.origin}, times what ${region} costs of ${catalogueRegion} by ${counted(ratio.prices)} found in both.`,
  }
}

const counted = (prices: number) => (prices === 1 ? 'the one price' : `the ${prices} prices`)

function newestFirst(left: BillRate, right: BillRate): number {
  if (left.month !== right.month) return left.month < right.month ? 1 : -1
  return left.operation < right.operation ? -1 : 1
}
