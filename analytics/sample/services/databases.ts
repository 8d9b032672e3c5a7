import type { Account } from '../accounts'
import type { Organisation } from '../organisation'
import type { Item, Meter, Place } from '../plan'
import { type DatabaseClassName, databaseClasses, prices } from '../prices'
import type { RegionCode } from '../regions'
import type { ShapeName } from '../rhythm'
import { stored } from './compute'

const rds = { productCode: 'AmazonRDS', productName: 'Amazon Relational Database Service' } as const
const dynamo = { productCode: 'AmazonDynamoDB', productName: 'Amazon DynamoDB' } as const

function databaseMeter(type: DatabaseClassName, multiZone: boolean): Meter {
  const { usd, ...size } = databaseClasses[type]
  return {
    ...rds,
    family: 'Database Instance',
    usageType: `${multiZone ? 'Multi-AZUsage' : 'InstanceUsage'}:${type}`,
    operation: 'CreateDBInstance:0014',
    unit: 'Hrs',
    usd: multiZone ? usd * 2 : usd,
    description: `RDS ${type} ${multiZone ? 'Multi-AZ' : 'Single-AZ'} instance hour running PostgreSQL`,
    instance: { name: type, ...size },
  }
}

const databaseStorage = (multiZone: boolean): Meter => ({
  ...rds,
  family: 'Database Storage',
  usageType: multiZone ? 'RDS:Multi-AZ-GP3-Storage' : 'RDS:GP3-Storage',
  operation: 'CreateDBInstance:0014',
  unit: 'GB-Mo',
  usd: multiZone ? prices.rdsStorage * 2 : prices.rdsStorage,
  description: 'GB-month of provisioned gp3 storage for PostgreSQL',
})

export const extendedSupport: Meter = {
  ...rds,
  family: 'Database Instance',
  usageType: 'ExtendedSupport:Yr1-Yr2:PostgreSQL11',
  operation: 'CreateDBInstance:0014',
  unit: 'vCPU-Hours',
  usd: prices.rdsExtendedSupport,
  description: 'vCPU-hour of RDS Extended Support for PostgreSQL 11',
}

export const databaseArn = (account: Account, region: RegionCode, name: string): string =>
  `arn:aws:rds:${region}:${account.id}:db:${name}`

export function addDatabase(
  organisation: Organisation,
  place: Place,
  type: DatabaseClassName,
  gigabytes: number,
  multiZone = false,
): Item {
  const tags = place.tags ?? organisation.tags(place.account)
  const item = organisation.usage({ ...place, tags }, databaseMeter(type, multiZone), { base: 1 })
  organisation.usage({ ...place, tags }, databaseStorage(multiZone), stored(gigabytes, 0.01))
  return item
}

export function addRelational(organisation: Organisation): readonly Item[] {
  const { shop, stage, payments, paymentsDev, data, search, shared, erp } = organisation.accounts
  const wanted: readonly [Account, RegionCode, string, DatabaseClassName, number, boolean][] = [
    [shop, 'us-east-1', 'orders', 'db.r6g.4xlarge', 4_000, true],
    [shop, 'us-east-1', 'catalogue', 'db.r6g.2xlarge', 2_000, true],
    [shop, 'eu-west-1', 'orders-eu', 'db.r6g.2xlarge', 2_000, true],
    [stage, 'us-east-1', 'orders-stage', 'db.m6g.xlarge', 400, false],
    [payments, 'us-east-1', 'ledger', 'db.r6g.4xlarge', 6_000, true],
    [payments, 'us-east-1', 'risk', 'db.r6g.4xlarge', 1_500, true],
    [payments, 'us-west-2', 'ledger-dr', 'db.r6g.2xlarge', 6_000, false],
    [paymentsDev, 'us-east-1', 'ledger-dev', 'db.t3.medium', 100, false],
    [data, 'us-east-1', 'metastore', 'db.m5.2xlarge', 600, false],
    [search, 'us-east-1', 'synonyms', 'db.m5.large', 100, false],
    [shared, 'us-east-1', 'identity', 'db.m6g.xlarge', 300, true],
    [erp, 'us-east-1', 'erp-finance', 'db.r5.2xlarge', 3_000, true],
  ]
  const databases = wanted.map(([account, region, name, type, gigabytes, multiZone]) =>
    addDatabase(
      organisation,
      { account, region, resourceId: databaseArn(account, region, name) },
      type,
      gigabytes,
      multiZone,
    ),
  )
  for (const account of [shop, payments, erp]) {
    organisation.usage(
      { account, region: 'us-east-1' },
      {
        ...rds,
        family: 'Storage Snapshot',
        usageType: 'RDS:ChargedBackupUsage',
        operation: '',
        unit: 'GB-Mo',
        usd: prices.rdsBackup,
        description: 'additional GB-month of backup storage',
      },
      stored(9_000, 0.02),
    )
  }
  addAurora(organisation)
  return databases
}

function addAurora(organisation: Organisation): void {
  const { shop, data } = organisation.accounts
  const members: readonly [Account, string, number][] = [
    [shop, 'sessions', 3],
    [data, 'features', 2],
  ]
  const aurora = { ...rds, operation: 'CreateDBInstance:0021' } as const
  for (const [account, name, count] of members) {
    const tags = organisation.tags(account, name)
    for (let index = 1; index <= count; index += 1) {
      organisation.usage(
        {
          account,
          region: 'us-east-1',
          resourceId: databaseArn(account, 'us-east-1', `${name}-${index}`),
          tags,
        },
        {
          ...aurora,
          family: 'Database Instance',
          usageType: 'InstanceUsage:db.r6i.2xl',
          unit: 'Hrs',
          usd: prices.auroraR6i2xlarge,
          description: 'RDS db.r6i.2xlarge instance hour running Aurora PostgreSQL',
          instance: { name: 'db.r6i.2xlarge', vcpu: 8, memory: 64, normal: 16 },
        },
        { base: 1 },
      )
    }
    const cluster = `arn:aws:rds:us-east-1:${account.id}:cluster:${name}`
    const place = { account, region: 'us-east-1', resourceId: cluster, tags } as const
    organisation.usage(
      place,
      {
        ...aurora,
        family: 'Database Storage',
        usageType: 'Aurora:StorageUsage',
        unit: 'GB-Mo',
        usd: prices.auroraStorage,
        description: 'GB-month of storage',
      },
      stored(3_500, 0.02),
    )
    organisation.usage(
      place,
      {
        ...aurora,
        family: 'System Operation',
        usageType: 'Aurora:StorageIOUsage',
        unit: 'IOs',
        usd: prices.auroraIo,
        description: 'I/O requests',
      },
      { base: 4_200_000, shape: 'consumer', growth: 0.01, dayNoise: 0.05, hourNoise: 0.06 },
    )
  }
}

export function addKeyValue(organisation: Organisation): void {
  const { shop, payments, data, search, shared } = organisation.accounts
  const tables: readonly [Account, string, number, ShapeName][] = [
    [shop, 'carts', 3_400_000, 'consumer'],
    [shop, 'sessions', 4_600_000, 'consumer'],
    [payments, 'idempotency', 2_600_000, 'consumer'],
    [payments, 'ledger-events', 1_500_000, 'closing'],
    [data, 'feature-store', 2_700_000, 'steady'],
    [search, 'click-log', 1_800_000, 'consumer'],
    [shared, 'feature-flags', 500_000, 'business'],
  ]
  for (const [account, name, writes, shape] of tables) {
    const place = {
      account,
      region: 'us-east-1',
      resourceId: `arn:aws:dynamodb:us-east-1:${account.id}:table/${name}`,
      tags: organisation.tags(account, name),
    } as const
    const load = { shape, growth: 0.015, dayNoise: 0.04, hourNoise: 0.06 }
    organisation.usage(
      place,
      {
        ...dynamo,
        family: 'Amazon DynamoDB PayPerRequest Throughput',
        usageType: 'WriteRequestUnits',
        operation: 'PayPerRequestThroughput',
        unit: 'WriteRequestUnits',
        usd: prices.dynamoWrite,
        description: 'write request unit',
      },
      { ...load, base: writes },
    )
    organisation.usage(
      place,
      {
        ...dynamo,
        family: 'Amazon DynamoDB PayPerRequest Throughput',
        usageType: 'ReadRequestUnits',
        operation: 'PayPerRequestThroughput',
        unit: 'ReadRequestUnits',
        usd: prices.dynamoRead,
        description: 'read request unit',
      },
      { ...load, base: writes * 4.5 },
    )
    organisation.usage(
      place,
      {
        ...dynamo,
        family: 'Database Storage',
        usageType: 'TimedStorage-ByteHrs',
        operation: 'StandardStorage',
        unit: 'GB-Mo',
        usd: prices.dynamoStorage,
        description: 'GB-Month of storage used',
      },
      stored(writes / 2_500, 0.02),
    )
  }
  const caches: readonly [Account, RegionCode, string, number][] = [
    [shop, 'us-east-1', 'storefront', 4],
    [shop, 'eu-west-1', 'storefront', 2],
    [payments, 'us-east-1', 'limits', 2],
    [search, 'us-east-1', 'suggest', 2],
  ]
  for (const [account, region, name, count] of caches) {
    const tags = organisation.tags(account, name)
    for (let index = 1; index <= count; index += 1) {
      const resourceId = `arn:aws:elasticache:${region}:${account.id}:cluster:${name}-00${index}`
      organisation.usage(
        { account, region, resourceId, tags },
        {
          productCode: 'AmazonElastiCache',
          productName: 'Amazon ElastiCache',
          family: 'Cache Instance',
          usageType: 'NodeUsage:cache.r6g.xlarge',
          operation: 'CreateCacheCluster:0002',
          unit: 'Hrs',
          usd: prices.cacheR6gXlarge,
          description: 'cache.r6g.xlarge node hour running Redis',
          instance: { name: 'cache.r6g.xlarge', vcpu: 4, memory: 26.32, normal: 8 },
        },
        { base: 1 },
      )
    }
  }
}

export function addWarehouse(organisation: Organisation): void {
  const { data } = organisation.accounts
  const place = {
    account: data,
    region: 'us-east-1',
    resourceId: `arn:aws:redshift:us-east-1:${data.id}:cluster:finance-mart`,
    tags: organisation.tags(data, 'finance-mart'),
  } as const
  const redshift = { productCode: 'AmazonRedshift', productName: 'Amazon Redshift' } as const
  organisation.usage(
    place,
    {
      ...redshift,
      family: 'Compute Instance',
      usageType: 'Node:ra3.4xlarge',
      operation: 'RunComputeNode:0001',
      unit: 'Hrs',
      usd: prices.redshiftNode,
      description: 'Redshift ra3.4xlarge node hour',
      instance: { name: 'ra3.4xlarge', vcpu: 12, memory: 96, normal: 32 },
    },
    { base: 6 },
  )
  organisation.usage(
    place,
    {
      ...redshift,
      family: 'Redshift Managed Storage',
      usageType: 'RMS:ra3.4xlarge',
      operation: 'RunComputeNode:0001',
      unit: 'GB-Mo',
      usd: prices.redshiftStorage,
      description: 'GB-Mo of Redshift managed storage',
    },
    stored(60_000, 0.02),
  )
}
