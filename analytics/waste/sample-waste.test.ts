import { describe, expect, it } from 'vitest'
import { metricsOf } from '../inventory/metric-specs'
import { bareUsageType } from '../prices/bare-usage-type'
import { planDivision } from '../sample/division'
import { planInventory, type SampleResource } from '../sample/inventory/plan-inventory'
import type { Item } from '../sample/plan'
import { allRules } from './all-rules'
import { usualSensitivity } from './assess'
import { type Estate, estateOf } from './estate'
import { type MetricSummary, summaryKey } from './metric-summaries'
import type { BilledRow } from './read-bill'
import { metric, shippedBook } from './testing/rule-case'

const until = '2026-10-01'
const lastDay = '2026-09-30'

/** What the bill would have of a meter of the plan, without the noise of its days. */
function rowOf(item: Item): BilledRow {
  const region = item.region ?? 'global'
  const then = (days: number) => item.base * 24 * Math.exp((-item.growth * days) / 30.4375)
  const days = Math.min(93, Math.round((Date.parse(lastDay) - Date.parse(item.from)) / 86_400_000) + 1)
  const quantity = then(15) * Math.min(30, days)
  const weight = quantity * item.rate
  return {
    payer: 'payer',
    account: item.account,
    region,
    name: item.resourceId ?? '',
    currency: 'USD',
    key: [item.account, region, item.resourceId, item.usageType, item.operation].join(' '),
    usageType: item.usageType,
    meter: bareUsageType(item.usageType, region),
    operation: item.operation,
    service: item.productName,
    quantity,
    cost: weight.toFixed(10),
    list: weight.toFixed(10),
    covered: '0',
    kept: 1,
    weight,
    coveredWeight: 0,
    days: Math.min(30, days),
    historyDays: days,
    first: days < 93 ? item.from : '2026-06-30',
    last: lastDay,
    periods: [then(15) * 30, then(45) * 30, then(75) * 30],
    spread: Math.exp((item.growth * days) / 30.4375),
  }
}

/** What is planted as idle stands at nought, what is too large at a little, and all else has something to do. */
function pointsOf({ resource, waste }: SampleResource): [string, MetricSummary][] {
  // A volume that hangs on nothing has no points at all.
  if (waste === 'unattached-volume') return []
  const idle = /^(idle|unused)/.test(waste ?? '')
  return metricsOf(resource).map(({ metric: name, statistic }) => {
    const level = idle
      ? 0
      : waste === 'over-provisioned-instance' && name === 'CPUUtilization'
        ? 8
        : busy(name)
    return [summaryKey(resource.account, resource.id, name, statistic), metric(level)]
  })
}

const busy = (name: string) =>
  /Utilization|Percentage/.test(name) ? 60 : name === 'FreeableMemory' ? 1e9 : 1e6

function estateOfSample(seed: number, withInventory: boolean) {
  const division = planDivision(seed, 0, '2025-09-01', until)
  const inventory = planInventory(division, seed, until)
  const rows = division.items.filter(
    ({ kind, resourceId, to, from }) =>
      kind === 'usage' && resourceId !== null && to >= until && from <= lastDay,
  )
  const estate = estateOf({
    lastDay,
    costDays: 30,
    rows: rows.map(rowOf),
    inventory: {
      resources: withInventory
        ? inventory.resources.map(({ resource }) => ({
            ...resource,
            inbound: inventory.relations
              .filter(({ to }) => to === resource.id)
              .map(({ from, relation }) => ({ id: from, relation })),
            outbound: [],
          }))
        : [],
      scanned: new Set(),
    },
    summaries: new Map(withInventory ? inventory.resources.flatMap(pointsOf) : []),
    prices: shippedBook,
  })
  const planted = division.waste.map(({ kind, resourceId }) => `${kind} ${resourceId}`).sort()
  return { estate, planted }
}

function foundIn(estate: Estate): readonly string[] {
  return allRules
    .filter(({ onRequest }) => !onRequest)
    .flatMap((rule) =>
      rule
        .find({
          estate,
          sensitivity: usualSensitivity,
          value: (name) => rule.settings.find((one) => one.name === name)?.value ?? Number.NaN,
          insufficient: () => undefined,
        })
        .map(({ resource }) => `${rule.id} ${resource.name}`),
    )
    .sort()
}

describe('the sample organisation', () => {
  it.each([7, 11, 23])('has every planted waste found and nothing else, seed %i', (seed) => {
    const { estate, planted } = estateOfSample(seed, true)
    expect(planted).toHaveLength(40)
    expect(foundIn(estate)).toEqual(planted)
  })

  it('shows in its bill alone all but what only a scan or metrics can tell', () => {
    const { estate, planted } = estateOfSample(7, false)
    const found = foundIn(estate)
    const unseen = planted.filter((one) => !found.includes(one)).map((one) => one.split(' ')[0])
    expect(new Set(unseen)).toEqual(new Set(['idle-rds', 'over-provisioned-instance', 'unattached-volume']))
    expect(found.filter((one) => !planted.includes(one))).toEqual([])
  })
})
