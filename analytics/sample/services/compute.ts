import type { Account } from '../accounts'
import type { Organisation } from '../organisation'
import type { Item, Load, Meter, Place } from '../plan'
import { type InstanceTypeName, instanceTypes, prices } from '../prices'
import type { RegionCode } from '../regions'

const compute = { productCode: 'AmazonEC2', productName: 'Amazon Elastic Compute Cloud' } as const

export function instanceMeter(type: InstanceTypeName): Meter {
  const { usd, ...size } = instanceTypes[type]
  return {
    ...compute,
    family: 'Compute Instance',
    usageType: `BoxUsage:${type}`,
    operation: 'RunInstances',
    unit: 'Hrs',
    usd,
    description: `On Demand Linux ${type} Instance Hour`,
    instance: { name: type, ...size },
  }
}

function spotMeter(type: InstanceTypeName): Meter {
  const meter = instanceMeter(type)
  return {
    ...meter,
    usageType: `SpotUsage:${type}`,
    operation: 'RunInstances:SV001',
    // A steady 36 per cent of the on-demand price; real spot prices move.
    usd: meter.usd * 0.36,
    description: `${type} Linux/UNIX Spot Instance-hour`,
    spot: true,
  }
}

export const volumeMeter = (type: 'gp2' | 'gp3' | 'io2'): Meter => ({
  ...compute,
  family: 'Storage',
  usageType: type === 'io2' ? 'EBS:VolumeUsage.io2' : `EBS:VolumeUsage.${type}`,
  operation: `CreateVolume-${type === 'gp2' ? 'Gp2' : type === 'gp3' ? 'Gp3' : 'io2'}`,
  unit: 'GB-Mo',
  usd: prices[type],
  description: `GB-month of provisioned ${type} storage`,
})

export const snapshotMeter: Meter = {
  ...compute,
  family: 'Storage Snapshot',
  usageType: 'EBS:SnapshotUsage',
  operation: 'CreateSnapshot',
  unit: 'GB-Mo',
  usd: prices.snapshot,
  description: 'GB-Month of snapshot data stored',
}

/** Storage is metered once a day; a month has 730 hours here. */
export const stored = (gigabytes: number, growth = 0): Load => ({
  base: gigabytes / 730,
  growth,
  daily: true,
})

export function addInstance(
  organisation: Organisation,
  place: Place,
  type: InstanceTypeName,
  disk: number,
  office = false,
): Item {
  const zone = place.zone ?? organisation.zone(place.region)
  const tags = place.tags ?? organisation.tags(place.account)
  const resourceId = place.resourceId ?? `i-0${organisation.random.hex(16)}`
  const at = { ...place, zone, tags, resourceId }
  const item = organisation.usage(at, instanceMeter(type), { base: 1, shape: office ? 'office' : 'always' })
  if (disk > 0) {
    organisation.usage(
      { ...at, zone: '', resourceId: `vol-0${organisation.random.hex(16)}` },
      volumeMeter('gp3'),
      stored(disk),
      { zone: null },
    )
  }
  return item
}

interface Group {
  readonly account: Account
  readonly region: RegionCode
  readonly type: InstanceTypeName
  readonly count: number
  readonly disk?: number
  readonly office?: boolean
  readonly app?: string
}

/** Servers of the organisation. About a third came during the sample's months: that is its growth. */
export function addFleet(organisation: Organisation): readonly Item[] {
  const {
    shop,
    stage,
    payments,
    paymentsDev,
    data,
    dataDev,
    research,
    search,
    shared,
    security,
    sandbox,
    erp,
  } = organisation.accounts
  const groups: readonly Group[] = [
    { account: shop, region: 'us-east-1', type: 'c6i.8xlarge', count: 14, app: 'storefront-web' },
    { account: shop, region: 'us-east-1', type: 'm6i.4xlarge', count: 12, app: 'cart' },
    { account: shop, region: 'eu-west-1', type: 'c6i.4xlarge', count: 10, app: 'storefront-web' },
    { account: shop, region: 'ap-southeast-2', type: 'c6i.2xlarge', count: 6, app: 'storefront-web' },
    { account: stage, region: 'us-east-1', type: 'm6i.xlarge', count: 10, office: true },
    { account: payments, region: 'us-east-1', type: 'm6i.4xlarge', count: 7 },
    { account: payments, region: 'us-west-2', type: 'm6i.2xlarge', count: 8 },
    { account: paymentsDev, region: 'us-east-1', type: 'm6i.large', count: 8, office: true },
    { account: data, region: 'us-east-1', type: 'r6i.8xlarge', count: 9, disk: 1_000, app: 'spark' },
    { account: dataDev, region: 'us-east-1', type: 'r6i.2xlarge', count: 6, office: true },
    { account: research, region: 'us-west-2', type: 'g5.12xlarge', count: 3, disk: 800, office: true },
    { account: search, region: 'us-west-2', type: 'm7g.2xlarge', count: 8 },
    { account: shared, region: 'us-east-1', type: 'c7g.4xlarge', count: 8, app: 'build-agents' },
    { account: security, region: 'us-east-1', type: 'm6i.xlarge', count: 2 },
    { account: sandbox, region: 'us-west-2', type: 't3.xlarge', count: 8, office: true },
    { account: erp, region: 'us-east-1', type: 'm6i.8xlarge', count: 4, disk: 2_000 },
  ]
  const fleet: Item[] = []
  for (const { account, region, type, count, disk, office, app } of groups) {
    for (let index = 0; index < count; index += 1) {
      const arrived = organisation.random.chance(0.34)
      fleet.push(
        addInstance(
          organisation,
          {
            account,
            region,
            tags: organisation.tags(account, app),
            from: arrived ? organisation.daysAgo(organisation.random.integer(25, 400)) : organisation.since,
          },
          type,
          disk ?? 100,
          office,
        ),
      )
    }
  }
  return fleet
}

export function addSpot(organisation: Organisation): void {
  const { data, research } = organisation.accounts
  for (let index = 0; index < 8; index += 1) {
    organisation.usage(
      {
        account: data,
        region: 'us-east-1',
        zone: organisation.zone('us-east-1'),
        resourceId: `i-0${organisation.random.hex(16)}`,
      },
      spotMeter('m6i.8xlarge'),
      { base: 1, shape: 'nightly' },
    )
  }
  for (let index = 0; index < 3; index += 1) {
    organisation.usage(
      {
        account: research,
        region: 'us-west-2',
        zone: organisation.zone('us-west-2'),
        resourceId: `i-0${organisation.random.hex(16)}`,
      },
      spotMeter('g5.2xlarge'),
      { base: 1, shape: 'office' },
    )
  }
}

export function addSnapshots(organisation: Organisation): void {
  for (const account of Object.values(organisation.accounts)) {
    const resourceId = `snap-0${organisation.random.hex(16)}`
    organisation.usage(
      { account, region: 'us-east-1', resourceId },
      snapshotMeter,
      stored(organisation.random.integer(900, 9_000), 0.02),
    )
  }
}
