import { describe, expect, it } from 'vitest'
import type { Resource } from '../../contract/inventory'
import { shippedInstancePrice } from '../../prices/instance-types'
import type { MetricSummary } from '../metric-summaries'
import type { Rule } from '../rule'
import { dayBefore, line, metric, type RuleCase, runRule, seen } from '../testing/rule-case'
import { amdVariant } from './amd-variant'
import { burstableSurplus } from './burstable-surplus'
import { cacheRightsizing } from './cache-rightsizing'
import { coldBucket } from './cold-bucket'
import { idleCache } from './idle-cache'
import { idleInstance } from './idle-instance'
import { idleRds } from './idle-rds'
import { idleVolume } from './idle-volume'
import { oldDbSnapshot } from './old-db-snapshot'
import { orphanImage } from './orphan-image'
import { overProvisionedInstance } from './over-provisioned-instance'
import { oversizedService } from './oversized-service'
import { previousGeneration } from './previous-generation'
import { provisionedIopsVolume } from './provisioned-iops-volume'
import { rdsRightsizing } from './rds-rightsizing'
import { stoppedInstance } from './stopped-instance'
import { tableCapacity } from './table-capacity'
import { tableClass } from './table-class'

/** The same metric of one resource by its name: `{ 'CPUUtilization Maximum': 4 }`. */
const metrics = (id: string, levels: Readonly<Record<string, number | Partial<MetricSummary>>>) =>
  Object.fromEntries(
    Object.entries(levels).map(([name, level]) => [
      `${id} ${name}`,
      typeof level === 'number' ? metric(level) : metric(level.mean ?? 0, level),
    ]),
  )

/** What one resource is, with what it is billed as and measured. */
const one =
  (lines: RuleCase['lines'], known: Resource, usual: Readonly<Record<string, number>>) =>
  (
    levels: Readonly<Record<string, number | Partial<MetricSummary>>> = {},
    more: Partial<RuleCase> = {},
  ): RuleCase => ({
    lines,
    known: [known],
    metrics: metrics(known.id, { ...usual, ...levels }),
    ...more,
  })

const box = (type: string, more = {}) =>
  line('i-1', { meter: `BoxUsage:${type}`, operation: 'RunInstances', ...more })
const running = (facts = {}) => seen('i-1', 'instance', { state: 'running', facts })
const database = 'arn:aws:rds:us-east-1:444455556666:db:orders'
const cache = 'arn:aws:elasticache:us-east-1:444455556666:cluster:limits-001'
const table = 'arn:aws:dynamodb:us-east-1:444455556666:table/carts'
const few = { points: 359 }

const instance = one([box('m6i.4xlarge')], running(), {
  'CPUUtilization Maximum': 4.9,
  'NetworkIn Sum': 8_000,
  'NetworkOut Sum': 8_000,
})
const loaded = one([box('m6i.4xlarge')], running(), {
  'CPUUtilization Maximum': 40,
  'NetworkIn Sum': 1e8,
  'NetworkOut Sum': 1e8,
})
const volume = one(
  [line('vol-1', { meter: 'EBS:VolumeUsage.gp3', quantity: 100 })],
  seen('vol-1', 'volume', { state: 'in-use', facts: { gigabytes: 100 } }),
  { 'VolumeReadOps Sum': 0, 'VolumeWriteOps Sum': 0, 'VolumeReadBytes Sum': 0, 'VolumeWriteBytes Sum': 0 },
)
const rds = (type = 'db.m5.xlarge', facts = {}) =>
  one(
    [line(database, { meter: `InstanceUsage:${type}` })],
    seen(database, 'db-instance', {
      name: 'orders',
      facts: { engine: 'postgres', instanceClass: type, ...facts },
    }),
    {
      'DatabaseConnections Maximum': 0,
      'CPUUtilization Maximum': 9,
      'FreeableMemory Minimum': 13 * 1_073_741_824,
    },
  )
const node = one(
  [line(cache, { meter: 'NodeUsage:cache.m5.xlarge' })],
  seen(cache, 'cache-cluster', {
    name: 'limits-001',
    facts: { engine: 'redis', nodeType: 'cache.m5.xlarge', replicationGroup: 'limits' },
  }),
  {
    'NewConnections Sum': 0,
    'EngineCPUUtilization Maximum': 0.9,
    'DatabaseMemoryUsagePercentage Maximum': 37,
    'Evictions Sum': 0,
  },
)
const service = one(
  [line('svc', { meter: 'Fargate-vCPU-Hours:perCPU' }), line('svc', { meter: 'Fargate-GB-Hours' })],
  seen('svc', 'ecs-service', { facts: { cluster: 'main', taskCpu: 2_048, taskMegabytes: 8_192 } }),
  { 'CPUUtilization Maximum': 40, 'MemoryUtilization Maximum': 40 },
)
const provisioned = one(
  [
    line(table, { meter: 'ReadCapacityUnit-Hrs', quantity: 72_000, weight: 9.36 }),
    line(table, { meter: 'WriteCapacityUnit-Hrs', quantity: 72_000, weight: 46.8 }),
  ],
  seen(table, 'table', { name: 'carts', facts: { billingMode: 'PROVISIONED', replicas: 0 } }),
  { 'ConsumedReadCapacityUnits Sum': 0, 'ConsumedWriteCapacityUnits Sum': 0 },
)
const bought = (iops: number, more: Partial<RuleCase> = {}): RuleCase => ({
  lines: [
    line('vol-1', { meter: 'EBS:VolumeUsage.piops', quantity: 100, weight: 12.5 }),
    line('vol-1', { meter: 'EBS:VolumeP-IOPS.piops', quantity: iops, weight: iops * 0.065 }),
  ],
  ...more,
})
const stored = (storage: number, work: number): RuleCase => ({
  lines: [
    line(table, { meter: 'TimedStorage-ByteHrs', weight: storage }),
    line(table, { meter: 'WriteRequestUnits', weight: work }),
  ],
})
const bucket = (read: number, more = {}, facts = {}): RuleCase => ({
  lines: [
    line('lake', { meter: 'TimedStorage-ByteHrs', operation: 'StandardStorage', quantity: 1_000, ...more }),
    line('lake', { meter: 'Requests-Tier2', quantity: read }),
  ],
  known: [seen('lake', 'bucket', { facts })],
})
const stopped = (since: string, attached = true): RuleCase => ({
  lines: [line('vol-1', { meter: 'EBS:VolumeUsage.gp3' })],
  known: [
    seen('i-9', 'instance', {
      state: 'stopped',
      facts: { stoppedReason: `User initiated (${since} 10:00:00 GMT)` },
    }),
    seen('vol-1', 'volume', { state: 'in-use' }),
  ],
  relations: attached ? [['vol-1', 'attached to', 'i-9']] : [],
})
const image = (created: string, more: RuleCase['relations'] = []): RuleCase => ({
  lines: [line('snap-1', { meter: 'EBS:SnapshotUsage' })],
  known: [
    seen('ami-1', 'image', { createdAt: `${created}T00:00:00Z`, facts: { public: false } }),
    seen('snap-1', 'snapshot', { state: 'completed' }),
  ],
  relations: [['ami-1', 'made of snapshot', 'snap-1'], ...more],
})
const dbSnapshot = (name: string, days: number): RuleCase => ({
  lines: [
    line(`arn:aws:rds:us-east-1:1:snapshot:${name}`, {
      meter: 'RDS:ChargedBackupUsage',
      first: dayBefore(days),
    }),
  ],
})

type Case = readonly [what: string, given: RuleCase, found: number, insufficient?: number]

const cases: readonly (readonly [Rule, readonly Case[]])[] = [
  [
    idleInstance,
    [
      ['below five percent and five megabytes', instance(), 1],
      ['five percent at its peak', instance({ 'CPUUtilization Maximum': { mean: 1, most: 5 } }), 0],
      [
        'more than five megabytes on one day',
        instance({ 'NetworkOut Sum': { mean: 1, busiestDay: 3e6 } }),
        0,
      ],
      ['too few points', instance({ 'CPUUtilization Maximum': few }), 0, 1],
      ['enough points', instance({ 'CPUUtilization Maximum': { points: 360, mean: 1, most: 1 } }), 1],
      [
        'no points of one metric',
        instance({}, { metrics: metrics('i-1', { 'CPUUtilization Maximum': 1 }) }),
        0,
        1,
      ],
      ['no metrics at all', instance({}, { metrics: {} }), 0, 1],
    ],
  ],
  [
    overProvisionedInstance,
    [
      ['half would be full to the headroom', loaded(), 1],
      ['a little more', loaded({ 'CPUUtilization Maximum': 40.1 }), 0],
      [
        'more at another headroom',
        loaded({ 'CPUUtilization Maximum': 44 }, { sensitivity: { headroom: 10 } }),
        1,
      ],
      [
        'a peak that the percentile leaves out',
        loaded({ 'CPUUtilization Maximum': { p995: 30, most: 99 } }),
        1,
      ],
      ['too few points', loaded({ 'CPUUtilization Maximum': few }), 0, 1],
      ['no metrics', loaded({}, { metrics: {} }), 0, 1],
      ['more network than half has', loaded({ 'NetworkIn Sum': 12.5e9 * 0.125 * 300 }), 0],
      [
        'windows, whose price is not known',
        loaded({}, { lines: [box('m6i.4xlarge', { operation: 'RunInstances:0002' })] }),
        0,
      ],
    ],
  ],
  [
    previousGeneration,
    [
      ['m4', { lines: [box('m4.xlarge')] }, 1],
      ['t2', { lines: [box('t2.large')] }, 1],
      ['m5, which is Nitro', { lines: [box('m5.xlarge')] }, 0],
      ['saves less than asked', { lines: [box('m4.xlarge')], settings: { share: 5 } }, 0],
      ['six days old', { lines: [box('m4.xlarge', { days: 6 })] }, 0],
      ['gone', { lines: [box('m4.xlarge', { last: dayBefore(3) })] }, 0],
    ],
  ],
  [
    amdVariant,
    [
      ['m6i', { lines: [box('m6i.xlarge')] }, 1],
      ['m6a already', { lines: [box('m6a.xlarge')] }, 0],
    ],
  ],
  [
    stoppedInstance,
    [
      ['thirty days', stopped(dayBefore(30)), 1],
      ['twenty-nine days', stopped(dayBefore(29)), 0],
      ['without a volume', stopped(dayBefore(90), false), 0],
      ['nobody knows since when', stopped('long ago'), 0],
    ],
  ],
  [
    burstableSurplus,
    [
      ['three days', { lines: [line('i-1', { meter: 'CPUCredits:t3', days: 3 })] }, 1],
      ['two days', { lines: [line('i-1', { meter: 'CPUCredits:t3', days: 2 })] }, 0],
    ],
  ],
  [
    idleVolume,
    [
      ['no operation', volume(), 1],
      ['one a day', volume({ 'VolumeReadOps Sum': { total: 14 } }), 0],
      ['less than one a day', volume({ 'VolumeReadOps Sum': { total: 13 } }), 1],
      ['four days of points', volume({ 'VolumeReadOps Sum': { points: 1_152 } }), 0, 1],
      ['no metrics', volume({}, { metrics: {} }), 0, 1],
    ],
  ],
  [
    provisionedIopsVolume,
    [
      ['fits', bought(5_000), 1],
      ['as many as allowed', bought(16_000), 1],
      ['too many', bought(16_001), 0],
      ['is asked to be measured', bought(5_000, { settings: { measured: 1 } }), 0],
      [
        'several instances',
        bought(5_000, { known: [seen('vol-1', 'volume', { facts: { multiAttach: true } })] }),
        0,
      ],
    ],
  ],
  [
    orphanImage,
    [
      ['ninety days old', image(dayBefore(90)), 1],
      ['eighty-nine days old', image(dayBefore(89)), 0],
      ['an instance runs it', image(dayBefore(90), [['i-1', 'runs image', 'ami-1']]), 0],
    ],
  ],
  [
    idleRds,
    [
      ['no connection', rds()(), 1],
      ['one connection once', rds()({ 'DatabaseConnections Maximum': { most: 1 } }), 0],
      ['a processor that works', rds()({ 'CPUUtilization Maximum': 10.1 }), 0],
      ['six days of points', rds()({ 'DatabaseConnections Maximum': { points: 1_700 } }), 0, 1],
      ['no metrics', rds()({}, { metrics: {} }), 0, 1],
      ['a replica', rds('db.m5.xlarge', { replicaOf: 'main' })(), 0],
    ],
  ],
  [
    rdsRightsizing,
    [
      ['fits', rds()({ 'DatabaseConnections Maximum': 50, 'CPUUtilization Maximum': 40 }), 1],
      ['a little too busy', rds()({ 'DatabaseConnections Maximum': 50, 'CPUUtilization Maximum': 40.1 }), 0],
      [
        'too much memory in use',
        rds()({ 'DatabaseConnections Maximum': 50, 'FreeableMemory Minimum': 9 * 1_073_741_824 }),
        0,
      ],
      ['idle', rds()(), 0],
      ['no metrics', rds()({}, { metrics: {} }), 0, 1],
      ['burstable', rds('db.t3.large')({ 'DatabaseConnections Maximum': 5 }), 0],
    ],
  ],
  [
    oldDbSnapshot,
    [
      ['ninety days', dbSnapshot('before-upgrade', 89), 1],
      ['eighty-nine days', dbSnapshot('before-upgrade', 88), 0],
      ['automatic', dbSnapshot('rds:orders-2026', 92), 0],
    ],
  ],
  [
    idleCache,
    [
      ['no connection', node(), 1],
      ['a connection', node({ 'NewConnections Sum': { total: 1 } }), 0],
      ['an engine that works', node({ 'EngineCPUUtilization Maximum': 1 }), 0],
      ['no metrics', node({}, { metrics: {} }), 0, 1],
    ],
  ],
  [
    cacheRightsizing,
    [
      ['fits', node({ 'NewConnections Sum': 9, 'EngineCPUUtilization Maximum': 40 }), 1],
      ['a little too busy', node({ 'NewConnections Sum': 9, 'EngineCPUUtilization Maximum': 40.1 }), 0],
      ['too full', node({ 'NewConnections Sum': 9, 'DatabaseMemoryUsagePercentage Maximum': 37.6 }), 0],
      ['something was evicted', node({ 'NewConnections Sum': 9, 'Evictions Sum': { total: 1 } }), 0],
    ],
  ],
  [
    oversizedService,
    [
      ['half would be full to the headroom', service(), 1],
      ['a little more', service({ 'MemoryUtilization Maximum': 40.1 }), 0],
      ['idle', service({ 'CPUUtilization Maximum': 0.9, 'MemoryUtilization Maximum': 0.9 }), 1],
      ['no metrics', service({}, { metrics: {} }), 0, 1],
    ],
  ],
  [
    tableCapacity,
    [
      ['nothing consumed', provisioned(), 1],
      // On demand a million writes cost 0.625: 72 million writes a month cost 45 of 56.98 provisioned, 79 %.
      [
        'saves a little more than asked',
        provisioned({ 'ConsumedWriteCapacityUnits Sum': { total: 72e6 * (14 / 30.4375) } }),
        1,
      ],
      [
        'saves less than asked',
        provisioned({ 'ConsumedWriteCapacityUnits Sum': { total: 73.5e6 * (14 / 30.4375) } }),
        0,
      ],
      ['no metrics', provisioned({}, { metrics: {} }), 0, 1],
    ],
  ],
  [
    tableClass,
    [
      // 0.6 x 48 - 0.25 x 100 = 3.8 of 148 is below five percent; of 60 it is 11 of 160.
      ['storage is just too little', stored(48, 100), 0],
      ['storage is enough', stored(60, 100), 1],
      ['storage alone', stored(10, 0), 1],
    ],
  ],
  [
    coldBucket,
    [
      ['two thousand reads a week', bucket((2_000 * 30) / 7), 1],
      ['more reads', bucket((2_001 * 30) / 7), 0],
      ['small', bucket(0, { quantity: 90 }), 0],
      ['has a transition', bucket(0, {}, { transitions: true }), 0],
    ],
  ],
]

for (const [rule, of] of cases) {
  describe(rule.id, () => {
    for (const [what, given, found, insufficient = 0] of of) {
      it(what, () => {
        const outcome = runRule(rule, given)
        expect([outcome.found.length, outcome.insufficient.length]).toEqual([found, insufficient])
      })
    }
  })
}

describe('a smaller instance', () => {
  const found = (given: RuleCase) => runRule(overProvisionedInstance, given).found[0]

  it('is half of it where the memory is not known, and a quarter where it is', () => {
    const quiet = { 'CPUUtilization Maximum': 8 }
    expect(found(loaded(quiet))).toMatchObject({
      confidence: 0.55,
      action: { params: { to: 'm6i.2xlarge' } },
    })
    const known = found(loaded({ ...quiet, 'mem_used_percent Maximum': 10 }))
    expect(known).toMatchObject({ confidence: 0.85, evidence: { memorySeen: true, memoryPeak: 10 } })
    expect(String(known?.evidence.to)).toMatch(/\.xlarge$/)
    // Memory of which most is used: the same processors could go, the memory could not.
    expect(found(loaded({ ...quiet, 'mem_used_percent Maximum': 75 }))?.evidence.to ?? 'none').not.toMatch(
      /^[cm]/,
    )
  })

  it('has the price of the table, and AMD and Graviton beside it', () => {
    const { targets, evidence } = found(loaded()) ?? {}
    expect(targets?.[0]?.usd).toBe(shippedInstancePrice('m6i.2xlarge'))
    expect(targets?.[0]?.quantity).toBeCloseTo(730.5, 6)
    expect(evidence?.options).toMatchObject([{ kind: 'same' }, { kind: 'amd' }, { kind: 'graviton' }])
  })
})

describe('without any metrics', () => {
  it('nothing that rests on them is found, and what could not be judged is said', () => {
    const rules = [
      idleInstance,
      overProvisionedInstance,
      idleVolume,
      idleRds,
      idleCache,
      oversizedService,
      tableCapacity,
    ]
    const nothing = { metrics: {} }
    const givens = [instance, loaded, volume, rds(), node, service, provisioned].map((make) =>
      make({}, nothing),
    )
    const outcomes = givens.flatMap((given) => rules.map((rule) => runRule(rule, given)))
    expect(outcomes.flatMap(({ found }) => found)).toEqual([])
    const told = outcomes.flatMap(({ insufficient }) => insufficient)
    expect(told.length).toBeGreaterThanOrEqual(7)
    expect(told.filter(({ present }) => present > 0)).toEqual([])
  })
})
