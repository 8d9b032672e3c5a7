import type { Resource } from '../contract/inventory'

export interface MetricSpec {
  readonly namespace: string
  readonly metric: string
  readonly statistics: readonly ('Average' | 'Maximum' | 'Minimum' | 'Sum')[]
  readonly unit: string
}

/** What the waste and rightsizing rules read of each kind; nothing else is fetched, for each metric is billed. */
export interface KindOfMetrics {
  readonly kind: string
  readonly metrics: readonly MetricSpec[]
  readonly dimensions: (resource: MeasuredResource) => Readonly<Record<string, string>> | null
  /** Narrows to what the metrics are there for. */
  readonly when?: (resource: MeasuredResource) => boolean
}

export type MeasuredResource = Pick<Resource, 'id' | 'name' | 'kind' | 'facts'>

const spec = (
  namespace: string,
  metric: string,
  unit: string,
  ...statistics: MetricSpec['statistics']
): MetricSpec => ({ namespace, metric, unit, statistics })

const byId = (name: string) => (resource: MeasuredResource) => ({ [name]: resource.id })
const byName = (name: string) => (resource: MeasuredResource) =>
  resource.name === null ? null : { [name]: resource.name }
/** A load balancer is named by what follows `loadbalancer/` in its ARN. */
const balancer = ({ id }: MeasuredResource) => {
  const path = /:loadbalancer\/(.+)$/.exec(id)?.[1]
  return path === undefined ? null : { LoadBalancer: path }
}
/** Its metrics carry the number of the account, which stands in the ARN. */
const domain = ({ id, name }: MeasuredResource) => {
  const account = /^arn:[\w-]+:es:[\w-]+:(\d+):/.exec(id)?.[1]
  return name === null || account === undefined ? null : { DomainName: name, ClientId: account }
}
const type = (name: string) => (resource: MeasuredResource) => resource.facts.type === name

export const kindsOfMetrics: readonly KindOfMetrics[] = [
  {
    kind: 'instance',
    dimensions: byId('InstanceId'),
    metrics: [
      spec('AWS/EC2', 'CPUUtilization', 'percent', 'Average', 'Maximum'),
      spec('AWS/EC2', 'NetworkIn', 'bytes', 'Sum'),
      spec('AWS/EC2', 'NetworkOut', 'bytes', 'Sum'),
    ],
  },
  {
    kind: 'instance',
    dimensions: byId('InstanceId'),
    when: ({ facts }) => /^t\d/.test(String(facts.instanceType)),
    metrics: [
      spec('AWS/EC2', 'CPUSurplusCreditsCharged', 'credits', 'Sum'),
      spec('AWS/EC2', 'CPUCreditBalance', 'credits', 'Minimum'),
    ],
  },
  {
    kind: 'volume',
    dimensions: byId('VolumeId'),
    metrics: [
      spec('AWS/EBS', 'VolumeReadOps', 'operations', 'Sum'),
      spec('AWS/EBS', 'VolumeWriteOps', 'operations', 'Sum'),
      spec('AWS/EBS', 'VolumeReadBytes', 'bytes', 'Sum'),
      spec('AWS/EBS', 'VolumeWriteBytes', 'bytes', 'Sum'),
    ],
  },
  {
    kind: 'nat-gateway',
    dimensions: byId('NatGatewayId'),
    metrics: [
      spec('AWS/NATGateway', 'BytesOutToDestination', 'bytes', 'Sum'),
      spec('AWS/NATGateway', 'BytesInFromDestination', 'bytes', 'Sum'),
      spec('AWS/NATGateway', 'ActiveConnectionCount', 'connections', 'Maximum'),
    ],
  },
  {
    kind: 'load-balancer',
    dimensions: balancer,
    when: type('application'),
    metrics: [spec('AWS/ApplicationELB', 'RequestCount', 'requests', 'Sum')],
  },
  {
    kind: 'load-balancer',
    dimensions: balancer,
    when: type('network'),
    metrics: [
      spec('AWS/NetworkELB', 'ProcessedBytes', 'bytes', 'Sum'),
      spec('AWS/NetworkELB', 'ActiveFlowCount', 'flows', 'Maximum'),
    ],
  },
  {
    kind: 'load-balancer',
    dimensions: byName('LoadBalancerName'),
    when: type('classic'),
    metrics: [spec('AWS/ELB', 'RequestCount', 'requests', 'Sum')],
  },
  {
    kind: 'db-instance',
    dimensions: byName('DBInstanceIdentifier'),
    metrics: [
      spec('AWS/RDS', 'CPUUtilization', 'percent', 'Average', 'Maximum'),
      spec('AWS/RDS', 'DatabaseConnections', 'connections', 'Maximum'),
      spec('AWS/RDS', 'FreeableMemory', 'bytes', 'Minimum'),
      spec('AWS/RDS', 'ReadIOPS', 'operations a second', 'Maximum'),
      spec('AWS/RDS', 'WriteIOPS', 'operations a second', 'Maximum'),
    ],
  },
  {
    kind: 'cache-cluster',
    dimensions: byName('CacheClusterId'),
    metrics: [
      spec('AWS/ElastiCache', 'EngineCPUUtilization', 'percent', 'Maximum'),
      spec('AWS/ElastiCache', 'DatabaseMemoryUsagePercentage', 'percent', 'Maximum'),
      spec('AWS/ElastiCache', 'NewConnections', 'connections', 'Sum'),
      spec('AWS/ElastiCache', 'Evictions', 'items', 'Sum'),
    ],
  },
  {
    kind: 'table',
    dimensions: byName('TableName'),
    metrics: [
      spec('AWS/DynamoDB', 'ConsumedReadCapacityUnits', 'units', 'Sum'),
      spec('AWS/DynamoDB', 'ConsumedWriteCapacityUnits', 'units', 'Sum'),
    ],
  },
  {
    kind: 'function',
    dimensions: byName('FunctionName'),
    metrics: [
      spec('AWS/Lambda', 'Invocations', 'invocations', 'Sum'),
      spec('AWS/Lambda', 'Errors', 'errors', 'Sum'),
      spec('AWS/Lambda', 'Duration', 'milliseconds', 'Maximum'),
    ],
  },
  {
    kind: 'ecs-service',
    dimensions: ({ name, facts }) =>
      name === null || typeof facts.cluster !== 'string'
        ? null
        : { ClusterName: facts.cluster, ServiceName: name },
    metrics: [
      spec('AWS/ECS', 'CPUUtilization', 'percent', 'Average', 'Maximum'),
      spec('AWS/ECS', 'MemoryUtilization', 'percent', 'Maximum'),
    ],
  },
  {
    kind: 'search-domain',
    dimensions: domain,
    metrics: [
      spec('AWS/ES', 'SearchRate', 'requests a minute', 'Maximum'),
      spec('AWS/ES', 'IndexingRate', 'operations a minute', 'Maximum'),
      spec('AWS/ES', 'CPUUtilization', 'percent', 'Maximum'),
      spec('AWS/ES', 'JVMMemoryPressure', 'percent', 'Maximum'),
      spec('AWS/ES', 'FreeStorageSpace', 'megabytes', 'Minimum'),
    ],
  },
  {
    kind: 'warehouse',
    dimensions: byName('ClusterIdentifier'),
    metrics: [
      spec('AWS/Redshift', 'DatabaseConnections', 'connections', 'Maximum'),
      spec('AWS/Redshift', 'CPUUtilization', 'percent', 'Average', 'Maximum'),
      spec('AWS/Redshift', 'PercentageDiskSpaceUsed', 'percent', 'Maximum'),
    ],
  },
  {
    kind: 'model-endpoint',
    // Counted by variant: of several, one alone would say too little.
    when: ({ facts }) => facts.variants === 1,
    dimensions: ({ name, facts }) =>
      name === null || typeof facts.variant !== 'string'
        ? null
        : { EndpointName: name, VariantName: facts.variant },
    metrics: [spec('AWS/SageMaker', 'Invocations', 'invocations', 'Sum')],
  },
  {
    kind: 'notebook',
    dimensions: byName('NotebookInstanceName'),
    metrics: [spec('/aws/sagemaker/NotebookInstances', 'CPUUtilization', 'percent', 'Average', 'Maximum')],
  },
  {
    kind: 'workspace',
    dimensions: byId('WorkspaceId'),
    metrics: [spec('AWS/WorkSpaces', 'UserConnected', 'users', 'Maximum')],
  },
  {
    kind: 'log-group',
    dimensions: byName('LogGroupName'),
    metrics: [spec('AWS/Logs', 'IncomingBytes', 'bytes', 'Sum')],
  },
]

export interface WantedMetric extends Omit<MetricSpec, 'statistics'> {
  readonly statistic: MetricSpec['statistics'][number]
  readonly dimensions: Readonly<Record<string, string>>
}

export function metricsOf(resource: MeasuredResource): readonly WantedMetric[] {
  return kindsOfMetrics
    .filter(({ kind, when }) => kind === resource.kind && (when === undefined || when(resource)))
    .flatMap(({ metrics, dimensions: name }) => {
      const dimensions = name(resource)
      if (dimensions === null) return []
      return metrics.flatMap(({ statistics, ...rest }) =>
        statistics.map((statistic) => ({ ...rest, statistic, dimensions })),
      )
    })
}

export function unitOfMetric(namespace: string, metric: string): string {
  for (const { metrics } of kindsOfMetrics) {
    const found = metrics.find((one) => one.namespace === namespace && one.metric === metric)
    if (found) return found.unit
  }
  return ''
}
