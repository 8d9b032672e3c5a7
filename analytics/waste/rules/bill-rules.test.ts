import { describe, expect, it } from 'vitest'
import type { Rule } from '../rule'
import { dayBefore, line, metric, type RuleCase, runRule, seen } from '../testing/rule-case'
import { extendedSupport } from './extended-support'
import { gp2Volume, gp3CostShare, gp3LikeGp2 } from './gp2-volume'
import { idleLoadBalancer } from './idle-load-balancer'
import { idleModelEndpoint } from './idle-model-endpoint'
import { idleNat } from './idle-nat'
import { idleVpcEndpoint } from './idle-vpc-endpoint'
import { logGroupNoRetention } from './log-group-no-retention'
import { oldSnapshot } from './old-snapshot'
import { unassociatedAddress } from './unassociated-address'
import { unattachedVolume } from './unattached-volume'
import { unusedProvisionedConcurrency } from './unused-provisioned-concurrency'

type Case = readonly [what: string, given: RuleCase, found: number]

const balancer = 'arn:aws:elasticloadbalancing:us-east-1:444455556666:loadbalancer/app/old/0123456789abcdef'
const nat = 'arn:aws:ec2:us-east-1:444455556666:natgateway/nat-01'
const endpoint = 'arn:aws:ec2:us-east-1:444455556666:vpc-endpoint/vpce-01'
const address = 'arn:aws:ec2:us-east-1:444455556666:elastic-ip/eipalloc-01'
const group = 'arn:aws:logs:us-east-1:444455556666:log-group:/app/all'
const warm = 'arn:aws:lambda:us-east-1:444455556666:function:price:live'
const model = 'arn:aws:sagemaker:us-east-1:444455556666:endpoint/ranker'
const lambda = { service: 'AWS Lambda' }

const elb = (more = {}) => line(balancer, { meter: 'LoadBalancerUsage', ...more })
const gateway = (more = {}) => line(nat, { meter: 'NatGateway-Hours', ...more })
const vpce = (more = {}) => line(endpoint, { meter: 'VpcEndpoint-Hours', ...more })
const eip = (more = {}) => line(address, { meter: 'PublicIPv4:IdleAddress', ...more })
const snap = (more = {}) => line('snap-01', { meter: 'EBS:SnapshotUsage', quantity: 100, ...more })
const volume = (more = {}) => line('vol-01', { meter: 'EBS:VolumeUsage.gp3', quantity: 500, ...more })
const logs = (more = {}) =>
  line(group, { meter: 'TimedStorage-ByteHrs', quantity: 1_000, periods: [1_000, 900, 800], ...more })
const logsIn = (quantity: number) =>
  line(group, { meter: 'DataProcessing-Bytes', quantity, periods: [quantity, quantity, quantity] })
const kept = (more = {}) =>
  line(warm, { meter: 'Lambda-Provisioned-Concurrency', quantity: 1_000, ...more, ...lambda })
const ran = (quantity: number) => line(warm, { meter: 'Lambda-Provisioned-GB-Second', quantity, ...lambda })
const host = (more = {}) => line(model, { meter: 'Host:ml.g5.xlarge', operation: 'RunInstance', ...more })

const noRequests = { 'b RequestCount Sum': metric(0) }
const known = (id: string, kind: string, name: string, more = {}) => [
  seen(id, kind, { billedAs: [name], ...more }),
]

const cases: readonly (readonly [Rule, readonly Case[]])[] = [
  [
    idleLoadBalancer,
    [
      ['hours alone', { lines: [elb()] }, 1],
      ['hours and an address', { lines: [elb(), line(balancer, { meter: 'PublicIPv4:InUseAddress' })] }, 1],
      ['billed for just long enough', { lines: [elb({ first: dayBefore(29), historyDays: 30 })] }, 1],
      ['a day too young', { lines: [elb({ first: dayBefore(28), historyDays: 29 })] }, 0],
      ['with gaps', { lines: [elb({ historyDays: 20 })] }, 0],
      ['gone three days ago', { lines: [elb({ last: dayBefore(3) })] }, 0],
      ['capacity units', { lines: [elb(), line(balancer, { meter: 'LCUUsage', quantity: 0.01 })] }, 0],
      [
        'capacity units that are nought',
        { lines: [elb(), line(balancer, { meter: 'LCUUsage', quantity: 0 })] },
        1,
      ],
      [
        'requests in its metrics',
        {
          lines: [elb()],
          known: known('b', 'load-balancer', balancer, { facts: { type: 'application' } }),
          metrics: { 'b RequestCount Sum': metric(0.1, { most: 30 }) },
        },
        0,
      ],
    ],
  ],
  [
    idleNat,
    [
      ['hours alone', { lines: [gateway()] }, 1],
      ['one byte', { lines: [gateway(), line(nat, { meter: 'NatGateway-Bytes', quantity: 0.000001 })] }, 0],
      ['a day too young', { lines: [gateway({ first: dayBefore(28), historyDays: 29 })] }, 0],
      ['just old enough', { lines: [gateway({ first: dayBefore(29), historyDays: 30 })] }, 1],
      [
        'connections in its metrics',
        {
          lines: [gateway()],
          known: known('nat-01', 'nat-gateway', nat),
          metrics: { 'nat-01 ActiveConnectionCount Maximum': metric(1) },
        },
        0,
      ],
    ],
  ],
  [
    idleVpcEndpoint,
    [
      ['hours alone', { lines: [vpce()] }, 1],
      ['bytes', { lines: [vpce(), line(endpoint, { meter: 'VpcEndpoint-Bytes', quantity: 1 })] }, 0],
      [
        'made by a service',
        {
          lines: [vpce()],
          known: known('vpce-01', 'vpc-endpoint', endpoint, { facts: { requesterManaged: true } }),
        },
        0,
      ],
      ['too young', { lines: [vpce({ first: dayBefore(28), historyDays: 29 })] }, 0],
    ],
  ],
  [
    unassociatedAddress,
    [
      ['seven days', { lines: [eip({ historyDays: 7 })] }, 1],
      ['six days', { lines: [eip({ historyDays: 6 })] }, 0],
      ['in use', { lines: [line(address, { meter: 'PublicIPv4:InUseAddress' })] }, 0],
      [
        'in use for an eighth of the time',
        {
          lines: [eip({ quantity: 630 }), line(address, { meter: 'PublicIPv4:InUseAddress', quantity: 90 })],
        },
        0,
      ],
      [
        'in use for a tenth of it',
        {
          lines: [eip({ quantity: 648 }), line(address, { meter: 'PublicIPv4:InUseAddress', quantity: 72 })],
        },
        1,
      ],
      [
        'seen associated',
        { lines: [eip()], known: known('eipalloc-01', 'address', address, { state: 'associated' }) },
        0,
      ],
    ],
  ],
  [
    oldSnapshot,
    [
      ['unchanged for ninety-three days', { lines: [snap()] }, 1],
      ['billed for eighty-nine days', { lines: [snap({ first: dayBefore(88), historyDays: 89 })] }, 0],
      ['billed for ninety days', { lines: [snap({ first: dayBefore(89), historyDays: 90 })] }, 1],
      ['changed by half a percent', { lines: [snap({ spread: 1.005 })] }, 1],
      ['changed by more', { lines: [snap({ spread: 1.006 })] }, 0],
      [
        'an image is made of it',
        {
          lines: [snap()],
          known: known('snap-01', 'snapshot', 'snap-01', { state: 'completed' }),
          relations: [['ami-1', 'made of snapshot', 'snap-01']],
        },
        0,
      ],
      [
        'kept by a backup service',
        {
          lines: [snap()],
          known: known('snap-01', 'snapshot', 'snap-01', {
            state: 'completed',
            tags: { 'aws:backup:source-resource': 'x' },
          }),
        },
        0,
      ],
    ],
  ],
  [
    unattachedVolume,
    [
      ['seen available', { lines: [volume()], known: known('vol-01', 'volume', 'vol-01') }, 1],
      [
        'seen in use',
        { lines: [volume()], known: known('vol-01', 'volume', 'vol-01', { state: 'in-use' }) },
        0,
      ],
      [
        'billed for twenty-nine days',
        {
          lines: [volume({ first: dayBefore(28), historyDays: 29 })],
          known: known('vol-01', 'volume', 'vol-01'),
        },
        0,
      ],
      ['not scanned, where no instance runs', { lines: [volume()] }, 1],
      [
        'not scanned, beside an instance',
        { lines: [volume(), line('i-1', { meter: 'BoxUsage:m6i.large' })] },
        0,
      ],
      ['a scan did not see it', { lines: [volume()], scanned: ['volumes'] }, 0],
      [
        'written to in the look-back',
        {
          lines: [volume()],
          known: known('vol-01', 'volume', 'vol-01'),
          metrics: { 'vol-01 VolumeWriteOps Sum': metric(2) },
        },
        0,
      ],
    ],
  ],
  [
    extendedSupport,
    [
      ['of a database', { lines: [line('db', { meter: 'ExtendedSupport:Yr1-Yr2:PostgreSQL11' })] }, 1],
      ['of a cluster', { lines: [line('eks', { meter: 'AmazonEKS-Hours:extendedSupport' })] }, 1],
      ['standard support', { lines: [line('eks', { meter: 'AmazonEKS-Hours:perCluster' })] }, 0],
      ['ended', { lines: [line('db', { meter: 'RDS:ExtendedSupport:x', last: dayBefore(5) })] }, 0],
    ],
  ],
  [
    logGroupNoRetention,
    [
      ['grows by what comes in', { lines: [logs(), logsIn(100)] }, 1],
      ['grows by a little of it', { lines: [logs(), logsIn(700)] }, 0],
      ['shrank once', { lines: [logs({ periods: [1_000, 1_001, 800] }), logsIn(100)] }, 0],
      ['stays as it is', { lines: [logs({ periods: [800, 800, 800] })] }, 0],
      [
        'seen with a retention',
        { lines: [logs()], known: known(group, 'log-group', group, { facts: { retentionDays: 30 } }) },
        0,
      ],
      ['seen without', { lines: [logs(), logsIn(700)], known: known(group, 'log-group', group) }, 1],
      ['is younger than the retention', { lines: [logs({ periods: [1_000, 600, 200] })] }, 0],
    ],
  ],
  [
    unusedProvisionedConcurrency,
    [
      ['never used', { lines: [kept()] }, 1],
      ['a tenth used', { lines: [kept(), ran(100)] }, 1],
      ['a little more used', { lines: [kept(), ran(101)] }, 0],
      ['six days old', { lines: [kept({ days: 6 })] }, 0],
      [
        'invoked in its metrics',
        {
          lines: [kept()],
          known: known('f', 'function', warm),
          metrics: { 'f Invocations Sum': metric(3) },
        },
        0,
      ],
    ],
  ],
  [
    idleModelEndpoint,
    [
      ['one instance without a byte', { lines: [host()] }, 1],
      ['bytes', { lines: [host(), line(model, { meter: 'Host:Data-Bytes-Out', quantity: 1 })] }, 0],
      ['four instances', { lines: [host({ quantity: 2_880 })] }, 0],
      ['scaled now and then', { lines: [host({ spread: 2 })] }, 0],
      [
        'four instances and no call',
        {
          lines: [host({ quantity: 2_880 })],
          known: known('e', 'model-endpoint', model),
          metrics: { 'e Invocations Sum': metric(0) },
        },
        1,
      ],
      [
        'a call',
        {
          lines: [host()],
          known: known('e', 'model-endpoint', model),
          metrics: { 'e Invocations Sum': metric(0, { total: 1 }) },
        },
        0,
      ],
    ],
  ],
]

for (const [rule, of] of cases) {
  describe(rule.id, () => {
    it.each(of)('%s', (_what, given, found) => {
      expect(runRule(rule, given).found).toHaveLength(found)
    })
  })
}

describe('what makes a finding surer', () => {
  it('metrics that are there and show nothing, and not a few of them', () => {
    const seenOne = known('b', 'load-balancer', balancer, { facts: { type: 'application' } })
    const confidence = (given: RuleCase) => runRule(idleLoadBalancer, given).found[0]?.confidence
    expect(confidence({ lines: [elb()] })).toBe(0.8)
    expect(confidence({ lines: [elb()], known: seenOne, metrics: noRequests })).toBe(0.95)
    const few = { 'b RequestCount Sum': metric(0, { points: 200 }) }
    expect(confidence({ lines: [elb()], known: seenOne, metrics: few })).toBe(0.8)
  })
})

describe('gp2 as gp3', () => {
  it.each([
    [100, 0.2],
    [150, 0.2],
    [170, -0.0941],
    [250, 0],
    [334, 0.0503],
    [500, 0.1],
    [1_000, 0.15],
    [5_300, 0.0738],
  ])('%i GB saves %f of its cost', (gigabytes, saving) => {
    // Recomputed at list prices: a gigabyte at 0.08, an IOPS at 0.0048, a MiB/s at 0.04 and gp2 at 0.10.
    const iops = Math.min(16_000, Math.max(3_000, 3 * gigabytes)) - 3_000
    const gp3 = gigabytes * 0.08 + iops * 0.0048 + (gigabytes > 150 ? 125 : 0) * 0.04
    expect(1 - gp3 / (gigabytes * 0.1)).toBeCloseTo(saving, 3)
    expect(1 - gp3CostShare(gigabytes, gp3LikeGp2(gigabytes))).toBeCloseTo(1 - gp3 / (gigabytes * 0.1), 9)
  })

  const gp2 = (gigabytes: number) =>
    line('vol-01', { meter: 'EBS:VolumeUsage.gp2', quantity: (gigabytes * 30) / 30.4375 })
  const shares = (given: RuleCase) => runRule(gp2Volume, given).found.map(({ claims }) => claims[0]?.share)

  it('is not reported where it would cost as much or more', () => {
    expect(shares({ lines: [gp2(170)] })).toEqual([])
    expect(shares({ lines: [gp2(250)] })).toEqual([])
    expect(shares({ lines: [gp2(251)] })[0]).toBeCloseTo(0.0008, 4)
    expect(shares({ lines: [gp2(150)] })[0]).toBeCloseTo(0.2, 9)
  })

  it('is sized by the load where it is known', () => {
    const sized = (bytes: number, more = {}) =>
      runRule(gp2Volume, {
        lines: [gp2(500)],
        known: [seen('vol-01', 'volume', { facts: { volumeType: 'gp2', gigabytes: 500 } })],
        metrics: {
          'vol-01 VolumeReadOps Sum': metric(300),
          'vol-01 VolumeWriteOps Sum': metric(300),
          'vol-01 VolumeReadBytes Sum': metric(0),
          'vol-01 VolumeWriteBytes Sum': metric(bytes * 300 * 1_048_576),
        },
        ...more,
      }).found[0]?.action?.params
    expect(sized(50)).toMatchObject({ type: 'gp3', iops: 3_000, throughput: 125 })
    expect(sized(150)).toMatchObject({ throughput: 180 })
    expect(sized(150, { sensitivity: { headroom: 0 } })).toMatchObject({ throughput: 150 })
    expect(sized(150, { settings: { measured: 0 } })).toMatchObject({ throughput: 250 })
    expect(sized(150, { metrics: { 'vol-01 VolumeReadOps Sum': metric(1) } })).toMatchObject({
      throughput: 250,
    })
  })
})
