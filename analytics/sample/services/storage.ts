import type { Account } from '../accounts'
import type { Organisation } from '../organisation'
import type { Meter } from '../plan'
import { prices } from '../prices'
import type { RegionCode } from '../regions'
import type { ShapeName } from '../rhythm'
import { stored } from './compute'

const s3 = { productCode: 'AmazonS3', productName: 'Amazon Simple Storage Service' } as const

const storageClasses = {
  Standard: { usageType: 'TimedStorage-ByteHrs', operation: 'StandardStorage', usd: prices.s3Standard },
  Infrequent: {
    usageType: 'TimedStorage-SIA-ByteHrs',
    operation: 'StandardIAStorage',
    usd: prices.s3Infrequent,
  },
  Archive: { usageType: 'TimedStorage-GlacierByteHrs', operation: 'GlacierStorage', usd: prices.s3Archive },
} as const

const request = (tier: 1 | 2): Meter => ({
  ...s3,
  family: 'API Request',
  usageType: `Requests-Tier${tier}`,
  operation: tier === 1 ? 'PutObject' : 'GetObject',
  unit: 'Requests',
  usd: tier === 1 ? prices.s3Put : prices.s3Get,
  description: tier === 1 ? 'PUT, COPY, POST, or LIST request' : 'GET and all other requests',
})

export function addStorage(organisation: Organisation): void {
  const { shop, payments, data, dataDev, research, search, shared, security, sandbox, erp } =
    organisation.accounts
  const suffix = organisation.division === 0 ? '' : `-${organisation.division + 1}`
  const buckets: readonly [
    Account,
    RegionCode,
    string,
    keyof typeof storageClasses,
    number,
    number,
    ShapeName,
  ][] = [
    [shop, 'us-east-1', 'product-images', 'Standard', 62_000, 1_900_000, 'consumer'],
    [shop, 'eu-west-1', 'product-images-eu', 'Standard', 41_000, 700_000, 'consumer'],
    [payments, 'us-east-1', 'statements', 'Infrequent', 38_000, 60_000, 'closing'],
    [payments, 'us-west-2', 'ledger-archive', 'Archive', 260_000, 2_000, 'nightly'],
    [data, 'us-east-1', 'lake-raw', 'Standard', 420_000, 1_400_000, 'steady'],
    [data, 'us-east-1', 'lake-curated', 'Standard', 230_000, 900_000, 'nightly'],
    [data, 'us-east-1', 'lake-history', 'Archive', 900_000, 4_000, 'nightly'],
    [dataDev, 'us-east-1', 'lake-dev', 'Standard', 34_000, 120_000, 'development'],
    [research, 'us-west-2', 'training-sets', 'Standard', 88_000, 150_000, 'development'],
    [search, 'us-east-1', 'index-snapshots', 'Infrequent', 52_000, 30_000, 'nightly'],
    [shared, 'us-east-1', 'artifacts', 'Standard', 26_000, 260_000, 'business'],
    [security, 'us-east-1', 'audit-trail', 'Infrequent', 120_000, 800_000, 'steady'],
    [sandbox, 'us-west-2', 'scratch', 'Standard', 9_000, 20_000, 'development'],
    [erp, 'us-east-1', 'erp-exports', 'Standard', 18_000, 9_000, 'closing'],
  ]
  for (const [account, region, name, storageClass, gigabytes, puts, shape] of buckets) {
    const place = {
      account,
      region,
      resourceId: `halden-${name}${suffix}`,
      tags: organisation.tags(account, name),
    }
    const kind = storageClasses[storageClass]
    organisation.usage(
      place,
      {
        ...s3,
        family: 'Storage',
        ...kind,
        unit: 'GB-Mo',
        description: `GB-Month of storage used (${storageClass})`,
      },
      stored(gigabytes, 0.022),
    )
    const load = { shape, growth: 0.015, dayNoise: 0.05, daily: true }
    organisation.usage(place, request(1), { ...load, base: puts / 4 })
    organisation.usage(place, request(2), { ...load, base: puts * 5 })
  }
  const shares: readonly [Account, string, number][] = [
    [research, 'notebooks', 5_200],
    [erp, 'documents', 6_800],
  ]
  for (const [account, name, gigabytes] of shares) {
    organisation.usage(
      {
        account,
        region: 'us-east-1',
        resourceId: `arn:aws:elasticfilesystem:us-east-1:${account.id}:file-system/fs-${organisation.random.hex(17)}`,
        tags: organisation.tags(account, name),
      },
      {
        productCode: 'AmazonEFS',
        productName: 'Amazon Elastic File System',
        family: 'Storage',
        usageType: 'TimedStorage-ByteHrs',
        operation: '',
        unit: 'GB-Mo',
        usd: prices.efs,
        description: 'GB-Mo of data stored',
      },
      stored(gigabytes, 0.01),
    )
  }
  for (const account of [shop, payments, shared, research]) {
    organisation.usage(
      { account, region: 'us-east-1', resourceId: `arn:aws:ecr:us-east-1:${account.id}:repository/main` },
      {
        productCode: 'AmazonECR',
        productName: 'Amazon EC2 Container Registry (ECR)',
        family: 'EC2 Container Registry',
        usageType: 'TimedStorage-ByteHrs',
        operation: '',
        unit: 'GB-Mo',
        usd: prices.ecr,
        description: 'GB-month of data storage',
      },
      stored(organisation.random.integer(700, 2_500), 0.02),
    )
  }
  for (const account of [shop, payments, erp]) {
    organisation.usage(
      {
        account,
        region: 'us-east-1',
        resourceId: `arn:aws:backup:us-east-1:${account.id}:backup-vault:default`,
      },
      {
        productCode: 'AWSBackup',
        productName: 'AWS Backup',
        family: 'AWS Backup Storage',
        usageType: 'WarmStorage-ByteHrs-EBS',
        operation: 'Storage',
        unit: 'GB-Month',
        usd: prices.backup,
        description: 'GB-Month of warm backup storage',
      },
      stored(14_000, 0.015),
    )
  }
}
