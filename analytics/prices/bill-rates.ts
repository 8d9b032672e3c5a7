import { serviceCategories } from '../ingest/service-categories'
import type { DataFacts } from '../model/data-facts'
import type { Connection } from '../store/connection'
import { bareUsageType } from './bare-usage-type'
import { compileRates } from './compile-rates'
import { quotient, unitsOf } from './decimal'

/** What one unit of a usage type cost at list price, in the newest month it was bought. */
export interface BillRate {
  readonly region: string
  /** Without the mark of the region. */
  readonly usageType: string
  readonly operation: string
  readonly unit: string
  readonly month: string
  /** In units of the twelfth decimal. */
  readonly rate: bigint
}

/** The same thing in every region has the same key, but for its region. */
export interface BillRates {
  readonly currency: string
  /** By product code and usage type: every region and operation. */
  find(service: string, usageType: string, operation: string | null): readonly BillRate[]
  /** What a region's prices are of another's: the middle of what both have in the bill. */
  ratio(from: string, to: string, service: string): RegionRatio | null
}

export interface RegionRatio {
  /** In units of the twelfth decimal. */
  readonly ratio: bigint
  /** So many prices it rests on, and whether all are of the service asked for. */
  readonly prices: number
  readonly sameService: boolean
}

interface ServiceRate extends BillRate {
  readonly services: readonly string[]
}

const codesOfNames = new Map<string, string[]>()
for (const { serviceName, productCode } of serviceCategories) {
  codesOfNames.set(serviceName, [...(codesOfNames.get(serviceName) ?? []), productCode])
}

export async function readBillRates(
  connection: Connection,
  facts: DataFacts,
  currency: string,
  signal: AbortSignal,
): Promise<BillRates> {
  const { sql, values } = compileRates(facts, currency)
  const rows = await connection.rows(sql, values, signal)
  const rates = rows.map((row): ServiceRate => {
    const codes: unknown = row.codes
    const inBill = Array.isArray(codes) ? codes.map(String) : []
    const region = String(row.region)
    return {
      services: [...new Set([...inBill, ...(codesOfNames.get(String(row.service)) ?? [])])],
      region,
      usageType: bareUsageType(String(row.usage_type), region),
      operation: String(row.operation),
      unit: String(row.unit),
      month: String(row.newest),
      rate: quotient(unitsOf(String(row.cost)), unitsOf(String(row.quantity))),
    }
  })
  return ratesOf(rates, currency)
}

function ratesOf(rates: readonly ServiceRate[], currency: string): BillRates {
  const byUsage = new Map<string, BillRate[]>()
  const byRegion = new Map<string, Map<string, ServiceRate>>()
  for (const one of rates) {
    for (const service of one.services) {
      const key = `${service} ${one.usageType}`
      byUsage.set(key, [...(byUsage.get(key) ?? []), one])
    }
    const ofRegion = byRegion.get(one.region) ?? new Map<string, ServiceRate>()
    ofRegion.set([one.services[0], one.usageType, one.operation, one.unit].join(' '), one)
    byRegion.set(one.region, ofRegion)
  }
  const ratios = new Map<string, RegionRatio | null>()
  return {
    currency,
    find: (service, usageType, operation) =>
      (byUsage.get(`${service} ${usageType}`) ?? []).filter(
        (one) => operation === null || one.operation === operation,
      ),
    ratio: (from, to, service) => {
      const key = [from, to, service].join(' ')
      const known = ratios.get(key)
      if (known !== undefined) return known
      const found = ratioOf(byRegion.get(from), byRegion.get(to), service)
      ratios.set(key, found)
      return found
    },
  }
}

function ratioOf(
  from: ReadonlyMap<string, ServiceRate> | undefined,
  to: ReadonlyMap<string, ServiceRate> | undefined,
  service: string,
): RegionRatio | null {
  if (!from || !to) return null
  const shared = [...from].flatMap(([key, one]) => {
    const other = to.get(key)
    if (!other || one.rate === 0n) return []
    return [{ ratio: quotient(other.rate, one.rate), ofService: one.services.includes(service) }]
  })
  const ofService = shared.filter((one) => one.ofService)
  const chosen = ofService.length > 0 ? ofService : shared
  const sorted = chosen.map(({ ratio }) => ratio).toSorted((left, right) => (left < right ? -1 : 1))
  // Of two in the middle the lower one: a price is then never raised beyond what a bill has shown.
  const middle = sorted[Math.floor((sorted.length - 1) / 2)]
  if (middle === undefined) return null
  return { ratio: middle, prices: sorted.length, sameService: ofService.length > 0 }
}
