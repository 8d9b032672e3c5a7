import type { Insufficient, Sensitivity } from '../../contract/findings'
import type { Resource } from '../../contract/inventory'
import type { Price } from '../../contract/prices'
import { shippedInstancePrice } from '../../prices/instance-types'
import type { PriceBook } from '../../prices/price-book'
import { shippedUnitPrice } from '../../prices/unit-prices'
import { usualSensitivity } from '../assess'
import { type Estate, estateOf } from '../estate'
import { type MetricSummary, summaryKey } from '../metric-summaries'
import type { BilledRow } from '../read-bill'
import type { Candidate, Rule } from '../rule'

export const lastDay = '2026-09-30'
export const account = '444455556666'
export const region = 'us-east-1'

/** The shipped prices alone, as if the bill knew none. */
export const shippedBook: PriceBook = {
  currency: 'USD',
  instancePrice: (type, _region, system) => {
    const amount = system === 'linux' ? shippedInstancePrice(type) : null
    return amount === null ? null : shippedPrice(amount, 'hour')
  },
  unitPrice: (service, item) => {
    const shipped = shippedUnitPrice(service, item)
    return shipped && shippedPrice(shipped.amount, shipped.unit)
  },
  usagePrice: () => null,
}

function shippedPrice(amount: string, unit: string): Price {
  return {
    amount,
    currency: 'USD',
    unit,
    source: 'catalogue',
    region,
    ratio: null,
    date: '2026-07',
    confidence: 'high',
    origin: 'A table.',
  }
}

export interface LineGiven extends Partial<Omit<BilledRow, 'cost' | 'list' | 'covered'>> {
  readonly meter: string
  /** What thirty days of it cost, net; the list price is the same unless `kept` says otherwise. */
  readonly weight?: number
}

/** A line that has been billed every day of the look-back, unless something else is said. */
export function line(name: string, given: LineGiven): BilledRow {
  const weight = given.weight ?? 30
  const quantity = given.quantity ?? 720
  const kept = given.kept === undefined ? 1 : given.kept
  const days = given.days ?? 30
  return {
    payer: '111122223333',
    account,
    region,
    name,
    currency: 'USD',
    key: `${name} ${given.meter} ${given.operation ?? ''}`,
    usageType: given.meter,
    operation: '',
    service: 'Amazon Elastic Compute Cloud',
    historyDays: given.historyDays ?? (days < 30 ? days : 93),
    first: given.first ?? (days < 30 ? dayBefore(days - 1) : '2026-06-30'),
    last: lastDay,
    periods: [quantity, quantity, quantity],
    spread: 1,
    coveredWeight: 0,
    ...given,
    quantity,
    weight,
    kept,
    days,
    cost: String(weight),
    list: String(weight / (kept || 1)),
    covered: String(given.coveredWeight ?? 0),
  }
}

export function dayBefore(days: number): string {
  return new Date(Date.parse(lastDay) - days * 86_400_000).toISOString().slice(0, 10)
}

/** What a scan saw. */
export function seen(id: string, kind: string, more: Partial<Resource> = {}): Resource {
  return {
    account,
    region,
    service: 'ec2',
    part: `${kind}s`,
    kind,
    id,
    arn: null,
    name: id,
    state: 'available',
    createdAt: '2025-01-01T00:00:00Z',
    managedBy: null,
    tags: {},
    facts: {},
    billedAs: [id],
    ...more,
  }
}

/** Five-minute points of fourteen days at one level, or fewer of them. */
export function metric(level: number, more: Partial<MetricSummary> = {}): MetricSummary {
  const points = more.points ?? 4_032
  return {
    days: 14,
    points,
    expected: 4_032,
    step: 300,
    total: level * points,
    mean: level,
    least: level,
    most: level,
    p90: level,
    p95: level,
    p99: level,
    p995: level,
    busiestDay: level * 288,
    ...more,
  }
}

export interface RuleCase {
  readonly lines: readonly BilledRow[]
  readonly known?: readonly Resource[]
  readonly relations?: readonly (readonly [from: string, relation: string, to: string])[]
  /** `resource metric statistic`. */
  readonly metrics?: Readonly<Record<string, MetricSummary>>
  readonly scanned?: readonly string[]
  readonly settings?: Readonly<Record<string, number>>
  readonly sensitivity?: Partial<Sensitivity>
}

export interface Outcome {
  readonly found: readonly Candidate[]
  readonly insufficient: readonly Insufficient[]
  readonly estate: Estate
}

export function estateOfCase({
  lines,
  known = [],
  relations = [],
  metrics = {},
  scanned = [],
}: RuleCase): Estate {
  return estateOf({
    lastDay,
    costDays: 30,
    rows: lines,
    inventory: {
      resources: known.map((one) => ({
        ...one,
        inbound: relations.filter(([, , to]) => to === one.id).map(([id, relation]) => ({ id, relation })),
        outbound: relations.filter(([from]) => from === one.id).map(([, relation, id]) => ({ id, relation })),
      })),
      scanned: new Set(scanned.map((part) => `${account}\0${region}\0${part}`)),
    },
    summaries: new Map(
      Object.entries(metrics).map(([name, summary]) => {
        const [resource = '', metricName = '', statistic = ''] = name.split(' ')
        return [summaryKey(account, resource, metricName, statistic), summary]
      }),
    ),
    prices: shippedBook,
  })
}

/** One rule over a few lines, without a database. */
export function runRule(rule: Rule, given: RuleCase): Outcome {
  const estate = estateOfCase(given)
  const insufficient: Insufficient[] = []
  const values = new Map(rule.settings.map(({ name, value }) => [name, value]))
  for (const [name, value] of Object.entries(given.settings ?? {})) values.set(name, value)
  const found = rule.find({
    estate,
    sensitivity: { ...usualSensitivity, ...given.sensitivity },
    value: (name) => values.get(name) ?? Number.NaN,
    insufficient: (resource, why, present, expected) =>
      insufficient.push({
        rule: rule.id,
        account: resource.account,
        region: resource.region,
        resource: resource.name,
        why,
        present,
        expected,
      }),
  })
  return { found, insufficient, estate }
}
