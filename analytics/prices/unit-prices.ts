import originsCsv from '../../resources/prices/unit-price-origins.csv?raw'
import pricesCsv from '../../resources/prices/unit-prices.csv?raw'
import usageTypesCsv from '../../resources/prices/usage-types.csv?raw'
import type { Confidence } from '../contract/prices'
import { shippedRows } from './shipped-rows'

/** A list price of us-east-1 in USD. */
export interface ShippedPrice {
  readonly unit: string
  readonly amount: string
  readonly date: string
  readonly origin: string
  readonly confidence: Confidence
}

/** What a bill calls an item of the catalogue, without the mark of a region. */
export interface BilledAs {
  readonly usageType: string
  /** null where operations do not differ in price. */
  readonly operation: string | null
  /** So many of the bill's units are one of the catalogue's. */
  readonly per: string
  /** The bill's unit that `per` is of, where bills are known to have others; null otherwise. */
  readonly billedIn: string | null
}

let prices: ReadonlyMap<string, ShippedPrice> | null = null
let billed: readonly BilledPattern[] | null = null

interface BilledPattern extends BilledAs {
  readonly service: string
  readonly item: RegExp
}

export function shippedUnitPrice(service: string, item: string): ShippedPrice | null {
  prices ??= readPrices()
  return prices.get(keyOf(service, item)) ?? null
}

/** The items of a service, for those who look for a type that could take another's place. */
export function itemsOf(service: string): readonly string[] {
  prices ??= readPrices()
  const start = keyOf(service, '')
  return [...prices.keys()].filter((key) => key.startsWith(start)).map((key) => key.slice(start.length))
}

/** null for items whose usage type is not known: the bill cannot tell their price. */
export function billedAs(service: string, item: string): BilledAs | null {
  billed ??= readPatterns()
  for (const { service: ofService, item: pattern, usageType, ...rest } of billed) {
    const match = ofService === service ? pattern.exec(item) : null
    if (match) return { ...rest, usageType: usageType.replace('{type}', match[1] ?? '') }
  }
  return null
}

const keyOf = (service: string, item: string) => `${service} ${item}`

function readPrices(): ReadonlyMap<string, ShippedPrice> {
  const origins = new Map(shippedRows(originsCsv).map(({ origin, date, text }) => [origin, { date, text }]))
  return new Map(
    shippedRows(pricesCsv).map(({ service = '', item = '', unit = '', usd = '', origin, confidence }) => {
      const { date = '', text = '' } = origins.get(origin) ?? {}
      return [
        keyOf(service, item),
        { unit, amount: usd, date, origin: text, confidence: confidenceOf(confidence) },
      ]
    }),
  )
}

function confidenceOf(text: string | undefined): Confidence {
  return text === 'high' || text === 'medium' ? text : 'low'
}

/** Single items before those that stand for every type. */
function readPatterns(): readonly BilledPattern[] {
  const patterns = shippedRows(usageTypesCsv).map(
    ({
      service = '',
      item = '',
      usage_type: usageType = '',
      operation = '',
      per = '1',
      billed_in: unit = '',
    }) => ({
      service,
      item: new RegExp(`^${item.replaceAll('.', '\\.').replace('{type}', '(.+)')}$`),
      usageType,
      operation: operation === '' ? null : operation,
      per,
      billedIn: unit === '' ? null : unit,
    }),
  )
  const general = (one: BilledPattern) => Number(one.usageType.includes('{type}'))
  return patterns.toSorted((left, right) => general(left) - general(right))
}
