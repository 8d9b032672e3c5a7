import type { PriceBook } from '../prices/price-book'
import type { BilledResource, KnownResource } from './billed'
import { type MetricSummary, type Summaries, summaryKey } from './metric-summaries'
import type { BilledRow } from './read-bill'
import type { Inventory } from './read-known'

/** All that rules look at: the bill by resource, what scans saw of it, and how busy it was. */
export interface Estate {
  /** The last day of the bill. */
  readonly lastDay: string
  readonly costDays: number
  readonly billed: readonly BilledResource[]
  /** What scans saw, with or without a line in the bill. */
  readonly known: readonly KnownResource[]
  readonly prices: PriceBook
  billedOf(resource: KnownResource): BilledResource | null
  knownById(account: string, id: string): KnownResource | null
  /** Whether a scan got this part of the region. */
  wasScanned(account: string, region: string, part: string): boolean
  metric(resource: KnownResource, metric: string, statistic: string): MetricSummary | null
  /** The same with metrics of another look-back. */
  withMetrics(summaries: Summaries): Estate
}

export interface EstateParts {
  readonly lastDay: string
  readonly costDays: number
  readonly rows: readonly BilledRow[]
  readonly inventory: Inventory
  readonly summaries: Summaries
  readonly prices: PriceBook
}

export function estateOf({ lastDay, costDays, rows, inventory, summaries, prices }: EstateParts): Estate {
  const knownByName = new Map<string, KnownResource>()
  const knownById = new Map<string, KnownResource>()
  for (const one of inventory.resources) {
    knownById.set(`${one.account}\0${one.id}`, one)
    for (const name of [one.id, ...(one.arn === null ? [] : [one.arn]), ...one.billedAs]) {
      knownByName.set(`${one.account}\0${name}`, one)
    }
  }
  const lines = new Map<string, BilledRow[]>()
  for (const row of rows) {
    const key = [row.account, row.region, row.name, row.currency].join('\0')
    const list = lines.get(key)
    if (list) list.push(row)
    else lines.set(key, [row])
  }
  const billedByKnown = new Map<KnownResource, BilledResource>()
  const billed = [...lines.values()].flatMap((list): BilledResource[] => {
    const [first] = list
    if (!first) return []
    const { payer, account, region, name, currency } = first
    const known = knownByName.get(`${account}\0${name}`) ?? null
    const resource = { payer, account, region, name, currency, lines: list, known }
    if (known && !billedByKnown.has(known)) billedByKnown.set(known, resource)
    return [resource]
  })
  const estate = (metrics: Summaries): Estate => ({
    lastDay,
    costDays,
    billed,
    known: inventory.resources,
    prices,
    billedOf: (resource) => billedByKnown.get(resource) ?? null,
    knownById: (account, id) => knownById.get(`${account}\0${id}`) ?? null,
    wasScanned: (account, region, part) =>
      inventory.scanned.has(`${account}\0${region}\0${part}`) ||
      inventory.scanned.has(`${account}\0global\0${part}`),
    metric: ({ account, id }, metric, statistic) =>
      metrics.get(summaryKey(account, id, metric, statistic)) ?? null,
    withMetrics: estate,
  })
  return estate(summaries)
}
