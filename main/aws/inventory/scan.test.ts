import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { listScans } from '../../../analytics/inventory/scan-files'
import { seeded } from '../testing/faults'
import { collectors } from './registry'
import { openScanFixture, type ScanFixture, scanned, seenBy } from './scan-fixture'

let fixture: ScanFixture

beforeEach(async () => {
  fixture = await openScanFixture()
})
afterEach(async () => {
  await fixture.end()
})

const regions = ['ap-southeast-2', 'eu-west-1', 'us-east-1', 'us-west-2']
const reads = /^(Describe|List|Get)[A-Z]/

/** So many volumes, snapshots and instances in each region, every volume on an instance. */
function fill(fixture: ScanFixture, each: number): readonly string[] {
  const { state } = fixture.cloud
  state.regions = regions
  const ids: string[] = []
  for (const region of regions) {
    const named = (prefix: string, n: number) => `${prefix}-${region}-${String(n).padStart(5, '0')}`
    const numbers = Array.from({ length: each }, (_, n) => n)
    state.put(
      region,
      'Instances',
      ...numbers.map((n) => ({
        InstanceId: named('i', n),
        InstanceType: 'm6i.large',
        State: { Name: 'running' },
      })),
    )
    state.put(
      region,
      'Volumes',
      ...numbers.map((n) => ({
        VolumeId: named('vol', n),
        VolumeType: 'gp3',
        Size: n,
        State: 'in-use',
        CreateTime: new Date(Date.UTC(2026, 0, 1)),
        Attachments: [{ InstanceId: named('i', n), State: 'attached' }],
        Tags: [{ Key: 'Name', Value: `disk ${n} <&>` }],
      })),
    )
    state.put(
      region,
      'logGroups',
      ...numbers.map((n) => ({
        logGroupName: named('/app', n),
        logGroupArn: `arn:aws:logs:${region}:111122223333:log-group:${named('/app', n)}`,
        storedBytes: n,
      })),
    )
    state.put(
      region,
      'DBSnapshots',
      ...numbers.map((n) => ({
        DBSnapshotArn: `arn:aws:rds:${region}:111122223333:snapshot:${named('s', n)}`,
        DBSnapshotIdentifier: named('s', n),
        DBInstanceIdentifier: 'orders',
        SnapshotType: 'manual',
      })),
    )
    for (const n of numbers) {
      ids.push(named('i', n), named('vol', n))
      ids.push(`arn:aws:logs:${region}:111122223333:log-group:${named('/app', n)}`)
      ids.push(`arn:aws:rds:${region}:111122223333:snapshot:${named('s', n)}`)
    }
  }
  return ids.sort()
}

test('ten thousand resources through throttling, resets and cut answers are all there, once, and a denial is reported', async () => {
  const ids = fill(fixture, 625)
  const { cloud } = fixture
  const random = seeded(20_261_015)
  cloud.pageSize = 50
  cloud.rules.push(
    { service: 'elasticache', fault: 'denied' },
    { fault: 'throttle', chance: { below: 0.03, random } },
    { fault: 'reset', chance: { below: 0.01, random } },
    { fault: 'truncate', service: 'logs', times: 3 },
  )
  const outcome = scanned(await fixture.scan())
  const { resources, relations } = await seenBy(fixture.home, outcome)
  expect(resources).toHaveLength(10_000)
  expect(resources.map(({ id }) => id).sort()).toEqual(ids)
  expect(relations.filter(({ relation }) => relation === 'attached to')).toHaveLength(2_500)
  expect(outcome.record.regions).toEqual(regions)
  expect(outcome.record.endedAt).not.toBeNull()

  // The denied service, in every region and each of its parts, and nothing else.
  expect(new Set(outcome.record.skipped.map(({ service }) => service))).toEqual(new Set(['elasticache']))
  expect(outcome.record.skipped).toHaveLength(2 * regions.length)
  expect(outcome.record.skipped[0]).toEqual({
    service: 'elasticache',
    region: 'ap-southeast-2',
    part: 'cache-clusters',
    action: 'elasticache:DescribeCacheClusters',
    code: 'access-denied',
    reason: 'elasticache:DescribeCacheClusters is not allowed for this identity.',
  })
  // The faults struck, and the log shows reading only and no Cost Explorer.
  const faults = new Set(cloud.requests.map(({ fault }) => fault))
  expect([...faults]).toEqual(expect.arrayContaining(['throttle', 'reset', 'truncate', 'denied', null]))
  expect(cloud.requests.filter(({ operation }) => !reads.test(operation))).toEqual([])
  expect(cloud.requests.filter(({ service }) => service === 'ce')).toEqual([])
})

test('what was noted of a resource is what the server has', async () => {
  fixture.cloud.state.put('us-east-1', 'Volumes', {
    VolumeId: 'vol-1',
    VolumeType: 'gp2',
    Size: 500,
    Iops: 1_500,
    Encrypted: true,
    KmsKeyId: 'arn:aws:kms:us-east-1:111122223333:key/k-1',
    State: 'available',
    SnapshotId: 'snap-9',
    CreateTime: new Date(Date.UTC(2025, 2, 3, 4, 5, 6)),
    AvailabilityZone: 'us-east-1a',
    Tags: [
      { Key: 'Name', Value: 'left over' },
      { Key: 'aws:cloudformation:stack-name', Value: 'old-shop' },
    ],
  })
  const outcome = scanned(await fixture.scan())
  const { resources, relations } = await seenBy(fixture.home, outcome)
  expect(resources).toEqual([
    {
      account: '111122223333',
      region: 'us-east-1',
      service: 'ec2',
      part: 'volumes',
      kind: 'volume',
      id: 'vol-1',
      arn: 'arn:aws:ec2:us-east-1:111122223333:volume/vol-1',
      name: 'left over',
      state: 'available',
      createdAt: '2025-03-03T04:05:06.000Z',
      managedBy: 'cloudformation:old-shop',
      tags: { Name: 'left over', 'aws:cloudformation:stack-name': 'old-shop' },
      facts: {
        volumeType: 'gp2',
        gigabytes: 500,
        iops: 1_500,
        encrypted: true,
        zone: 'us-east-1a',
        attachments: 0,
      },
      billedAs: ['vol-1', 'arn:aws:ec2:us-east-1:111122223333:volume/vol-1'],
    },
  ])
  expect(relations.map(({ from, relation, to }) => [from, relation, to])).toEqual([
    ['vol-1', 'made from snapshot', 'snap-9'],
    ['vol-1', 'encrypted with', 'arn:aws:kms:us-east-1:111122223333:key/k-1'],
  ])
})

test.each(['html', 'html-as-text'] as const)(
  'a captive portal (%s) is an error and not an empty account',
  async (fault) => {
    fixture.cloud.rules.push({ fault })
    const refused = await fixture.scan()
    expect(refused).toMatchObject({ ok: false, failure: { code: 'not-aws-answer' } })
    expect(await listScans(fixture.home)).toEqual([])
  },
)

test.each(['ec2', 'rds', 'dynamodb', 'lambda', 's3'])(
  'a login page that appears in the middle of a scan, at %s, ends it',
  async (service) => {
    fixture.cloud.rules.push({ fault: 'html-as-text', service })
    const refused = await fixture.scan({ regions: ['us-east-1'] })
    expect(refused).toMatchObject({ ok: false, failure: { code: 'not-aws-answer' } })
    expect((await listScans(fixture.home))[0]).toMatchObject({ endedAt: null })
  },
)

test('expired credentials end the scan in one sentence, and the next one goes on where it was', async () => {
  fill(fixture, 3)
  const { cloud } = fixture
  cloud.rules.push({ service: 'logs', fault: 'expired' })
  const refused = await fixture.scan()
  expect(refused).toMatchObject({ ok: false, failure: { code: 'credentials-expired' } })
  cloud.rules.length = 0
  const before = cloud.counts().get('ec2:DescribeInstances') ?? 0
  expect(before).toBe(regions.length)

  const outcome = scanned(await fixture.scan())
  expect(outcome.resumed).toBeGreaterThan(regions.length)
  expect(cloud.counts().get('ec2:DescribeInstances')).toBe(before)
  const { resources } = await seenBy(fixture.home, outcome)
  expect(resources).toHaveLength(3 * 4 * regions.length)
  expect(await listScans(fixture.home)).toHaveLength(1)
})

test('a cancelled scan says so and keeps what it had', async () => {
  fill(fixture, 2)
  const controller = new AbortController()
  const refused = await fixture.scan(
    {},
    { signal: controller.signal, progress: ({ done }) => done > 20 && controller.abort() },
  )
  expect(refused).toMatchObject({ ok: false, failure: { code: 'cancelled' } })
  const [record] = await listScans(fixture.home)
  expect(record?.endedAt).toBeNull()
  expect(record?.units.length).toBeGreaterThan(20)
})

test('a call that hangs is given up and named, and the rest goes on', async () => {
  fill(fixture, 1)
  fixture.cloud.rules.push({ service: 'dynamodb', fault: 'hang' })
  const outcome = scanned(
    await fixture.scan({
      regions: ['us-east-1'],
      collectors: collectors.map((one) => (one.service === 'dynamodb' ? { ...one, timeoutMs: 200 } : one)),
    }),
  )
  expect(outcome.record.skipped).toMatchObject([
    { service: 'dynamodb', code: 'timeout', action: 'dynamodb:ListTables' },
  ])
  expect((await seenBy(fixture.home, outcome)).resources).toHaveLength(4)
})

test('regions that may not be asked for: the one of the profile is scanned, and that is said', async () => {
  fill(fixture, 1)
  fixture.environment.set({ AWS_REGION: 'eu-west-1' })
  fixture.cloud.rules.push({ operation: 'DescribeRegions', fault: 'denied' })
  const outcome = scanned(await fixture.scan())
  expect(outcome.record.regions).toEqual(['eu-west-1'])
  expect(outcome.record.skipped).toMatchObject([{ action: 'ec2:DescribeRegions', code: 'access-denied' }])
})

test('a call the endpoint does not know is skipped by name', async () => {
  fixture.cloud.rules.push({ operation: 'DescribeImages', fault: 'unknown-operation' })
  const outcome = scanned(await fixture.scan())
  expect(outcome.record.skipped).toMatchObject([{ part: 'images', code: 'not-supported' }])
})

test('a folder in inventory that is no scan is left alone', async () => {
  await mkdir(join(fixture.home, 'inventory', 'notes'), { recursive: true })
  expect(await listScans(fixture.home)).toEqual([])
  await rm(join(fixture.home, 'inventory'), { recursive: true })
})
