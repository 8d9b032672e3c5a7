import type { Account } from '../accounts'
import type { Organisation } from '../organisation'
import type { Meter, Place } from '../plan'
import { prices } from '../prices'
import type { RegionCode } from '../regions'
import type { ShapeName } from '../rhythm'

const elb = { productCode: 'AWSELB', productName: 'Elastic Load Balancing' } as const
const ec2 = { productCode: 'AmazonEC2', productName: 'Amazon Elastic Compute Cloud' } as const
const vpc = { productCode: 'AmazonVPC', productName: 'Amazon Virtual Private Cloud' } as const
const front = { productCode: 'AmazonCloudFront', productName: 'Amazon CloudFront' } as const

export const balancerHour = (kind: 'app' | 'net'): Meter => ({
  ...elb,
  family: kind === 'app' ? 'Load Balancer-Application' : 'Load Balancer-Network',
  usageType: 'LoadBalancerUsage',
  operation: `LoadBalancing:${kind === 'app' ? 'Application' : 'Network'}`,
  unit: 'Hrs',
  usd: kind === 'app' ? prices.albHour : prices.nlbHour,
  description: `${kind === 'app' ? 'Application' : 'Network'} LoadBalancer-hour (or partial hour)`,
})

export const balancerArn = (
  account: Account,
  region: RegionCode,
  kind: 'app' | 'net',
  name: string,
  id: string,
): string => `arn:aws:elasticloadbalancing:${region}:${account.id}:loadbalancer/${kind}/${name}/${id}`

export const natHour: Meter = {
  ...ec2,
  family: 'NAT Gateway',
  usageType: 'NatGateway-Hours',
  operation: 'NatGateway',
  unit: 'Hrs',
  usd: prices.natHour,
  description: 'NAT Gateway Hour',
}

const natBytes: Meter = {
  ...natHour,
  usageType: 'NatGateway-Bytes',
  unit: 'GB',
  usd: prices.natData,
  description: 'GB Data Processed by NAT Gateways',
}

export const natArn = (account: Account, region: RegionCode, id: string): string =>
  `arn:aws:ec2:${region}:${account.id}:natgateway/nat-0${id}`

export const addressMeter = (idle: boolean): Meter => ({
  ...vpc,
  family: 'VPC Public IPv4 Address',
  usageType: idle ? 'PublicIPv4:IdleAddress' : 'PublicIPv4:InUseAddress',
  operation: idle ? 'AllocateAddressVPC' : 'DescribeNetworkInterfaces',
  unit: 'Hrs',
  usd: prices.publicAddress,
  description: `${idle ? 'Idle' : 'In-use'} public IPv4 address per hour`,
})

export const addressArn = (account: Account, region: RegionCode, id: string): string =>
  `arn:aws:ec2:${region}:${account.id}:elastic-ip/eipalloc-0${id}`

export const endpointHour: Meter = {
  ...vpc,
  family: 'VpcEndpoint',
  usageType: 'VpcEndpoint-Hours',
  operation: 'VpcEndpoint',
  unit: 'Hrs',
  usd: prices.endpointHour,
  description: 'VPC Endpoint Hour',
}

export const endpointArn = (account: Account, region: RegionCode, id: string): string =>
  `arn:aws:ec2:${region}:${account.id}:vpc-endpoint/vpce-0${id}`

export const internetOut: Meter = {
  ...ec2,
  serviceCode: 'AWSDataTransfer',
  family: 'Data Transfer',
  usageType: 'DataTransfer-Out-Bytes',
  operation: 'RunInstances',
  unit: 'GB',
  usd: prices.internetOut,
  description: 'GB data transfer out to the internet',
}

const betweenZones: Meter = {
  ...internetOut,
  usageType: 'DataTransfer-Regional-Bytes',
  operation: 'InterZone-In',
  usd: prices.betweenZones,
  description: 'GB regional data transfer in/out/between EC2 AZs',
}
const betweenRegions: Meter = {
  ...internetOut,
  usageType: 'USE1-USW2-AWS-Out-Bytes',
  operation: '',
  usd: prices.betweenRegions,
  description: 'GB data transfer to another region',
}

export function addNetwork(organisation: Organisation): void {
  addBalancers(organisation)
  addGateways(organisation)
  addTransfer(organisation)
  addEdge(organisation)
}

function addBalancers(organisation: Organisation): void {
  const { shop, stage, payments, paymentsDev, search, shared, erp } = organisation.accounts
  const balancers: readonly [Account, RegionCode, 'app' | 'net', string, number, ShapeName][] = [
    [shop, 'us-east-1', 'app', 'storefront', 75, 'consumer'],
    [shop, 'us-east-1', 'app', 'cart', 38, 'consumer'],
    [shop, 'eu-west-1', 'app', 'storefront-eu', 34, 'consumer'],
    [shop, 'ap-southeast-2', 'app', 'storefront-au', 12, 'consumer'],
    [stage, 'us-east-1', 'app', 'storefront-stage', 1.2, 'development'],
    [payments, 'us-east-1', 'app', 'ledger', 22, 'consumer'],
    [payments, 'us-east-1', 'net', 'card-network', 14, 'steady'],
    [paymentsDev, 'us-east-1', 'app', 'ledger-dev', 0.6, 'development'],
    [search, 'us-east-1', 'app', 'query', 18, 'consumer'],
    [shared, 'us-east-1', 'app', 'identity', 6, 'business'],
    [erp, 'us-east-1', 'net', 'erp', 2, 'business'],
  ]
  for (const [account, region, kind, name, units, shape] of balancers) {
    const resourceId = balancerArn(account, region, kind, name, organisation.random.hex(16))
    const place: Place = { account, region, resourceId, tags: organisation.tags(account, name) }
    const hour = balancerHour(kind)
    organisation.usage(place, hour, { base: 1 })
    organisation.usage(
      place,
      {
        ...hour,
        usageType: 'LCUUsage',
        unit: 'LCU-Hrs',
        usd: kind === 'app' ? prices.albUnit : prices.nlbUnit,
        description: 'used Load Balancer capacity unit-hour (or partial hour)',
      },
      { base: units, shape, growth: 0.01, dayNoise: 0.04, hourNoise: 0.05 },
    )
    organisation.usage(
      { ...place, resourceId: addressArn(account, region, organisation.random.hex(16)) },
      addressMeter(false),
      { base: 3, daily: true },
    )
  }
}

function addGateways(organisation: Organisation): void {
  const { shop, stage, payments, data, research, search, shared } = organisation.accounts
  const gateways: readonly [Account, RegionCode, number, ShapeName][] = [
    [shop, 'us-east-1', 62, 'consumer'],
    [shop, 'eu-west-1', 34, 'consumer'],
    [stage, 'us-east-1', 3, 'development'],
    [payments, 'us-east-1', 28, 'consumer'],
    [data, 'us-east-1', 120, 'steady'],
    [research, 'us-west-2', 30, 'development'],
    [search, 'us-east-1', 12, 'consumer'],
    [shared, 'us-east-1', 18, 'business'],
  ]
  for (const [account, region, gigabytes, shape] of gateways) {
    const place: Place = {
      account,
      region,
      resourceId: natArn(account, region, organisation.random.hex(16)),
      tags: organisation.tags(account),
    }
    organisation.usage(place, natHour, { base: 1 })
    organisation.usage(place, natBytes, {
      base: gigabytes,
      shape,
      growth: 0.012,
      dayNoise: 0.05,
      hourNoise: 0.06,
    })
  }
  for (const account of [shop, payments, data, shared]) {
    const place: Place = {
      account,
      region: 'us-east-1',
      resourceId: endpointArn(account, 'us-east-1', organisation.random.hex(16)),
    }
    organisation.usage(place, endpointHour, { base: 3, daily: true })
    organisation.usage(
      place,
      {
        ...endpointHour,
        usageType: 'VpcEndpoint-Bytes',
        unit: 'GB',
        usd: prices.endpointData,
        description: 'GB Data Processed by VPC Endpoints',
      },
      { base: 40, shape: 'steady', dayNoise: 0.05, daily: true },
    )
    const attachment: Place = {
      account,
      region: 'us-east-1',
      resourceId: `arn:aws:ec2:us-east-1:${account.id}:transit-gateway-attachment/tgw-attach-0${organisation.random.hex(16)}`,
    }
    organisation.usage(
      attachment,
      {
        ...vpc,
        family: 'Transit Gateway',
        usageType: 'TransitGateway-Hours',
        operation: 'TransitGatewayVPC',
        unit: 'hour',
        usd: prices.transitAttachment,
        description: 'Transit Gateway Attachment hour',
        longPrefix: true,
      },
      { base: 1, daily: true },
    )
    organisation.usage(
      attachment,
      {
        ...vpc,
        family: 'Transit Gateway',
        usageType: 'TransitGateway-Bytes',
        operation: 'TransitGatewayVPC',
        unit: 'GB',
        usd: prices.transitData,
        description: 'GB data processed by Transit Gateway',
        longPrefix: true,
      },
      { base: 60, shape: 'business', growth: 0.01, dayNoise: 0.06, daily: true },
    )
  }
}

function addTransfer(organisation: Organisation): void {
  const { shop, payments, data, search, shared } = organisation.accounts
  const flows: readonly [Account, RegionCode, Meter, number, ShapeName][] = [
    [shop, 'us-east-1', internetOut, 60, 'consumer'],
    [shop, 'eu-west-1', internetOut, 26, 'consumer'],
    [shop, 'ap-southeast-2', internetOut, 9, 'consumer'],
    [payments, 'us-east-1', internetOut, 11, 'consumer'],
    [search, 'us-east-1', internetOut, 8, 'consumer'],
    [shop, 'us-east-1', betweenZones, 620, 'consumer'],
    [data, 'us-east-1', betweenZones, 900, 'steady'],
    [payments, 'us-east-1', betweenZones, 240, 'consumer'],
    [payments, 'us-east-1', betweenRegions, 90, 'steady'],
    [shared, 'us-east-1', betweenZones, 90, 'business'],
  ]
  for (const [account, region, meter, gigabytes, shape] of flows) {
    organisation.usage({ account, region, tags: {} }, meter, {
      base: gigabytes,
      shape,
      growth: 0.015,
      dayNoise: 0.05,
      hourNoise: 0.06,
    })
  }
}

function addEdge(organisation: Organisation): void {
  const { shop, shared } = organisation.accounts
  for (const [name, gigabytes] of [
    ['images', 330],
    ['storefront', 170],
  ] as const) {
    const place: Place = {
      account: shop,
      region: 'us-east-1',
      resourceId: `arn:aws:cloudfront::${shop.id}:distribution/E${organisation.random.hex(13).toUpperCase()}`,
      tags: organisation.tags(shop, name),
    }
    const load = { shape: 'consumer', growth: 0.018, dayNoise: 0.04, hourNoise: 0.04 } as const
    organisation.usage(
      place,
      {
        ...front,
        family: 'Data Transfer',
        usageType: 'US-DataTransfer-Out-Bytes',
        operation: 'GET',
        unit: 'GB',
        usd: prices.cloudFrontOut,
        description: 'GB data transfer out from edge locations in the United States',
      },
      { ...load, base: gigabytes },
    )
    organisation.usage(
      place,
      {
        ...front,
        family: 'Request',
        usageType: 'US-Requests-Tier2-HTTPS',
        operation: 'GET',
        unit: 'Requests',
        usd: prices.cloudFrontRequest,
        description: 'HTTPS request',
      },
      { ...load, base: gigabytes * 22_000 },
    )
  }
  const zone: Place = {
    account: shared,
    region: 'us-east-1',
    resourceId: `arn:aws:route53:::hostedzone/Z${organisation.random.hex(18).toUpperCase()}`,
  }
  const dns = { productCode: 'AmazonRoute53', productName: 'Amazon Route 53' } as const
  organisation.usage(
    zone,
    {
      ...dns,
      family: 'DNS Zone',
      usageType: 'HostedZone',
      operation: 'HostedZone',
      unit: 'HostedZone',
      usd: prices.hostedZone,
      description: 'Hosted Zone for the first 25 Hosted Zones',
    },
    { base: 24 / 730, daily: true },
  )
  organisation.usage(
    zone,
    {
      ...dns,
      family: 'DNS Query',
      usageType: 'DNS-Queries',
      operation: 'A',
      unit: 'Queries',
      usd: prices.dnsQuery,
      description: 'query',
    },
    { base: 3_600_000, shape: 'consumer', growth: 0.01, dayNoise: 0.03, daily: true },
  )
  organisation.usage(
    {
      account: shared,
      region: 'us-east-1',
      resourceId: `arn:aws:directconnect:us-east-1:${shared.id}:dxcon/dxcon-${organisation.random.hex(8)}`,
    },
    {
      productCode: 'AWSDirectConnect',
      productName: 'AWS Direct Connect',
      family: 'Direct Connect',
      usageType: 'PortUsage:10G',
      operation: 'CreateConnection',
      unit: 'Hrs',
      usd: prices.directConnect,
      description: '10G dedicated port hour',
    },
    { base: 1 },
  )
}
