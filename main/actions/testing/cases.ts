import type { Action } from '../../../analytics/contract/actions'
import type { CloudState, Item } from '../../aws/testing/cloud/cloud-state'

export type Dump = ReturnType<CloudState['dump']>

/** One resource that an action changes, and what is different from before when it was taken back. */
export interface ActionCase {
  readonly action: Action
  readonly put: (state: CloudState) => void
  /** Changes the resource so that the action must refuse. */
  readonly spoil: (state: CloudState) => void
  /** Absent: nothing is. Else the account as it was, with the documented difference made in it. */
  readonly undone?: (before: Dump, after: Dump) => Dump
  /** There is no way back. */
  readonly final?: true
}

const region = 'us-east-1'
const tags = [{ Key: 'team', Value: 'checkout' }]
const executionTag = 'finops-autopilot:execution'

const withoutExecutionTag = (item: Item): Item => ({
  ...item,
  Tags: (item.Tags as { Key: string }[]).filter(({ Key }) => Key !== executionTag),
})

/** Found in a list after, and not there before. */
function madeIn(before: Dump, after: Dump, list: string, id: string): Item {
  const known = new Set((before[`${region}/${list}`] ?? []).map((item) => item[id]))
  const made = (after[`${region}/${list}`] ?? []).filter((item) => !known.has(item[id]))
  const [one] = made
  if (!one || made.length > 1) throw new Error(`${made.length} new ${list}`)
  return one
}

/** What is built anew equals what was, but for its id and what AWS adds to it. */
function rebuilt(list: string, id: string, extra: (made: Item, was: Item) => Item = () => ({})) {
  return (before: Dump, after: Dump): Dump => {
    const made = madeIn(before, after, list, id)
    const key = `${region}/${list}`
    const was = (before[key] ?? [])[0] ?? {}
    const anew = { ...was, [id]: made[id], ...extra(made, was), Tags: made.Tags ?? [] }
    const kept = withoutExecutionTag(anew)
    if (JSON.stringify(kept.Tags) !== JSON.stringify(was.Tags)) throw new Error('it lost its tags')
    return { ...after, [key]: (after[key] ?? []).map((item) => (item[id] === made[id] ? anew : item)) }
  }
}

const instance = {
  InstanceId: 'i-0a1',
  InstanceType: 'm5.xlarge',
  ImageId: 'ami-1',
  State: { Name: 'running' },
  RootDeviceType: 'ebs',
  Architecture: 'x86_64',
  EnaSupport: true,
  SubnetId: 'subnet-1',
  Placement: { AvailabilityZone: 'us-east-1a' },
  SecurityGroups: [{ GroupId: 'sg-1' }],
  Tags: tags,
}
const volume = {
  VolumeId: 'vol-0a1',
  State: 'available',
  VolumeType: 'gp2',
  Size: 500,
  Iops: 1_500,
  AvailabilityZone: 'us-east-1a',
  Attachments: [],
  Tags: tags,
}
const database = {
  DBInstanceIdentifier: 'orders',
  DBInstanceClass: 'db.r6g.2xlarge',
  DBInstanceStatus: 'available',
  Engine: 'postgres',
  StorageType: 'gp2',
  AllocatedStorage: 500,
  MultiAZ: false,
  VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-1' }],
  TagList: tags,
}
const table = {
  TableName: 'carts',
  TableArn: 'arn:aws:dynamodb:us-east-1:111122223333:table/carts',
  TableStatus: 'ACTIVE',
  BillingModeSummary: { BillingMode: 'PROVISIONED' },
  ProvisionedThroughput: { ReadCapacityUnits: 100, WriteCapacityUnits: 50 },
  TableClassSummary: { TableClass: 'STANDARD' },
}

const put =
  (list: string, ...items: readonly Item[]) =>
  (state: CloudState) =>
    state.put(region, list, ...items)
const spoil =
  (list: string, changed: Item, of = region) =>
  (state: CloudState) => {
    state.change(
      of,
      list,
      () => true,
      (item) => ({ ...item, ...changed }),
    )
  }
const cloudFormation = { Key: 'aws:cloudformation:stack-name', Value: 'shop' }

const arn = 'arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/old/1'
const listenerArn = 'arn:aws:elasticloadbalancing:us-east-1:111122223333:listener/app/old/1/2'

/** Every kind of action there is, at least once. */
export const actionCases: readonly ActionCase[] = [
  {
    action: { kind: 'stop-instance', params: { instance: 'i-0a1' } },
    put: put('Instances', instance),
    spoil: spoil('Instances', { DisableApiStop: true }),
  },
  {
    action: { kind: 'start-instance', params: { instance: 'i-0a1' } },
    put: put('Instances', { ...instance, State: { Name: 'stopped' } }),
    spoil: spoil('Instances', { State: { Name: 'stopping' } }),
  },
  {
    action: { kind: 'terminate-instance', params: { instance: 'i-0a1' } },
    put: put('Instances', instance),
    spoil: spoil('Instances', { DisableApiTermination: true }),
    undone: (before, after) => {
      const made = madeIn(before, after, 'Instances', 'InstanceId')
      const image = madeIn(before, after, 'Images', 'ImageId')
      const kept = withoutExecutionTag(made)
      for (const member of ['InstanceType', 'SubnetId', 'SecurityGroups', 'State', 'Tags'] as const) {
        if (JSON.stringify(kept[member]) !== JSON.stringify(instance[member]))
          throw new Error(`the new instance has another ${member}`)
      }
      if (made.ImageId !== image.ImageId) throw new Error('it was not started from the image')
      return after
    },
  },
  {
    action: {
      kind: 'change-instance-type',
      params: { instance: 'i-0a1', from: 'm5.xlarge', to: 'm5.large' },
    },
    put: (state) => {
      const type = (InstanceType: string) => ({
        InstanceType,
        ProcessorInfo: { SupportedArchitectures: ['x86_64'] },
        NetworkInfo: { EnaSupport: 'required' },
      })
      state.put(region, 'Instances', instance)
      state.put(region, 'InstanceTypes', type('m5.xlarge'), type('m5.large'))
      state.put(region, 'InstanceTypeOfferings', { InstanceType: 'm5.large', Location: 'us-east-1a' })
    },
    spoil: spoil('Instances', { InstanceType: 'm5.2xlarge' }),
  },
  {
    action: { kind: 'delete-volume', params: { volume: 'vol-0a1' } },
    put: put('Volumes', volume),
    spoil: spoil('Volumes', { State: 'in-use', Attachments: [{ InstanceId: 'i-0a1' }] }),
    undone: rebuilt('Volumes', 'VolumeId', ({ SnapshotId, ClientToken }) => ({
      SnapshotId,
      ClientToken,
      Iops: undefined,
    })),
  },
  {
    action: { kind: 'modify-volume', params: { volume: 'vol-0a1', type: 'gp3', iops: 4_000 } },
    put: put('Volumes', { ...volume, VolumeType: 'io1', Iops: 6_000 }),
    spoil: put('VolumesModifications', { VolumeId: 'vol-0a1', ModificationState: 'optimizing' }),
  },
  {
    action: { kind: 'delete-snapshot', params: { snapshot: 'snap-0a1' } },
    put: (state) => {
      state.put(region, 'Snapshots', {
        SnapshotId: 'snap-0a1',
        State: 'completed',
        VolumeId: 'vol-9',
        Tags: tags,
      })
      state.put(region, 'RecycleBinRules', { ResourceType: 'EBS_SNAPSHOT' })
    },
    spoil: put('Images', { ImageId: 'ami-1', BlockDeviceMappings: [{ Ebs: { SnapshotId: 'snap-0a1' } }] }),
  },
  {
    action: { kind: 'deregister-image', params: { image: 'ami-0a1' } },
    put: put('Images', {
      ImageId: 'ami-0a1',
      Name: 'golden 2024',
      State: 'available',
      Architecture: 'x86_64',
      RootDeviceName: '/dev/xvda',
      BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { SnapshotId: 'snap-1' } }],
      Tags: tags,
    }),
    spoil: put('Instances', { ...instance, ImageId: 'ami-0a1' }),
    undone: rebuilt('Images', 'ImageId', ({ Name }, was) => {
      if (Name !== was.Name) throw new Error('it lost its name')
      return {}
    }),
  },
  {
    action: { kind: 'release-address', params: { allocation: 'eipalloc-0a1' } },
    put: put('Addresses', { AllocationId: 'eipalloc-0a1', PublicIp: '203.0.113.7', Tags: tags }),
    spoil: spoil('Addresses', { AssociationId: 'eipassoc-1' }),
    undone: rebuilt('Addresses', 'AllocationId'),
  },
  {
    action: { kind: 'delete-nat-gateway', params: { gateway: 'nat-0a1' } },
    put: put('NatGateways', {
      NatGatewayId: 'nat-0a1',
      State: 'available',
      SubnetId: 'subnet-1',
      ConnectivityType: 'public',
      NatGatewayAddresses: [{ AllocationId: 'eipalloc-1' }],
      Tags: tags,
    }),
    spoil: put('RouteTables', { RouteTableId: 'rtb-1', Routes: [{ NatGatewayId: 'nat-0a1' }] }),
    undone: rebuilt('NatGateways', 'NatGatewayId', ({ ClientToken }) => ({ ClientToken })),
  },
  {
    action: { kind: 'delete-load-balancer', params: { balancer: arn } },
    put: (state) => {
      state.put(region, 'LoadBalancers', {
        LoadBalancerArn: arn,
        LoadBalancerName: 'old',
        Type: 'application',
        Scheme: 'internal',
        AvailabilityZones: [{ SubnetId: 'subnet-1' }, { SubnetId: 'subnet-2' }],
        SecurityGroups: ['sg-1'],
        State: { Code: 'active' },
      })
      state.put(region, 'LoadBalancerAttributes', {
        LoadBalancerArn: arn,
        Attributes: [{ Key: 'idle_timeout.timeout_seconds', Value: '120' }],
      })
      const forward = [{ Type: 'forward', TargetGroupArn: 'arn:aws:target/1' }]
      state.put(region, 'Listeners', {
        LoadBalancerArn: arn,
        ListenerArn: listenerArn,
        Port: 80,
        Protocol: 'HTTP',
        DefaultActions: forward,
      })
      state.put(
        region,
        'Rules',
        {
          ListenerArn: listenerArn,
          RuleArn: 'r-default',
          Priority: 'default',
          IsDefault: true,
          Actions: forward,
        },
        { ListenerArn: listenerArn, RuleArn: 'r-1', Priority: '10', IsDefault: false, Actions: forward },
      )
      state.put(region, 'TagDescriptions', { ResourceArn: arn, Tags: tags })
    },
    spoil: spoil('LoadBalancerAttributes', {
      Attributes: [{ Key: 'deletion_protection.enabled', Value: 'true' }],
    }),
    undone: (before, after) => {
      const made = madeIn(before, after, 'LoadBalancers', 'LoadBalancerArn')
      const was = before[`${region}/LoadBalancers`]?.[0] ?? {}
      for (const member of ['LoadBalancerName', 'Scheme', 'AvailabilityZones', 'SecurityGroups', 'State'])
        if (JSON.stringify(made[member]) !== JSON.stringify(was[member])) throw new Error(`another ${member}`)
      const shapes = (dump: Dump) => [
        (dump[`${region}/Listeners`] ?? []).map(({ Port, Protocol, DefaultActions }) => [
          Port,
          Protocol,
          DefaultActions,
        ]),
        (dump[`${region}/Rules`] ?? [])
          .filter(({ IsDefault }) => !IsDefault)
          .map(({ Priority, Actions }) => [Priority, Actions]),
        (dump[`${region}/LoadBalancerAttributes`] ?? []).map(({ Attributes }) => Attributes),
        (dump[`${region}/TagDescriptions`] ?? []).map(({ Tags }) => Tags),
      ]
      if (JSON.stringify(shapes(after)) !== JSON.stringify(shapes(before)))
        throw new Error('its parts differ')
      return after
    },
  },
  {
    action: { kind: 'delete-load-balancer', params: { balancer: 'classic-old' } },
    put: (state) => {
      state.put(region, 'LoadBalancerDescriptions', {
        LoadBalancerName: 'classic-old',
        Scheme: 'internal',
        Subnets: ['subnet-1'],
        SecurityGroups: ['sg-1'],
        ListenerDescriptions: [{ Listener: { Protocol: 'HTTP', LoadBalancerPort: 80, InstancePort: 8080 } }],
        Instances: [{ InstanceId: 'i-0a1' }],
      })
      state.put(region, 'ClassicTagDescriptions', { LoadBalancerName: 'classic-old', Tags: tags })
    },
    spoil: spoil('ClassicTagDescriptions', { Tags: [cloudFormation] }),
  },
  {
    action: { kind: 'delete-vpc-endpoint', params: { endpoint: 'vpce-0a1' } },
    put: put('VpcEndpoints', {
      VpcEndpointId: 'vpce-0a1',
      VpcEndpointType: 'Interface',
      VpcId: 'vpc-1',
      ServiceName: 'com.amazonaws.us-east-1.sqs',
      State: 'available',
      PolicyDocument: '{"Statement":[]}',
      SubnetIds: ['subnet-1'],
      Groups: [{ GroupId: 'sg-1' }],
      Tags: tags,
    }),
    spoil: spoil('VpcEndpoints', { RequesterManaged: true }),
    undone: rebuilt('VpcEndpoints', 'VpcEndpointId', ({ ClientToken }) => ({ ClientToken })),
  },
  {
    action: { kind: 'stop-db-instance', params: { instance: 'orders' } },
    put: put('DBInstances', database),
    spoil: spoil('DBInstances', { ReadReplicaDBInstanceIdentifiers: ['orders-replica'] }),
  },
  {
    action: { kind: 'start-db-instance', params: { instance: 'orders' } },
    put: put('DBInstances', { ...database, DBInstanceStatus: 'stopped' }),
    spoil: spoil('DBInstances', { DBInstanceStatus: 'modifying' }),
  },
  {
    action: { kind: 'delete-db-instance', params: { instance: 'orders' } },
    put: put('DBInstances', database),
    spoil: spoil('DBInstances', { DeletionProtection: true }),
    // The final snapshot stays.
    undone: (before, after) => ({
      ...before,
      [`${region}/DBSnapshots`]: after[`${region}/DBSnapshots`] ?? [],
    }),
  },
  {
    action: {
      kind: 'modify-db-instance',
      params: { instance: 'orders', class: 'db.r6g.xlarge', multiZone: true },
    },
    put: put('DBInstances', database),
    spoil: spoil('DBInstances', { DBInstanceStatus: 'backing-up' }),
  },
  {
    action: { kind: 'delete-db-snapshot', params: { snapshot: 'orders-2024' } },
    put: put('DBSnapshots', {
      DBSnapshotIdentifier: 'orders-2024',
      Status: 'available',
      SnapshotType: 'manual',
      TagList: tags,
    }),
    spoil: spoil('DBSnapshots', { SnapshotType: 'awsbackup' }),
    final: true,
  },
  {
    action: { kind: 'set-table-mode', params: { table: 'carts', mode: 'PAY_PER_REQUEST' } },
    put: put('Tables', table),
    spoil: spoil('Tables', { TableStatus: 'UPDATING' }),
  },
  {
    action: { kind: 'set-table-mode', params: { table: 'carts', mode: 'PROVISIONED', read: 20, write: 10 } },
    put: put('Tables', table),
    spoil: put('TagsOfResources', { ResourceArn: table.TableArn, Tags: [cloudFormation] }),
  },
  {
    action: { kind: 'set-table-class', params: { table: 'carts', class: 'STANDARD_INFREQUENT_ACCESS' } },
    put: put('Tables', table),
    spoil: spoil('Tables', { TableClassSummary: { TableClass: 'STANDARD_INFREQUENT_ACCESS' } }),
  },
  {
    action: { kind: 'set-function-memory', params: { function: 'resize', memory: 512 } },
    put: put('Functions', {
      FunctionName: 'resize',
      MemorySize: 1_024,
      LastUpdateStatus: 'Successful',
      Tags: { team: 'media' },
    }),
    spoil: spoil('Functions', { Tags: { ManagedBy: 'Terraform' } }),
  },
  {
    action: { kind: 'delete-provisioned-concurrency', params: { function: 'resize', qualifier: 'live' } },
    put: (state) => {
      state.put(region, 'Functions', { FunctionName: 'resize', MemorySize: 1_024 })
      state.put(region, 'ProvisionedConcurrencyConfigs', {
        FunctionName: 'resize',
        Qualifier: 'live',
        RequestedProvisionedConcurrentExecutions: 20,
        Status: 'READY',
      })
    },
    spoil: spoil('ProvisionedConcurrencyConfigs', { Status: 'IN_PROGRESS' }),
  },
  {
    action: { kind: 'set-service-count', params: { cluster: 'shop', service: 'web', count: 0 } },
    put: put('services', {
      serviceArn: 'web',
      serviceName: 'web',
      clusterArn: 'shop',
      status: 'ACTIVE',
      desiredCount: 3,
      runningCount: 3,
      schedulingStrategy: 'REPLICA',
    }),
    spoil: spoil('services', { schedulingStrategy: 'DAEMON' }),
  },
  {
    action: { kind: 'set-log-retention', params: { group: '/aws/lambda/resize', days: 90 } },
    put: put('logGroups', {
      logGroupName: '/aws/lambda/resize',
      arn: 'arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/resize:*',
    }),
    spoil: spoil('logGroups', { retentionInDays: 90 }),
  },
  {
    action: {
      kind: 'add-bucket-lifecycle',
      params: { bucket: 'logs-1', add: { rule: 'abort-multipart', days: 7 } },
    },
    put: (state) =>
      state.put('global', 'Buckets', {
        Name: 'logs-1',
        Versioning: {},
        Lifecycle: {
          Rules: [{ ID: 'old', Status: 'Enabled', Filter: { Prefix: 'tmp/' }, Expiration: { Days: 3 } }],
        },
      }),
    spoil: spoil('Buckets', { Tagging: { TagSet: [cloudFormation] } }, 'global'),
  },
  {
    action: {
      kind: 'add-bucket-lifecycle',
      params: {
        bucket: 'logs-1',
        add: { rule: 'transition', days: 30, storageClass: 'INTELLIGENT_TIERING' },
      },
    },
    put: (state) => state.put('global', 'Buckets', { Name: 'logs-1', Versioning: {} }),
    spoil: spoil('Buckets', { Tagging: { TagSet: [{ Key: 'finops-exclude', Value: 'true' }] } }, 'global'),
  },
  {
    action: {
      kind: 'change-cache-type',
      params: { group: 'sessions', from: 'cache.r6g.xlarge', to: 'cache.r6g.large' },
    },
    put: put('ReplicationGroups', {
      ReplicationGroupId: 'sessions',
      ARN: 'arn:aws:elasticache:us-east-1:111122223333:replicationgroup:sessions',
      Status: 'available',
      CacheNodeType: 'cache.r6g.xlarge',
    }),
    spoil: spoil('ReplicationGroups', { CacheNodeType: 'cache.r6g.2xlarge' }),
  },
  {
    action: { kind: 'pause-warehouse', params: { cluster: 'reporting' } },
    put: put('Clusters', { ClusterIdentifier: 'reporting', ClusterStatus: 'available', Tags: tags }),
    spoil: spoil('Clusters', { MultiAZ: 'enabled' }),
  },
  {
    action: { kind: 'delete-model-endpoint', params: { endpoint: 'ranker' } },
    put: (state) => {
      const EndpointArn = 'arn:aws:sagemaker:us-east-1:111122223333:endpoint/ranker'
      state.put(region, 'Endpoints', {
        EndpointName: 'ranker',
        EndpointConfigName: 'ranker-v3',
        EndpointArn,
        EndpointStatus: 'InService',
      })
      state.put(region, 'EndpointConfigs', { EndpointConfigName: 'ranker-v3' })
    },
    spoil: (state) => state.empty(region, 'EndpointConfigs'),
  },
  {
    action: { kind: 'stop-notebook', params: { notebook: 'research' } },
    put: put('NotebookInstances', {
      NotebookInstanceName: 'research',
      NotebookInstanceArn: 'arn:aws:sagemaker:us-east-1:111122223333:notebook-instance/research',
      NotebookInstanceStatus: 'InService',
    }),
    spoil: spoil('NotebookInstances', { NotebookInstanceStatus: 'Updating' }),
  },
  {
    action: { kind: 'set-workspace-mode', params: { workspace: 'ws-1', mode: 'AUTO_STOP' } },
    put: put('Workspaces', {
      WorkspaceId: 'ws-1',
      State: 'AVAILABLE',
      WorkspaceProperties: { RunningMode: 'ALWAYS_ON' },
    }),
    spoil: spoil('Workspaces', { State: 'MAINTENANCE' }),
  },
  {
    action: { kind: 'disable-key', params: { key: 'key-1' } },
    put: put('Keys', { KeyId: 'key-1', KeyState: 'Enabled', KeyManager: 'CUSTOMER' }),
    spoil: spoil('Keys', { KeyManager: 'AWS' }),
  },
  {
    action: { kind: 'delete-secret', params: { secret: 'old-token', days: 30 } },
    put: put('Secrets', {
      ARN: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:old-token',
      Name: 'old-token',
      Tags: tags,
    }),
    spoil: spoil('Secrets', { RotationEnabled: true }),
  },
]
