import type { Organisation } from './organisation'
import type { Item } from './plan'
import { addInstance, instanceMeter, snapshotMeter, stored, volumeMeter } from './services/compute'
import { addDatabase, databaseArn, extendedSupport } from './services/databases'
import { clusterMeter } from './services/kubernetes'
import { endpointName, sagemakerEndpoint } from './services/machine-learning'
import {
  addressArn,
  addressMeter,
  balancerArn,
  balancerHour,
  endpointArn,
  endpointHour,
  natArn,
  natHour,
} from './services/network'
import { logGroupArn, logsIngest, logsStorage } from './services/observability'
import { functionArn, provisionedConcurrency } from './services/serverless'

export type WasteKind =
  | 'unattached-volume'
  | 'gp2-volume'
  | 'old-snapshot'
  | 'idle-load-balancer'
  | 'idle-nat'
  | 'unassociated-address'
  | 'previous-generation'
  | 'idle-rds'
  | 'extended-support'
  | 'log-group-no-retention'
  | 'over-provisioned-instance'
  | 'unused-provisioned-concurrency'
  | 'idle-vpc-endpoint'
  | 'idle-model-endpoint'

export interface PlannedWaste {
  readonly id: string
  readonly kind: WasteKind
  readonly resourceId: string
  readonly account: string
  readonly region: string
  /** The meters that are the waste; the resource's other lines are needed. */
  readonly items: readonly Item[]
  readonly sentence: string
}

/** Forty resources that cost money for nothing, or for more than is needed. */
export function planWaste(organisation: Organisation): readonly PlannedWaste[] {
  const planned: PlannedWaste[] = []
  const found = (kind: WasteKind, items: readonly Item[], sentence: string): void => {
    const [item] = items
    if (item?.resourceId == null || item.region === null)
      throw new Error(`A planted ${kind} has no resource.`)
    planned.push({
      id: `W${String(planned.length + 1).padStart(2, '0')}`,
      kind,
      resourceId: item.resourceId,
      account: item.account,
      region: item.region,
      items,
      sentence,
    })
  }
  storageWaste(organisation, found)
  networkWaste(organisation, found)
  computeWaste(organisation, found)
  serviceWaste(organisation, found)
  return planned
}

type Found = (kind: WasteKind, items: readonly Item[], sentence: string) => void

function storageWaste(organisation: Organisation, found: Found): void {
  const { shop, stage, payments, data, research, sandbox, erp } = organisation.accounts
  const hex = (): string => organisation.random.hex(16)
  for (const [account, region, gigabytes, days] of [
    [sandbox, 'us-west-2', 500, 190],
    [stage, 'us-east-1', 1_200, 120],
    [research, 'us-west-2', 2_000, 90],
    [erp, 'us-east-1', 4_000, 300],
    [data, 'us-east-1', 900, 60],
  ] as const) {
    const item = organisation.usage(
      { account, region, resourceId: `vol-0${hex()}` },
      volumeMeter('gp3'),
      stored(gigabytes),
    )
    found(
      'unattached-volume',
      [item],
      `A ${gigabytes} GB volume whose server went ${days} days ago; nothing reads or writes it.`,
    )
  }
  for (const [account, gigabytes] of [
    [erp, 3_000],
    [payments, 1_500],
    [shop, 2_200],
  ] as const) {
    const item = organisation.usage(
      { account, region: 'us-east-1', resourceId: `vol-0${hex()}` },
      volumeMeter('gp2'),
      stored(gigabytes),
    )
    found(
      'gp2-volume',
      [item],
      `A ${gigabytes} GB gp2 volume; gp3 costs a fifth less and is no slower at this size.`,
    )
  }
  for (const [account, gigabytes] of [
    [erp, 8_200],
    [shop, 3_100],
    [research, 2_600],
    [stage, 1_400],
  ] as const) {
    const item = organisation.usage(
      { account, region: 'us-east-1', resourceId: `snap-0${hex()}` },
      snapshotMeter,
      stored(gigabytes),
    )
    found(
      'old-snapshot',
      [item],
      `A snapshot of ${gigabytes} GB billed unchanged in every month of the sample; no image uses it.`,
    )
  }
}

function networkWaste(organisation: Organisation, found: Found): void {
  const { shop, stage, payments, paymentsDev, dataDev, research, shared, sandbox, erp } =
    organisation.accounts
  const hex = (): string => organisation.random.hex(16)
  for (const [account, region, kind, name] of [
    [stage, 'us-east-1', 'app', 'old-storefront'],
    [paymentsDev, 'us-east-1', 'app', 'ledger-poc'],
    [sandbox, 'us-west-2', 'net', 'demo'],
    [erp, 'us-east-1', 'app', 'erp-portal'],
  ] as const) {
    const resourceId = balancerArn(account, region, kind, name, hex())
    const item = organisation.usage({ account, region, resourceId }, balancerHour(kind), { base: 1 })
    found('idle-load-balancer', [item], 'Hours are billed, capacity units are not: no request has passed it.')
  }
  for (const [account, region] of [
    [dataDev, 'us-east-1'],
    [sandbox, 'us-west-2'],
    [shop, 'ap-southeast-2'],
  ] as const) {
    const item = organisation.usage(
      { account, region, resourceId: natArn(account, region, hex()) },
      natHour,
      { base: 1 },
    )
    found('idle-nat', [item], 'A NAT gateway with hours and not one byte.')
  }
  for (const [account, region] of [
    [stage, 'us-east-1'],
    [sandbox, 'us-west-2'],
    [research, 'us-west-2'],
    [erp, 'us-east-1'],
  ] as const) {
    const item = organisation.usage(
      { account, region, resourceId: addressArn(account, region, hex()) },
      addressMeter(true),
      { base: 1, daily: true },
    )
    found('unassociated-address', [item], 'A public address that belongs to no network interface.')
  }
  for (const account of [payments, shared]) {
    const item = organisation.usage(
      { account, region: 'us-east-1', resourceId: endpointArn(account, 'us-east-1', hex()) },
      endpointHour,
      { base: 3, daily: true },
    )
    found('idle-vpc-endpoint', [item], 'An interface endpoint in three zones with hours and no bytes.')
  }
}

function computeWaste(organisation: Organisation, found: Found): void {
  const { shop, stage, shared, erp } = organisation.accounts
  for (const [account, type, successor] of [
    [erp, 'm4.2xlarge', 'm6i.2xlarge'],
    [erp, 'm4.xlarge', 'm6i.xlarge'],
    [shared, 'c4.2xlarge', 'c6i.2xlarge'],
    [stage, 't2.large', 't3.large'],
  ] as const) {
    const item = addInstance(organisation, { account, region: 'us-east-1' }, type, 0)
    found(
      'previous-generation',
      [item],
      `An ${type} of an earlier generation; ${successor} is newer and cheaper.`,
    )
  }
  for (const [account, type] of [
    [erp, 'm6i.8xlarge'],
    [shop, 'r6i.4xlarge'],
  ] as const) {
    const place = {
      account,
      region: 'us-east-1',
      zone: 'us-east-1a',
      resourceId: `i-0${organisation.random.hex(16)}`,
    } as const
    const item = organisation.usage(place, instanceMeter(type), { base: 1 })
    found('over-provisioned-instance', [item], `An ${type} that its load would let be a quarter of the size.`)
  }
}

function serviceWaste(organisation: Organisation, found: Found): void {
  const { shop, payments, paymentsDev, data, research, search, shared, erp } = organisation.accounts
  for (const [account, name, type] of [
    [paymentsDev, 'ledger-copy', 'db.m5.xlarge'],
    [data, 'trial-mart', 'db.m5.large'],
  ] as const) {
    const item = addDatabase(
      organisation,
      { account, region: 'us-east-1', resourceId: databaseArn(account, 'us-east-1', name) },
      type,
      500,
    )
    found('idle-rds', [item], 'A database nobody connects to.')
  }
  for (const [account, name, type, processors] of [
    [erp, 'erp-orders', 'db.m5.2xlarge', 8],
    [shared, 'wiki', 'db.m5.large', 2],
  ] as const) {
    const place = {
      account,
      region: 'us-east-1',
      resourceId: databaseArn(account, 'us-east-1', name),
    } as const
    addDatabase(organisation, place, type, 800)
    const item = organisation.usage(place, extendedSupport, { base: processors })
    found(
      'extended-support',
      [item],
      'An engine version past its end of standard support; every processor hour costs extra.',
    )
  }
  for (const [account, name, gigabytes] of [
    [payments, '/halden/audit-debug', 22_000],
    [shop, '/halden/cdn-logs', 30_000],
  ] as const) {
    const place = {
      account,
      region: 'us-east-1',
      resourceId: logGroupArn(account, 'us-east-1', name),
    } as const
    const item = organisation.usage(place, logsStorage, stored(gigabytes, 0.05))
    organisation.usage(place, logsIngest, { base: 1.1, dayNoise: 0.04, daily: true })
    found(
      'log-group-no-retention',
      [item],
      'A log group that keeps everything for ever: stored bytes only ever grow.',
    )
  }
  const warm = organisation.usage(
    { account: search, region: 'us-east-1', resourceId: functionArn(search, 'us-east-1', 'suggest-v1') },
    provisionedConcurrency,
    { base: 100 * 2 * 3_600 },
  )
  found('unused-provisioned-concurrency', [warm], 'A hundred functions kept warm for a version nobody calls.')
  const model = organisation.usage(
    { account: research, region: 'us-west-2', resourceId: endpointName(research, 'us-west-2', 'ranker-v2') },
    sagemakerEndpoint('ml.g5.xlarge'),
    { base: 1 },
  )
  found('idle-model-endpoint', [model], 'A model endpoint that is never invoked.')
  const cluster = organisation.usage(
    { account: erp, region: 'us-east-1', resourceId: `arn:aws:eks:us-east-1:${erp.id}:cluster/erp-tools` },
    clusterMeter(true),
    { base: 1 },
  )
  found(
    'extended-support',
    [cluster],
    'A Kubernetes version in extended support: the cluster costs six times the standard hour.',
  )
}
