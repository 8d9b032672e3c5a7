import { z } from 'zod'
import type { CloudState, Item } from './cloud-state'

export type Input = Readonly<Record<string, unknown>>
export type CloudAnswer = (
  state: CloudState,
  region: string,
  input: Input,
  pageSize: number,
  /** The id of the key that signed. */
  caller: string,
) => object

/** An error that AWS itself would answer with. */
export class CloudError extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
  ) {
    super(message)
  }
}

interface Paging {
  readonly token: string
  readonly next: string
  readonly limit: string
}

const tokens = {
  ec2: { token: 'NextToken', next: 'NextToken', limit: 'MaxResults' },
  marker: { token: 'Marker', next: 'Marker', limit: 'MaxRecords' },
  nextMarker: { token: 'Marker', next: 'NextMarker', limit: 'PageSize' },
  camel: { token: 'nextToken', next: 'nextToken', limit: 'maxResults' },
} as const satisfies Readonly<Record<string, Paging>>

/** A page of a list; an item is asked for by a field that names it or the list of such names. */
function list(
  name: string,
  paging: Paging | null,
  options: {
    readonly where?: readonly [input: string, item: string]
    readonly as?: (items: readonly Item[]) => object
    /** What the service calls it when what was asked for by name is not there. */
    readonly missing?: string
  } = {},
): CloudAnswer {
  return (state, region, input, pageSize) => {
    const asked = options.where && input[options.where[0]]
    const field = options.where?.[1] ?? ''
    const found = state
      .list(region, name)
      .filter(
        (item) =>
          asked === undefined || (Array.isArray(asked) ? asked.includes(item[field]) : asked === item[field]),
      )
      .filter((item) => passes(item, input.Filters ?? input.Filter))
    if (asked !== undefined && found.length === 0 && options.missing !== undefined)
      throw new CloudError(options.missing, 400, `There is no ${String(asked)}`)
    const as = options.as ?? ((items) => ({ [name]: items }))
    if (paging === null) return as(found)
    const from = Number(input[paging.token] ?? 0)
    const size = Math.min(pageSize, Number(input[paging.limit] ?? pageSize) || pageSize)
    const more = from + size < found.length
    return { ...as(found.slice(from, from + size)), ...(more ? { [paging.next]: String(from + size) } : {}) }
  }
}

const filtersSchema = z.array(z.object({ Name: z.string(), Values: z.array(z.string()) })).default([])

/** EC2's filters: by a member, by a tag, or by a member of the members. */
function passes(item: Item, filters: unknown): boolean {
  return filtersSchema.parse(filters ?? []).every(({ Name, Values }) => {
    const found = Name.startsWith('tag:')
      ? deep(item, ['Tags']).flatMap((tag) =>
          Reflect.get(Object(tag), 'Key') === Name.slice(4) ? [Reflect.get(Object(tag), 'Value')] : [],
        )
      : deep(item, filterPaths[Name] ?? [pascal(Name)])
    return found.some((value) => Values.includes(String(value)))
  })
}

const filterPaths: Readonly<Record<string, readonly string[]>> = {
  'block-device-mapping.snapshot-id': ['BlockDeviceMappings', 'Ebs', 'SnapshotId'],
  'route.nat-gateway-id': ['Routes', 'NatGatewayId'],
}

const pascal = (name: string) =>
  name
    .split('-')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('')

function deep(value: unknown, path: readonly string[]): readonly unknown[] {
  const [first, ...rest] = path
  if (Array.isArray(value)) return value.flatMap((one) => deep(one, path))
  if (first === undefined) return value === undefined ? [] : [value]
  return typeof value === 'object' && value !== null ? deep(Reflect.get(value, first), rest) : []
}

function one(name: string, where: readonly [input: string, item: string], as: string | null): CloudAnswer {
  return (state, region, input) => {
    const item = state.list(region, name).find((candidate) => candidate[where[1]] === input[where[0]])
    if (!item)
      throw new CloudError('ResourceNotFoundException', 400, `There is no ${String(input[where[0]])}`)
    return as === null ? item : { [as]: item }
  }
}

const names = (output: string, field: string) => (items: readonly Item[]) => ({
  [output]: items.map((item) => item[field]),
})

/** What a bucket has one of; AWS answers 404 with a name of its own where it has none. */
function ofBucket(field: string, missing: string): CloudAnswer {
  return (state, _region, input) => {
    const bucket = state.list('global', 'Buckets').find(({ Name }) => Name === input.Bucket)
    if (!bucket) throw new CloudError('NoSuchBucket', 404, 'The specified bucket does not exist')
    const value = bucket[field]
    if (value === undefined) throw new CloudError(missing, 404, 'There is none')
    return value as object
  }
}

const looks: Readonly<Record<string, CloudAnswer>> = {
  'ec2/DescribeInstanceAttribute': (state, region, { InstanceId, Attribute }) => {
    const name = pascal(
      String(Attribute)
        .replaceAll(/([A-Z])/g, '-$1')
        .toLowerCase(),
    )
    const item = state.list(region, 'Instances').find((one) => one.InstanceId === InstanceId)
    return { InstanceId, [name]: { Value: item?.[name] === true } }
  },
  'ec2/DescribeInstanceTypes': list('InstanceTypes', tokens.ec2),
  'ec2/DescribeInstanceTypeOfferings': list('InstanceTypeOfferings', tokens.ec2),
  'ec2/DescribeInstanceStatus': (state, region, { InstanceIds }) => ({
    InstanceStatuses: state
      .list(region, 'Instances')
      .filter(
        ({ InstanceId, State }) =>
          Array.isArray(InstanceIds) &&
          InstanceIds.includes(InstanceId) &&
          Reflect.get(Object(State), 'Name') === 'running',
      )
      .map(({ InstanceId }) => ({
        InstanceId,
        InstanceStatus: { Status: 'ok' },
        SystemStatus: { Status: 'ok' },
      })),
  }),
  'ec2/DescribeVolumesModifications': list('VolumesModifications', tokens.ec2),
  'ec2/ListSnapshotsInRecycleBin': (state, region, { SnapshotIds }) => ({
    Snapshots: state
      .list(region, 'RecycledSnapshots')
      .filter(({ SnapshotId }) => Array.isArray(SnapshotIds) && SnapshotIds.includes(SnapshotId)),
  }),
  'elbv2/DescribeRules': list('Rules', tokens.nextMarker, { where: ['ListenerArn', 'ListenerArn'] }),
  'elbv2/DescribeLoadBalancerAttributes': one(
    'LoadBalancerAttributes',
    ['LoadBalancerArn', 'LoadBalancerArn'],
    null,
  ),
  'dynamodb/ListTagsOfResource': tagsOf('Tags'),
  'lambda/GetFunction': (state, region, { FunctionName }) => {
    const item = state.list(region, 'Functions').find((found) => found.FunctionName === FunctionName)
    if (!item) throw new CloudError('ResourceNotFoundException', 404, 'Function not found')
    const { Tags, ...Configuration } = item
    return { Configuration, Tags: Tags ?? {} }
  },
  'lambda/GetProvisionedConcurrencyConfig': (state, region, { FunctionName, Qualifier }) => {
    const item = state
      .list(region, 'ProvisionedConcurrencyConfigs')
      .find((found) => found.FunctionName === FunctionName && found.Qualifier === Qualifier)
    if (!item) throw new CloudError('ProvisionedConcurrencyConfigNotFoundException', 404, 'No such config')
    return item
  },
  'logs/ListTagsForResource': () => ({ tags: {} }),
  'elasticache/ListAllowedNodeTypeModifications': () => ({
    ScaleUpModifications: ['cache.r6g.2xlarge'],
    ScaleDownModifications: ['cache.r6g.large', 'cache.t4g.medium'],
  }),
  'elasticache/ListTagsForResource': tagsOf('TagList'),
  'redshift/DescribeClusters': list('Clusters', tokens.marker, {
    where: ['ClusterIdentifier', 'ClusterIdentifier'],
    missing: 'ClusterNotFound',
  }),
  'sagemaker/DescribeEndpoint': (state, region, { EndpointName }) => {
    const item = state.list(region, 'Endpoints').find((found) => found.EndpointName === EndpointName)
    // SageMaker's own way of saying that there is none.
    if (!item) throw new CloudError('ValidationException', 400, 'Could not find endpoint')
    return item
  },
  'sagemaker/DescribeEndpointConfig': one(
    'EndpointConfigs',
    ['EndpointConfigName', 'EndpointConfigName'],
    null,
  ),
  'sagemaker/DescribeNotebookInstance': one(
    'NotebookInstances',
    ['NotebookInstanceName', 'NotebookInstanceName'],
    null,
  ),
  'sagemaker/ListTags': tagsOf('Tags'),
  'workspaces/DescribeWorkspaces': list(
    'Workspaces',
    { ...tokens.ec2, limit: 'Limit' },
    { where: ['WorkspaceIds', 'WorkspaceId'] },
  ),
  'workspaces/DescribeTags': tagsOf('TagList'),
  'kms/DescribeKey': (state, region, { KeyId }) => {
    const item = state.list(region, 'Keys').find((found) => found.KeyId === KeyId)
    if (!item) throw new CloudError('NotFoundException', 400, 'No such key')
    return { KeyMetadata: item }
  },
  'kms/ListResourceTags': () => ({ Tags: [] }),
  'secretsmanager/DescribeSecret': (state, region, { SecretId }) => {
    const item = state.list(region, 'Secrets').find(({ ARN, Name }) => SecretId === ARN || SecretId === Name)
    if (!item) throw new CloudError('ResourceNotFoundException', 400, 'No such secret')
    return item
  },
}

/** Tags that a service is asked for apart, by the ARN or id of what has them. */
function tagsOf(output: string): CloudAnswer {
  return (state, region, input) => {
    const arn = input.ResourceArn ?? input.ResourceName ?? input.ResourceId
    const item = state.list(region, 'TagsOfResources').find(({ ResourceArn }) => ResourceArn === arn)
    return { [output]: item?.Tags ?? [] }
  }
}

/** What only reads. What is neither here nor among the changes is unknown to the server and shows as refused. */
export const cloudAnswers: Readonly<Record<string, CloudAnswer>> = {
  'ec2/DescribeRegions': (state) => ({
    Regions: state.regions.map((RegionName) => ({ RegionName, OptInStatus: 'opt-in-not-required' })),
  }),
  'ec2/DescribeInstances': list('Instances', tokens.ec2, {
    as: (items) => ({
      Reservations: items.map((item, at) => ({ ReservationId: `r-${at}`, Instances: [item] })),
    }),
  }),
  'ec2/DescribeVolumes': list('Volumes', tokens.ec2),
  'ec2/DescribeSnapshots': list('Snapshots', tokens.ec2),
  'ec2/DescribeImages': list('Images', tokens.ec2),
  'ec2/DescribeAddresses': list('Addresses', null),
  'ec2/DescribeNatGateways': list('NatGateways', tokens.ec2),
  'ec2/DescribeVpcEndpoints': list('VpcEndpoints', tokens.ec2),
  'ec2/DescribeRouteTables': list('RouteTables', tokens.ec2),
  'ec2/DescribeLaunchTemplates': list('LaunchTemplates', tokens.ec2),
  'ec2/DescribeReservedInstances': list('ReservedInstances', null),
  'elbv2/DescribeLoadBalancers': (state, region, input, pageSize, caller) =>
    list('LoadBalancers', tokens.nextMarker, {
      where:
        input.Names === undefined ? ['LoadBalancerArns', 'LoadBalancerArn'] : ['Names', 'LoadBalancerName'],
      missing: 'LoadBalancerNotFound',
    })(state, region, input, pageSize, caller),
  'elbv2/DescribeTargetGroups': list('TargetGroups', tokens.nextMarker),
  'elbv2/DescribeTargetHealth': list('TargetHealthDescriptions', null, {
    where: ['TargetGroupArn', 'TargetGroupArn'],
  }),
  'elbv2/DescribeListeners': list('Listeners', tokens.nextMarker, {
    where: ['LoadBalancerArn', 'LoadBalancerArn'],
  }),
  'elbv2/DescribeTags': list('TagDescriptions', null, { where: ['ResourceArns', 'ResourceArn'] }),
  'elb/DescribeLoadBalancers': list('LoadBalancerDescriptions', tokens.nextMarker, {
    where: ['LoadBalancerNames', 'LoadBalancerName'],
    missing: 'AccessPointNotFound',
  }),
  'elb/DescribeTags': list('ClassicTagDescriptions', null, {
    where: ['LoadBalancerNames', 'LoadBalancerName'],
    as: (TagDescriptions) => ({ TagDescriptions }),
  }),
  'autoscaling/DescribeAutoScalingGroups': list('AutoScalingGroups', { ...tokens.ec2, limit: 'MaxRecords' }),
  'rds/DescribeDBInstances': list('DBInstances', tokens.marker, {
    where: ['DBInstanceIdentifier', 'DBInstanceIdentifier'],
    missing: 'DBInstanceNotFound',
  }),
  'rds/DescribeDBClusters': list('DBClusters', tokens.marker),
  'rds/DescribeDBSnapshots': (state, region, input, pageSize, caller) =>
    list('DBSnapshots', tokens.marker, {
      where:
        input.DBSnapshotIdentifier === undefined
          ? ['SnapshotType', 'SnapshotType']
          : ['DBSnapshotIdentifier', 'DBSnapshotIdentifier'],
      ...(input.DBSnapshotIdentifier === undefined ? {} : { missing: 'DBSnapshotNotFound' }),
    })(state, region, input, pageSize, caller),
  'rds/DescribeReservedDBInstances': list('ReservedDBInstances', tokens.marker),
  'elasticache/DescribeCacheClusters': list('CacheClusters', tokens.marker),
  'elasticache/DescribeReplicationGroups': list('ReplicationGroups', tokens.marker, {
    where: ['ReplicationGroupId', 'ReplicationGroupId'],
    missing: 'ReplicationGroupNotFoundFault',
  }),
  'dynamodb/ListTables': list(
    'Tables',
    { token: 'ExclusiveStartTableName', next: 'LastEvaluatedTableName', limit: 'Limit' },
    { as: names('TableNames', 'TableName') },
  ),
  'dynamodb/DescribeTable': one('Tables', ['TableName', 'TableName'], 'Table'),
  'lambda/ListFunctions': list('Functions', { token: 'Marker', next: 'NextMarker', limit: 'MaxItems' }),
  'lambda/ListProvisionedConcurrencyConfigs': list(
    'ProvisionedConcurrencyConfigs',
    { token: 'Marker', next: 'NextMarker', limit: 'MaxItems' },
    { where: ['FunctionName', 'FunctionName'] },
  ),
  'ecs/ListClusters': list('clusters', tokens.camel, { as: names('clusterArns', 'clusterArn') }),
  'ecs/DescribeClusters': list('clusters', null, { where: ['clusters', 'clusterArn'] }),
  'ecs/ListServices': list('services', tokens.camel, {
    where: ['cluster', 'clusterArn'],
    as: names('serviceArns', 'serviceArn'),
  }),
  'ecs/DescribeServices': list('services', null, { where: ['services', 'serviceArn'] }),
  'ecs/DescribeTaskDefinition': one(
    'taskDefinitions',
    ['taskDefinition', 'taskDefinitionArn'],
    'taskDefinition',
  ),
  'logs/DescribeLogGroups': list('logGroups', { ...tokens.camel, limit: 'limit' }),
  'tagging/GetResources': list(
    'ResourceTagMappingList',
    { token: 'PaginationToken', next: 'PaginationToken', limit: 'ResourcesPerPage' },
    { where: ['ResourceTypeFilters', 'ResourceType'] },
  ),
  'eks/ListClusters': list('eksClusters', tokens.camel, { as: names('clusters', 'name') }),
  'eks/DescribeCluster': one('eksClusters', ['name', 'name'], 'cluster'),
  'eks/ListNodegroups': list('nodegroups', tokens.camel, {
    where: ['clusterName', 'clusterName'],
    as: names('nodegroups', 'nodegroupName'),
  }),
  'eks/DescribeNodegroup': one('nodegroups', ['nodegroupName', 'nodegroupName'], 'nodegroup'),
  'es/ListDomainNames': list('DomainStatusList', null, {
    as: (items) => ({ DomainNames: items.map(({ DomainName }) => ({ DomainName })) }),
  }),
  'es/DescribeDomains': list('DomainStatusList', null, { where: ['DomainNames', 'DomainName'] }),
  'sagemaker/ListEndpoints': list('Endpoints', { ...tokens.ec2, limit: 'MaxResults' }),
  'sagemaker/ListNotebookInstances': list('NotebookInstances', tokens.ec2),
  'kms/ListKeys': list('Keys', { token: 'Marker', next: 'NextMarker', limit: 'Limit' }),
  'kms/GetKeyLastUsage': (state, region, { KeyId }) => ({
    TrackingStartDate: new Date(Date.UTC(2026, 1, 3, 4, 5, 6)),
    KeyLastUsage: state.list(region, 'Keys').find((key) => key.KeyId === KeyId)?.LastUsage,
  }),
  'secretsmanager/ListSecrets': list('SecretList', tokens.ec2),
  'ecr/DescribeRepositories': list('repositories', tokens.camel),
  'ecr/DescribeImages': list('imageDetails', tokens.camel, { where: ['repositoryName', 'repositoryName'] }),
  'ecr/GetLifecyclePolicy': (state, region, { repositoryName }) => {
    const policy = state
      .list(region, 'repositories')
      .find((one) => one.repositoryName === repositoryName)?.lifecyclePolicyText
    if (policy === undefined)
      throw new CloudError('LifecyclePolicyNotFoundException', 400, 'There is no lifecycle policy')
    return { repositoryName, lifecyclePolicyText: policy }
  },
  'savingsplans/DescribeSavingsPlans': (state, _region, input, pageSize, caller) =>
    list('savingsPlans', tokens.camel)(state, 'global', input, pageSize, caller),
  's3/ListBuckets': (state, _region, input, pageSize, caller) =>
    list('Buckets', { token: 'ContinuationToken', next: 'ContinuationToken', limit: 'MaxBuckets' })(
      state,
      'global',
      input,
      pageSize,
      caller,
    ),
  ...looks,
  's3/GetBucketLifecycleConfiguration': ofBucket('Lifecycle', 'NoSuchLifecycleConfiguration'),
  's3/GetBucketVersioning': ofBucket('Versioning', 'NoSuchBucket'),
  's3/GetBucketTagging': ofBucket('Tagging', 'NoSuchTagSet'),
  's3/ListMultipartUploads': ofBucket('MultipartUploads', 'NoSuchBucket'),
  'monitoring/GetMetricData': (state, region, input, pageSize) => state.metricData(region, input, pageSize),
}
