import type { Relation, Resource } from '../../contract/inventory'
import { addDays } from '../calendar'
import type { Item } from '../plan'
import type { Random } from '../random'
import type { WasteKind } from '../waste'

export interface Told {
  readonly id?: string
  readonly arn?: string
  readonly name?: string
  readonly state?: string
  readonly createdAt?: string
  readonly managedBy?: string
  readonly facts: Resource['facts']
  readonly relations?: readonly Pick<Relation, 'from' | 'relation' | 'to'>[]
}

interface Seen {
  readonly item: Item
  /** The item that the bill's plan has before it: a server stands before its disk. */
  readonly before: Item | null
  readonly waste: WasteKind | null
  readonly random: Random
}

interface ResourceKind {
  readonly kind: string
  readonly service: string
  readonly part: string
  readonly is: (item: Item) => boolean
  readonly tell: (seen: Seen) => Told
}

const named = (pattern: RegExp) => (item: Item) => pattern.test(item.resourceId ?? '')
const last = (item: Item, mark: string) => (item.resourceId ?? '').split(mark).at(-1) ?? ''
const arn = (item: Item, what: string) => `arn:aws:ec2:${item.region}:${item.account}:${what}`
/** Storage is billed by the month of 730 hours. */
const gigabytes = (item: Item) => Math.round(item.base * 730)
const bytesOf = (item: Item) => gigabytes(item) * 1_000_000_000

export const resourceKinds: readonly ResourceKind[] = [
  {
    kind: 'instance',
    service: 'ec2',
    part: 'instances',
    is: named(/^i-/),
    tell: ({ item, random }) => {
      const type = item.instanceType ?? ''
      const arm = /^[a-z]+\d+g/.test(type)
      const earlier = /^(m4|c4|t2)\./.test(type)
      return {
        arn: arn(item, `instance/${item.resourceId}`),
        state: 'running',
        ...(item.tags.aws_eks_cluster_name ? { managedBy: `eks:${item.tags.aws_eks_cluster_name}` } : {}),
        facts: {
          instanceType: type,
          architecture: arm ? 'arm64' : 'x86_64',
          platform: 'Linux/UNIX',
          hypervisor: earlier ? 'xen' : 'nitro',
          virtualization: 'hvm',
          ena: true,
          lifecycle: 'on-demand',
          tenancy: 'default',
          ...(item.zone ? { zone: item.zone } : {}),
          rootDevice: 'ebs',
          launchTime: `${item.from}T06:00:00.000Z`,
          monitoring: 'disabled',
        },
        relations: [
          { from: item.resourceId ?? '', relation: 'in VPC', to: vpcOf(item) },
          { from: item.resourceId ?? '', relation: 'runs image', to: `ami-0${random.hex(16)}` },
        ],
      }
    },
  },
  {
    kind: 'volume',
    service: 'ec2',
    part: 'volumes',
    is: named(/^vol-/),
    tell: ({ item, before, waste }) => {
      const type = item.usageType.split('.').at(-1) ?? 'gp3'
      const size = gigabytes(item)
      const instance =
        waste === 'unattached-volume' ||
        !before?.resourceId?.startsWith('i-') ||
        before.account !== item.account
          ? null
          : before.resourceId
      return {
        arn: arn(item, `volume/${item.resourceId}`),
        state: waste === 'unattached-volume' ? 'available' : 'in-use',
        facts: {
          volumeType: type,
          gigabytes: size,
          iops: type === 'gp2' ? Math.min(16_000, Math.max(100, size * 3)) : 3_000,
          ...(type === 'gp3' ? { throughput: 125 } : {}),
          encrypted: true,
          attachments: waste === 'unattached-volume' ? 0 : 1,
          ...(before?.zone && instance ? { zone: before.zone } : {}),
        },
        relations: instance ? [{ from: item.resourceId ?? '', relation: 'attached to', to: instance }] : [],
      }
    },
  },
  {
    kind: 'snapshot',
    service: 'ec2',
    part: 'snapshots',
    is: named(/^snap-/),
    tell: ({ item, waste }) => ({
      arn: arn(item, `snapshot/${item.resourceId}`),
      state: 'completed',
      createdAt: `${waste === 'old-snapshot' ? addDays(item.from, -120) : item.from}T02:00:00.000Z`,
      facts: { gigabytes: gigabytes(item), tier: 'standard', encrypted: true },
    }),
  },
  {
    kind: 'nat-gateway',
    service: 'ec2',
    part: 'nat-gateways',
    is: named(/:natgateway\//),
    tell: ({ item }) => ({
      id: last(item, '/'),
      state: 'available',
      facts: { connectivity: 'public', addresses: 1 },
      relations: [{ from: last(item, '/'), relation: 'in VPC', to: vpcOf(item) }],
    }),
  },
  {
    kind: 'address',
    service: 'ec2',
    part: 'addresses',
    is: named(/:elastic-ip\//),
    tell: ({ item, waste, random }) => ({
      id: last(item, '/'),
      state: waste === 'unassociated-address' ? 'unassociated' : 'associated',
      facts: { address: `203.0.113.${random.integer(1, 254)}`, domain: 'vpc' },
    }),
  },
  {
    kind: 'vpc-endpoint',
    service: 'ec2',
    part: 'vpc-endpoints',
    is: named(/:vpc-endpoint\//),
    tell: ({ item }) => ({
      id: last(item, '/'),
      state: 'available',
      facts: { type: 'Interface', zones: 3, privateDns: true, requesterManaged: false },
      relations: [{ from: last(item, '/'), relation: 'in VPC', to: vpcOf(item) }],
    }),
  },
  {
    kind: 'load-balancer',
    service: 'elbv2',
    part: 'load-balancers',
    is: named(/:loadbalancer\/(app|net)\//),
    tell: ({ item }) => {
      const [, kind = 'app', name = ''] = /loadbalancer\/(app|net)\/([^/]+)/.exec(item.resourceId ?? '') ?? []
      return {
        name,
        state: 'active',
        facts: {
          type: kind === 'app' ? 'application' : 'network',
          scheme: 'internet-facing',
          zones: 3,
          listeners: 1,
        },
        relations: [{ from: item.resourceId ?? '', relation: 'in VPC', to: vpcOf(item) }],
      }
    },
  },
  {
    kind: 'db-instance',
    service: 'rds',
    part: 'instances',
    is: (item) => named(/:rds:.*:db:/)(item) && item.instanceType !== null,
    tell: ({ item, waste }) => ({
      name: last(item, ':'),
      state: 'available',
      facts: {
        engine: item.operation.endsWith('0021') ? 'aurora-postgresql' : 'postgres',
        engineVersion: waste === 'extended-support' ? '11.22' : '16.4',
        instanceClass: item.instanceType ?? '',
        multiZone: item.usageType.includes('Multi-AZ'),
        storageType: item.operation.endsWith('0021') ? 'aurora' : 'gp3',
        encrypted: true,
        licence: 'postgresql-license',
        replicas: 0,
        backupDays: 7,
        deletionProtection: item.categories.environment === 'prod',
        pendingChanges: false,
      },
      relations: item.operation.endsWith('0021')
        ? [
            {
              from: item.resourceId ?? '',
              relation: 'member of',
              to: (item.resourceId ?? '').replace(/:db:(.*)-\d+$/, ':cluster:$1'),
            },
          ]
        : [],
    }),
  },
  {
    kind: 'db-cluster',
    service: 'rds',
    part: 'clusters',
    is: named(/:rds:.*:cluster:/),
    tell: ({ item }) => ({
      name: last(item, ':'),
      state: 'available',
      facts: { engine: 'aurora-postgresql', engineVersion: '16.4', storageType: 'aurora', backupDays: 7 },
    }),
  },
  {
    kind: 'table',
    service: 'dynamodb',
    part: 'tables',
    is: named(/:dynamodb:/),
    tell: ({ item }) => ({
      name: last(item, '/'),
      state: 'active',
      facts: {
        billingMode: 'PAY_PER_REQUEST',
        tableClass: 'STANDARD',
        indexes: 0,
        stream: false,
        replicas: 0,
      },
    }),
  },
  {
    kind: 'function',
    service: 'lambda',
    part: 'functions',
    is: named(/:lambda:.*:function:/),
    tell: ({ item, waste }) => ({
      name: last(item, ':'),
      state: 'active',
      facts: {
        runtime: 'nodejs20.x',
        architecture: 'x86_64',
        megabytes: waste === 'unused-provisioned-concurrency' ? 2_048 : 1_024,
        timeoutSeconds: 30,
        packageType: 'Zip',
        layers: 1,
        provisionedConcurrency: waste === 'unused-provisioned-concurrency' ? 100 : 0,
      },
    }),
  },
  {
    kind: 'ecs-service',
    service: 'ecs',
    part: 'services',
    is: named(/:ecs:.*:service\//),
    tell: ({ item }) => {
      const [cluster = '', name = ''] = (item.resourceId ?? '').split('service/').at(-1)?.split('/') ?? []
      const tasks = Math.max(1, Math.round(item.base / 2))
      return {
        name,
        state: 'active',
        facts: {
          launchType: 'FARGATE',
          desired: tasks,
          running: tasks,
          cluster,
          taskCpu: 2_048,
          taskMegabytes: 8_192,
        },
        relations: [
          {
            from: item.resourceId ?? '',
            relation: 'in cluster',
            to: `arn:aws:ecs:${item.region}:${item.account}:cluster/${cluster}`,
          },
        ],
      }
    },
  },
  {
    kind: 'bucket',
    service: 's3',
    part: 'buckets',
    is: ({ productCode, resourceId }) =>
      productCode === 'AmazonS3' && resourceId?.startsWith('halden-') === true,
    tell: ({ item }) => {
      const tiered = !item.operation.startsWith('StandardStorage')
      return {
        id: `arn:aws:s3:::${item.resourceId}`,
        arn: `arn:aws:s3:::${item.resourceId}`,
        name: item.resourceId ?? '',
        facts: {
          versioning: 'Off',
          lifecycleRules: tiered ? 1 : 0,
          transitions: tiered,
          expires: false,
          expiresNoncurrent: false,
          multipartUploads: 0,
        },
      }
    },
  },
  {
    kind: 'log-group',
    service: 'logs',
    part: 'log-groups',
    is: named(/:log-group:/),
    tell: ({ item, waste }) => ({
      name: (item.resourceId ?? '').split(':log-group:').at(-1) ?? '',
      facts: {
        ...(waste === 'log-group-no-retention' ? {} : { retentionDays: 365 }),
        ...(item.unit === 'GB-Mo' ? { bytes: bytesOf(item) } : {}),
        logClass: 'STANDARD',
        metricFilters: 0,
      },
    }),
  },
  {
    kind: 'cache-cluster',
    service: 'elasticache',
    part: 'cache-clusters',
    is: named(/:elasticache:.*:cluster:/),
    tell: ({ item }) => ({
      name: last(item, ':'),
      state: 'available',
      facts: {
        engine: 'redis',
        engineVersion: '7.1',
        nodeType: item.instanceType ?? '',
        nodes: 1,
        snapshotDays: 1,
      },
    }),
  },
]

/** Every account has one network a region. */
function vpcOf({ account, region }: Item): string {
  let state = 2_166_136_261
  for (const letter of `${account}/${region}`)
    state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 16_777_619) >>> 0
  return `vpc-0${state.toString(16).padStart(8, '0')}`
}
