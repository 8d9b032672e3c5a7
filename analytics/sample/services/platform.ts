import type { Organisation } from '../organisation'
import type { Load, Meter, Place } from '../plan'
import { prices } from '../prices'
import { stored } from './compute'

/** Services every account has a little of. */
export function addBasics(organisation: Organisation): void {
  for (const account of Object.values(organisation.accounts)) {
    const busy = account.environment === 'prod' ? 1 : 0.25
    const place: Place = { account, region: 'us-east-1' }
    const add = (meter: Meter, load: Load, resourceId?: string): void => {
      organisation.usage(resourceId === undefined ? place : { ...place, resourceId }, meter, {
        daily: true,
        ...load,
      })
    }
    add(
      {
        productCode: 'awskms',
        productName: 'AWS Key Management Service',
        family: 'Encryption Key',
        usageType: 'KMS-Keys',
        operation: 'Unknown',
        unit: 'Keys',
        usd: prices.kmsKey,
        description: 'customer managed KMS key',
        longPrefix: true,
      },
      { base: (40 * busy) / 730 },
      `arn:aws:kms:us-east-1:${account.id}:key/${organisation.random.hex(8)}-main`,
    )
    add(
      {
        productCode: 'awskms',
        productName: 'AWS Key Management Service',
        family: 'API Request',
        usageType: 'KMS-Requests',
        operation: 'Decrypt',
        unit: 'Requests',
        usd: prices.kmsRequest,
        description: 'KMS request',
        longPrefix: true,
      },
      { base: 120_000 * busy, shape: 'steady', growth: 0.01, dayNoise: 0.05 },
    )
    add(
      {
        productCode: 'AWSSecretsManager',
        productName: 'AWS Secrets Manager',
        family: 'Secret',
        usageType: 'AWSSecretsManager-Secrets',
        operation: '',
        unit: 'Secrets',
        usd: prices.secret,
        description: 'Secret',
        longPrefix: true,
      },
      { base: (260 * busy) / 730 },
    )
    add(
      {
        productCode: 'AWSConfig',
        productName: 'AWS Config',
        family: 'Management Tools - AWS Config',
        usageType: 'ConfigurationItemRecorded',
        operation: '',
        unit: 'ConfigurationItemRecorded',
        usd: prices.configItem,
        description: 'Configuration Item recorded',
        longPrefix: true,
      },
      { base: 170 * busy, shape: 'business', dayNoise: 0.08 },
    )
    add(
      {
        productCode: 'AmazonGuardDuty',
        productName: 'Amazon GuardDuty',
        family: 'Security Services',
        usageType: 'PaidEventsAnalyzed',
        operation: '',
        unit: 'Events',
        usd: prices.guardDuty,
        description: 'CloudTrail management event analyzed',
        longPrefix: true,
      },
      { base: 60_000 * busy, shape: 'business', dayNoise: 0.05 },
    )
    add(
      {
        productCode: 'AmazonGuardDuty',
        productName: 'Amazon GuardDuty',
        family: 'Security Services',
        usageType: 'PaidVPCFlowLogsAnalyzed-Bytes',
        operation: '',
        unit: 'GB',
        usd: prices.guardDutyFlow,
        description: 'GB of flow logs analyzed',
        longPrefix: true,
      },
      { base: 0.45 * busy, shape: 'steady', dayNoise: 0.05 },
    )
    add(
      {
        productCode: 'AWSCloudTrail',
        productName: 'AWS CloudTrail',
        family: 'Management Tools - AWS CloudTrail Paid Events Recorded',
        usageType: 'DataEventsRecorded',
        operation: '',
        unit: 'Events',
        usd: prices.trail,
        description: 'data event recorded',
        longPrefix: true,
      },
      { base: 300_000 * busy, shape: 'steady', growth: 0.01, dayNoise: 0.04 },
    )
    add(
      {
        productCode: 'AWSQueueService',
        productName: 'Amazon Simple Queue Service',
        family: 'API Request',
        usageType: 'Requests-RBP',
        operation: 'ReceiveMessage',
        unit: 'Requests',
        usd: prices.sqs,
        description: 'Amazon SQS request',
        longPrefix: true,
      },
      { base: 900_000 * busy, shape: 'consumer', growth: 0.01, dayNoise: 0.05 },
    )
  }
}

export function addStreaming(organisation: Organisation): void {
  const { shop, data, payments } = organisation.accounts
  for (const [account, name, shards] of [
    [data, 'events', 48],
    [shop, 'clickstream', 32],
    [payments, 'settlements', 8],
  ] as const) {
    const place: Place = {
      account,
      region: 'us-east-1',
      resourceId: `arn:aws:kinesis:us-east-1:${account.id}:stream/${name}`,
      tags: organisation.tags(account, name),
    }
    const kinesis = {
      productCode: 'AmazonKinesis',
      productName: 'Amazon Kinesis',
      family: 'Kinesis Streams',
    } as const
    organisation.usage(
      place,
      {
        ...kinesis,
        usageType: 'Storage-ShardHour',
        operation: 'shardHourStorage',
        unit: 'ShardHour',
        usd: prices.kinesisShard,
        description: 'shard-hour',
      },
      { base: shards },
    )
    organisation.usage(
      place,
      {
        ...kinesis,
        usageType: 'PutRequestPayloadUnits',
        operation: 'PutRequest',
        unit: 'PutPayloadUnits',
        usd: prices.kinesisPut,
        description: 'PUT Payload Unit',
      },
      { base: shards * 900_000, shape: 'consumer', growth: 0.012, dayNoise: 0.04, hourNoise: 0.05 },
    )
  }
  const kafka = {
    productCode: 'AmazonMSK',
    productName: 'Amazon Managed Streaming for Apache Kafka',
  } as const
  const place: Place = {
    account: data,
    region: 'us-east-1',
    resourceId: `arn:aws:kafka:us-east-1:${data.id}:cluster/backbone/${organisation.random.hex(12)}`,
    tags: organisation.tags(data, 'backbone'),
  }
  organisation.usage(
    place,
    {
      ...kafka,
      family: 'Managed Streaming for Apache Kafka (MSK)',
      usageType: 'Kafka.m5.xlarge',
      operation: 'RunBroker',
      unit: 'Hours',
      usd: prices.mskBroker,
      description: 'kafka.m5.xlarge broker hour',
      longPrefix: true,
      instance: { name: 'kafka.m5.xlarge', vcpu: 4, memory: 16, normal: 8 },
    },
    { base: 6 },
  )
  organisation.usage(
    place,
    {
      ...kafka,
      family: 'Managed Streaming for Apache Kafka (MSK)',
      usageType: 'Kafka.Storage.GP2',
      operation: 'RunVolume',
      unit: 'GB-Mo',
      usd: prices.mskStorage,
      description: 'GB-month of broker storage',
      longPrefix: true,
    },
    stored(18_000, 0.01),
  )
}
