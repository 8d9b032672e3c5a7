import type { Account } from '../accounts'
import type { Organisation } from '../organisation'
import type { Item, Meter } from '../plan'
import { prices } from '../prices'
import type { RegionCode } from '../regions'
import type { ShapeName } from '../rhythm'

const lambda = {
  productCode: 'AWSLambda',
  productName: 'AWS Lambda',
  family: 'Serverless',
  operation: 'Invoke',
} as const
const fargate = {
  productCode: 'AmazonECS',
  productName: 'Amazon Elastic Container Service',
  family: 'Compute',
  operation: 'FargateTask',
  longPrefix: true,
} as const

const lambdaDuration: Meter = {
  ...lambda,
  usageType: 'Lambda-GB-Second',
  unit: 'Lambda-GB-Second',
  usd: prices.lambdaSecond,
  description: 'GB-Second for total compute',
}

const lambdaRequests: Meter = {
  ...lambda,
  usageType: 'Request',
  unit: 'Requests',
  usd: prices.lambdaRequest,
  description: 'request',
}

export const provisionedConcurrency: Meter = {
  ...lambda,
  usageType: 'Lambda-Provisioned-Concurrency',
  unit: 'Lambda-GB-Second',
  usd: prices.lambdaProvisioned,
  description: 'GB-Second for provisioned concurrency',
}

export const functionArn = (account: Account, region: RegionCode, name: string): string =>
  `arn:aws:lambda:${region}:${account.id}:function:${name}`

/** Functions and tasks; the durations of both can be covered by a compute savings plan. */
export function addServerless(organisation: Organisation): readonly Item[] {
  const { shop, payments, data, search, shared, stage } = organisation.accounts
  const functions: readonly [Account, RegionCode, string, number, ShapeName][] = [
    [shop, 'us-east-1', 'cart-price', 190_000, 'consumer'],
    [shop, 'us-east-1', 'image-resize', 260_000, 'consumer'],
    [shop, 'eu-west-1', 'cart-price', 90_000, 'consumer'],
    [payments, 'us-east-1', 'fraud-score', 330_000, 'consumer'],
    [payments, 'us-east-1', 'settlement', 120_000, 'closing'],
    [data, 'us-east-1', 'event-normaliser', 280_000, 'steady'],
    [data, 'us-east-1', 'partition-loader', 60_000, 'nightly'],
    [search, 'us-east-1', 'suggest', 110_000, 'consumer'],
    [shared, 'us-east-1', 'webhook-relay', 40_000, 'business'],
  ]
  const coverable: Item[] = []
  for (const [account, region, name, seconds, shape] of functions) {
    const place = {
      account,
      region,
      resourceId: functionArn(account, region, name),
      tags: organisation.tags(account, name),
    }
    const growth = 0.012
    coverable.push(
      organisation.usage(place, lambdaDuration, {
        base: seconds,
        shape,
        growth,
        dayNoise: 0.04,
        hourNoise: 0.05,
      }),
    )
    organisation.usage(place, lambdaRequests, {
      base: seconds * 2.4,
      shape,
      growth,
      dayNoise: 0.04,
      daily: true,
    })
  }
  const services: readonly [Account, RegionCode, string, number, ShapeName][] = [
    [shop, 'us-east-1', 'checkout', 64, 'consumer'],
    [shop, 'us-east-1', 'catalogue', 48, 'consumer'],
    [payments, 'us-east-1', 'ledger-api', 40, 'steady'],
    [search, 'us-east-1', 'query-gateway', 28, 'consumer'],
    [shared, 'us-east-1', 'identity', 16, 'steady'],
    [stage, 'us-east-1', 'checkout', 10, 'development'],
  ]
  for (const [account, region, name, cpus, shape] of services) {
    const place = {
      account,
      region,
      resourceId: `arn:aws:ecs:${region}:${account.id}:service/main/${name}`,
      tags: organisation.tags(account, name),
    }
    const load = { shape, growth: 0.01, dayNoise: 0.03, hourNoise: 0.02 }
    const cpu: Meter = {
      ...fargate,
      usageType: 'Fargate-vCPU-Hours:perCPU',
      unit: 'hours',
      usd: prices.fargateCpu,
      description: 'vCPU per hour',
    }
    const memory: Meter = {
      ...fargate,
      usageType: 'Fargate-GB-Hours',
      unit: 'hours',
      usd: prices.fargateMemory,
      description: 'GB per hour',
    }
    coverable.push(organisation.usage(place, cpu, { ...load, base: cpus }))
    coverable.push(organisation.usage(place, memory, { ...load, base: cpus * 4 }))
  }
  return coverable
}
