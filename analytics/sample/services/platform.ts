import type { Account } from '../accounts'
import type { Organisation } from '../organisation'
import type { Load, Meter, Place } from '../plan'
import { prices } from '../prices'
import type { RegionCode } from '../regions'
import { stored } from './compute'

const watch = { productCode: 'AmazonCloudWatch', productName: 'AmazonCloudWatch' } as const

export const logsIngest: Meter = {
  ...watch,
  family: 'Data Payload',
  usageType: 'DataProcessing-Bytes',
  operation: 'PutLogEvents',
  unit: 'GB',
  usd: prices.logsIngest,
  description: 'GB log data ingested',
  longPrefix: true,
}
export const logsStorage: Meter = {
  ...watch,
  family: 'Storage Snapshot',
  usageType: 'TimedStorage-ByteHrs',
  operation: 'HourlyStorageMetering',
  unit: 'GB-Mo',
  usd: prices.logsStorage,
  description: 'GB-month of log storage',
  longPrefix: true,
}

export const logGroupArn = (account: Account, region: RegionCode, name: string): string =>
  `arn:aws:logs:${region}:${account.id}:log-group:${name}`

export function addObservability(organisation: Organisation): void {
  for (const account of Object.values(organisation.accounts)) {
    const busy = account.environment === 'prod' ? 1 : 0.2
    const noisy = account.name.includes('shop-prod') ? 3 : 1
    const shape = account.environment === 'prod' ? 'consumer' : 'development'
    const place: Place = {
      account,
      region: 'us-east-1',
      resourceId: logGroupArn(account, 'us-east-1', `/halden/${account.app}`),
    }
    organisation.usage(place, logsIngest, {
      base: 5.2 * busy * noisy,
      shape,
      growth: 0.012,
      dayNoise: 0.06,
      daily: true,
    })
    organisation.usage(place, logsStorage, stored(9_000 * busy * noisy, 0.02))
    const everywhere: Place = { account, region: 'us-east-1' }
    organisation.usage(
      everywhere,
      {
        ...watch,
        family: 'Metric',
        usageType: 'CW:MetricMonitorUsage',
        operation: 'MetricStorage',
        unit: 'Metrics',
        usd: prices.customMetric,
        description: 'metric-month',
      },
      { base: (9_000 * busy) / 730, growth: 0.01, daily: true },
    )
    organisation.usage(
      everywhere,
      {
        ...watch,
        family: 'Alarm',
        usageType: 'CW:AlarmMonitorUsage',
        operation: 'Unknown',
        unit: 'Alarms',
        usd: prices.alarm,
        description: 'alarm metric month',
      },
      { base: (700 * busy) / 730, daily: true },
    )
  }
}

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

export function addAnalytics(organisation: Organisation): void {
  const { data, dataDev, shop, shared } = organisation.accounts
  for (const [account, name, units, shape] of [
    [data, 'nightly-curation', 95, 'nightly'],
    [data, 'month-close', 14, 'closing'],
    [dataDev, 'experiments', 4, 'development'],
  ] as const) {
    organisation.usage(
      {
        account,
        region: 'us-east-1',
        resourceId: `arn:aws:glue:us-east-1:${account.id}:job/${name}`,
        tags: organisation.tags(account, name),
      },
      {
        productCode: 'AWSGlue',
        productName: 'AWS Glue',
        family: 'AWS Glue',
        usageType: 'ETL-DPU-Hour',
        operation: 'Jobrun',
        unit: 'DPU-Hour',
        usd: prices.glue,
        description: 'Data Processing Unit-Hour for AWS Glue ETL jobs',
        longPrefix: true,
      },
      { base: units, shape, growth: 0.01, dayNoise: 0.06, hourNoise: 0.05 },
    )
  }
  organisation.usage(
    {
      account: data,
      region: 'us-east-1',
      resourceId: `arn:aws:athena:us-east-1:${data.id}:workgroup/analysts`,
    },
    {
      productCode: 'AmazonAthena',
      productName: 'Amazon Athena',
      family: 'Athena Queries',
      usageType: 'DataScannedInTB',
      operation: '',
      unit: 'Terabytes',
      usd: prices.athena,
      description: 'Terabyte for Data Scanned',
      longPrefix: true,
    },
    { base: 0.55, shape: 'business', growth: 0.012, dayNoise: 0.12, hourNoise: 0.2 },
  )
  organisation.usage(
    {
      account: shop,
      region: 'us-east-1',
      resourceId: `arn:aws:states:us-east-1:${shop.id}:stateMachine:order-flow`,
    },
    {
      productCode: 'AmazonStates',
      productName: 'AWS Step Functions',
      family: 'AWS Step Functions',
      usageType: 'StateTransition',
      operation: '',
      unit: 'StateTransitions',
      usd: prices.stepTransition,
      description: 'state transition',
      longPrefix: true,
    },
    { base: 130_000, shape: 'consumer', growth: 0.01, dayNoise: 0.04, hourNoise: 0.04 },
  )
  for (const [account, name, calls] of [
    [shop, 'public', 3_900_000],
    [shared, 'partners', 700_000],
  ] as const) {
    organisation.usage(
      { account, region: 'us-east-1', resourceId: `arn:aws:apigateway:us-east-1::/apis/${name}` },
      {
        productCode: 'AmazonApiGateway',
        productName: 'Amazon API Gateway',
        family: 'Amazon API Gateway HTTP API',
        usageType: 'ApiGatewayHttpRequest',
        operation: 'ApiGatewayHttpApi',
        unit: 'Requests',
        usd: prices.apiGateway,
        description: 'HTTP API request',
        longPrefix: true,
      },
      { base: calls, shape: 'consumer', growth: 0.01, dayNoise: 0.04, hourNoise: 0.04 },
    )
  }
  organisation.usage(
    {
      account: shop,
      region: 'us-east-1',
      resourceId: `arn:aws:wafv2:us-east-1:${shop.id}:global/webacl/storefront/main`,
    },
    {
      productCode: 'awswaf',
      productName: 'AWS WAF',
      family: 'Web Application Firewall',
      usageType: 'RequestV2-Tier1',
      operation: '',
      unit: 'Request',
      usd: prices.wafRequest,
      description: 'request processed',
      longPrefix: true,
    },
    { base: 6_000_000, shape: 'consumer', growth: 0.012, dayNoise: 0.04, daily: true },
  )
  organisation.usage(
    { account: shop, region: 'us-east-1' },
    {
      productCode: 'AmazonSNS',
      productName: 'Amazon Simple Notification Service',
      family: 'API Request',
      usageType: 'Requests-Tier1',
      operation: 'Publish',
      unit: 'Requests',
      usd: prices.sns,
      description: 'Amazon SNS API request',
    },
    { base: 800_000, shape: 'consumer', dayNoise: 0.05, daily: true },
  )
  organisation.usage(
    {
      account: shared,
      region: 'us-east-1',
      resourceId: `arn:aws:codebuild:us-east-1:${shared.id}:project/monorepo`,
    },
    {
      productCode: 'CodeBuild',
      productName: 'AWS CodeBuild',
      family: 'Build',
      usageType: 'Build-Min:Linux:g1.medium',
      operation: '',
      unit: 'Minutes',
      usd: prices.buildMinute,
      description: 'build minute on general1.medium',
      longPrefix: true,
    },
    { base: 380, shape: 'development', growth: 0.01, dayNoise: 0.1, hourNoise: 0.15 },
  )
}

export const sagemakerEndpoint = (type: 'ml.g5.xlarge' | 'ml.g5.12xlarge' | 'ml.c5.2xlarge'): Meter => ({
  productCode: 'AmazonSageMaker',
  productName: 'Amazon SageMaker',
  family: 'ML Instance',
  usageType: `Host:${type}`,
  operation: 'RunInstance',
  unit: 'Hrs',
  usd: {
    'ml.g5.xlarge': prices.sagemakerG5,
    'ml.g5.12xlarge': prices.sagemakerG512,
    'ml.c5.2xlarge': prices.sagemakerC5,
  }[type],
  description: `SageMaker hosting ${type} hour`,
  longPrefix: true,
})

export const endpointName = (account: Account, region: RegionCode, name: string): string =>
  `arn:aws:sagemaker:${region}:${account.id}:endpoint/${name}`

export function addMachineLearning(organisation: Organisation): void {
  const { shop, research, payments, search } = organisation.accounts
  organisation.usage(
    { account: shop, region: 'us-east-1', resourceId: endpointName(shop, 'us-east-1', 'recommender') },
    sagemakerEndpoint('ml.g5.12xlarge'),
    { base: 3 },
  )
  organisation.usage(
    { account: payments, region: 'us-east-1', resourceId: endpointName(payments, 'us-east-1', 'fraud') },
    sagemakerEndpoint('ml.c5.2xlarge'),
    { base: 4 },
  )
  for (let index = 1; index <= 3; index += 1) {
    organisation.usage(
      {
        account: research,
        region: 'us-west-2',
        resourceId: `arn:aws:sagemaker:us-west-2:${research.id}:notebook-instance/lab-${index}`,
      },
      {
        ...sagemakerEndpoint('ml.c5.2xlarge'),
        usageType: 'Notebk:ml.t3.xlarge',
        usd: prices.notebook,
        description: 'SageMaker notebook ml.t3.xlarge hour',
      },
      { base: 1, shape: 'office' },
    )
  }
  const bedrock = {
    productCode: 'AmazonBedrock',
    productName: 'Amazon Bedrock',
    family: 'Amazon Bedrock',
    operation: 'InvokeModelInference',
    unit: '1K tokens',
    longPrefix: true,
  } as const
  for (const [account, input, output, growth] of [
    [search, 900, 160, 0.07],
    [shop, 700, 210, 0.05],
  ] as const) {
    const load = { shape: 'consumer', growth, dayNoise: 0.06, hourNoise: 0.06 } as const
    organisation.usage(
      { account, region: 'us-east-1' },
      {
        ...bedrock,
        usageType: 'Text-Model-input-tokens',
        usd: prices.bedrockInput,
        description: '1K input tokens',
      },
      { ...load, base: input },
    )
    organisation.usage(
      { account, region: 'us-east-1' },
      {
        ...bedrock,
        usageType: 'Text-Model-output-tokens',
        usd: prices.bedrockOutput,
        description: '1K output tokens',
      },
      { ...load, base: output },
    )
  }
}
