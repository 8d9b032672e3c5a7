import { type CloudAnswer, CloudError, type Input } from './answers'
import type { CloudState, Item } from './cloud-state'

type Is = (item: Item) => boolean

/** How a resource is said to be: EC2 has an object for it, others a word. */
type As = (name: string) => Item

interface Kept {
  /** The list it is in. */
  readonly list: string
  readonly missing: string
}

function found(state: CloudState, region: string, { list, missing }: Kept, is: Is): Item {
  const item = state.list(region, list).find(is)
  if (!item) throw new CloudError(missing, 400, 'It does not exist')
  return item
}

function demand(is: boolean, code: string, message: string): void {
  if (!is) throw new CloudError(code, 400, message)
}

/** Changes members at once, and to what they come to a little later. */
function move(state: CloudState, region: string, { list }: Kept, is: Is, now: Item, then: Item): void {
  state.change(region, list, is, (item) => ({ ...item, ...now }))
  state.later(() => state.change(region, list, is, (item) => ({ ...item, ...then })))
}

function leave(state: CloudState, region: string, { list }: Kept, is: Is, now: Item): void {
  state.change(region, list, is, (item) => ({ ...item, ...now }))
  state.later(() => state.change(region, list, is, () => null))
}

const has =
  (member: string, value: unknown): Is =>
  (item) =>
    item[member] === value

const instances: Kept = { list: 'Instances', missing: 'InvalidInstanceID.NotFound' }
const volumes: Kept = { list: 'Volumes', missing: 'InvalidVolume.NotFound' }
const snapshots: Kept = { list: 'Snapshots', missing: 'InvalidSnapshot.NotFound' }
const images: Kept = { list: 'Images', missing: 'InvalidAMIID.NotFound' }
const addresses: Kept = { list: 'Addresses', missing: 'InvalidAllocationID.NotFound' }
const gateways: Kept = { list: 'NatGateways', missing: 'NatGatewayNotFound' }
const endpoints: Kept = { list: 'VpcEndpoints', missing: 'InvalidVpcEndpointId.NotFound' }
const databases: Kept = { list: 'DBInstances', missing: 'DBInstanceNotFound' }
const tables: Kept = { list: 'Tables', missing: 'ResourceNotFoundException' }
const functions: Kept = { list: 'Functions', missing: 'ResourceNotFoundException' }
const balancers: Kept = { list: 'LoadBalancers', missing: 'LoadBalancerNotFound' }

const ec2State: As = (Name) => ({ State: { Name } })
const nameOf = (item: Item) => String(Reflect.get(Object(item.State), 'Name'))
const first = (list: unknown): unknown => (Array.isArray(list) ? list[0] : undefined)
const tagsOfSpecification = (input: Input) =>
  Reflect.get(Object(first(input.TagSpecifications)), 'Tags') ?? []

function switchInstance(from: string, by: string, to: string): CloudAnswer {
  return (state, region, { InstanceIds }) => {
    const is = has('InstanceId', first(InstanceIds))
    const now = nameOf(found(state, region, instances, is))
    demand(now === from || now === to || now === by, 'IncorrectInstanceState', `It is ${now}`)
    if (now === from) move(state, region, instances, is, ec2State(by), ec2State(to))
    return {}
  }
}

function switchStatus(
  kept: Kept,
  by: readonly [input: string, member: string],
  member: string,
  [from, on, to]: readonly [string, string, string],
  code: string,
): CloudAnswer {
  return (state, region, input) => {
    const is = has(by[1], input[by[0]])
    const now = found(state, region, kept, is)[member]
    demand(now === from, code, `It is ${String(now)}`)
    move(state, region, kept, is, { [member]: on }, { [member]: to })
    return {}
  }
}

const ec2Changes: Readonly<Record<string, CloudAnswer>> = {
  'ec2/StopInstances': switchInstance('running', 'stopping', 'stopped'),
  'ec2/StartInstances': switchInstance('stopped', 'pending', 'running'),
  'ec2/TerminateInstances': (state, region, { InstanceIds }) => {
    const is = has('InstanceId', first(InstanceIds))
    found(state, region, instances, is)
    move(state, region, instances, is, ec2State('shutting-down'), ec2State('terminated'))
    return {}
  },
  'ec2/ModifyInstanceAttribute': (state, region, { InstanceId, InstanceType }) => {
    const is = has('InstanceId', InstanceId)
    demand(
      nameOf(found(state, region, instances, is)) === 'stopped',
      'IncorrectInstanceState',
      'It is not stopped',
    )
    const type: unknown = Reflect.get(Object(InstanceType), 'Value')
    state.change(region, 'Instances', is, (item) => ({ ...item, InstanceType: type }))
    return {}
  },
  'ec2/RunInstances': (state, region, input) => {
    const InstanceId = state.newId('i')
    const made = {
      InstanceId,
      InstanceType: input.InstanceType,
      ImageId: input.ImageId,
      SubnetId: input.SubnetId,
      ClientToken: input.ClientToken,
      RootDeviceType: 'ebs',
      Architecture: 'x86_64',
      Tags: tagsOfSpecification(input),
      SecurityGroups: (Array.isArray(input.SecurityGroupIds) ? input.SecurityGroupIds : []).map(
        (GroupId) => ({
          GroupId,
        }),
      ),
      ...ec2State('pending'),
    }
    state.put(region, 'Instances', made)
    move(state, region, instances, has('InstanceId', InstanceId), {}, ec2State('running'))
    return { Instances: [made] }
  },
  'ec2/CreateImage': (state, region, input) => {
    found(state, region, instances, has('InstanceId', input.InstanceId))
    return newImage(state, region, { ...input, BlockDeviceMappings: [] })
  },
  'ec2/RegisterImage': (state, region, input) => newImage(state, region, input),
  'ec2/DeregisterImage': (state, region, { ImageId }) => {
    const is = has('ImageId', ImageId)
    found(state, region, images, is)
    state.change(region, 'Images', is, () => null)
    return {}
  },
  'ec2/CreateSnapshot': (state, region, input) => {
    found(state, region, volumes, has('VolumeId', input.VolumeId))
    const SnapshotId = state.newId('snap')
    const { VolumeId } = input
    state.put(region, 'Snapshots', {
      SnapshotId,
      VolumeId,
      State: 'pending',
      Tags: tagsOfSpecification(input),
    })
    move(state, region, snapshots, has('SnapshotId', SnapshotId), {}, { State: 'completed' })
    return { SnapshotId, State: 'pending' }
  },
  'ec2/DeleteSnapshot': (state, region, { SnapshotId }) => {
    const is = has('SnapshotId', SnapshotId)
    const item = found(state, region, snapshots, is)
    state.change(region, 'Snapshots', is, () => null)
    if (state.list(region, 'RecycleBinRules').length > 0) state.put(region, 'RecycledSnapshots', item)
    return {}
  },
  'ec2/RestoreSnapshotFromRecycleBin': (state, region, { SnapshotId }) => {
    const is = has('SnapshotId', SnapshotId)
    const item = found(state, region, { list: 'RecycledSnapshots', missing: 'InvalidSnapshot.NotFound' }, is)
    state.change(region, 'RecycledSnapshots', is, () => null)
    state.put(region, 'Snapshots', item)
    return { SnapshotId }
  },
  'ec2/DeleteVolume': (state, region, { VolumeId }) => {
    const is = has('VolumeId', VolumeId)
    demand(found(state, region, volumes, is).State === 'available', 'VolumeInUse', 'It is in use')
    leave(state, region, volumes, is, { State: 'deleting' })
    return {}
  },
  'ec2/CreateVolume': (state, region, input) => {
    const again = state.list(region, 'Volumes').find(has('ClientToken', input.ClientToken))
    if (again) return again
    const { ClientToken, SnapshotId, AvailabilityZone, VolumeType, Size, Iops, Throughput } = input
    const made = {
      VolumeId: state.newId('vol'),
      ClientToken,
      SnapshotId,
      AvailabilityZone,
      VolumeType,
      Size,
      Iops,
      Throughput,
      Attachments: [],
      Tags: tagsOfSpecification(input),
      State: 'creating',
    }
    state.put(region, 'Volumes', made)
    move(state, region, volumes, has('VolumeId', made.VolumeId), {}, { State: 'available' })
    return made
  },
  'ec2/ModifyVolume': (state, region, input) => {
    const { VolumeId, VolumeType } = input
    const is = has('VolumeId', VolumeId)
    found(state, region, volumes, is)
    const isOn = state
      .list(region, 'VolumesModifications')
      .some((one) => one.VolumeId === VolumeId && one.ModificationState === 'modifying')
    demand(!isOn, 'IncorrectModificationState', 'A modification is under way')
    const to = {
      VolumeType,
      Iops: input.Iops ?? (VolumeType === 'gp3' ? 3_000 : undefined),
      Throughput: input.Throughput ?? (VolumeType === 'gp3' ? 125 : undefined),
    }
    state.change(region, 'VolumesModifications', has('VolumeId', VolumeId), () => null)
    state.put(region, 'VolumesModifications', { VolumeId, ModificationState: 'modifying' })
    state.later(() => {
      state.change(region, 'Volumes', is, (item) => defined({ ...item, ...to }))
      state.change(region, 'VolumesModifications', has('VolumeId', VolumeId), () => null)
    })
    return {}
  },
  'ec2/ReleaseAddress': (state, region, { AllocationId }) => {
    const is = has('AllocationId', AllocationId)
    found(state, region, addresses, is)
    state.change(region, 'Addresses', is, () => null)
    return {}
  },
  'ec2/AllocateAddress': (state, region, input) => {
    const isTaken = state.list(region, 'Addresses').some(has('PublicIp', input.Address))
    demand(!isTaken, 'InvalidAddress.InUse', 'The address is taken')
    const AllocationId = state.newId('eipalloc')
    state.put(region, 'Addresses', {
      AllocationId,
      PublicIp: input.Address,
      Tags: tagsOfSpecification(input),
    })
    return { AllocationId, PublicIp: input.Address }
  },
  'ec2/DeleteNatGateway': (state, region, { NatGatewayId }) => {
    const is = has('NatGatewayId', NatGatewayId)
    found(state, region, gateways, is)
    move(state, region, gateways, is, { State: 'deleting' }, { State: 'deleted' })
    return {}
  },
  'ec2/CreateNatGateway': (state, region, input) => {
    const again = state.list(region, 'NatGateways').find(has('ClientToken', input.ClientToken))
    if (again) return { NatGateway: again }
    const made = {
      NatGatewayId: state.newId('nat'),
      ClientToken: input.ClientToken,
      SubnetId: input.SubnetId,
      ConnectivityType: input.ConnectivityType,
      NatGatewayAddresses: [{ AllocationId: input.AllocationId }],
      Tags: tagsOfSpecification(input),
      State: 'pending',
    }
    state.put(region, 'NatGateways', made)
    move(state, region, gateways, has('NatGatewayId', made.NatGatewayId), {}, { State: 'available' })
    return { NatGateway: made }
  },
  'ec2/DeleteVpcEndpoints': (state, region, { VpcEndpointIds }) => {
    const is = has('VpcEndpointId', first(VpcEndpointIds))
    found(state, region, endpoints, is)
    leave(state, region, endpoints, is, { State: 'deleting' })
    return { Unsuccessful: [] }
  },
  'ec2/CreateVpcEndpoint': (state, region, input) => {
    const again = state.list(region, 'VpcEndpoints').find(has('ClientToken', input.ClientToken))
    if (again) return { VpcEndpoint: again }
    const { TagSpecifications: _, SecurityGroupIds, ...kept } = input
    const made = {
      ...kept,
      VpcEndpointId: state.newId('vpce'),
      Groups: (Array.isArray(SecurityGroupIds) ? SecurityGroupIds : []).map((GroupId) => ({ GroupId })),
      Tags: tagsOfSpecification(input),
      State: 'pending',
    }
    state.put(region, 'VpcEndpoints', made)
    move(state, region, endpoints, has('VpcEndpointId', made.VpcEndpointId), {}, { State: 'available' })
    return { VpcEndpoint: made }
  },
}

function newImage(state: CloudState, region: string, input: Input): object {
  const ImageId = state.newId('ami')
  const { Name, Architecture, RootDeviceName, BlockDeviceMappings } = input
  state.put(region, 'Images', {
    ImageId,
    Name,
    Architecture,
    RootDeviceName,
    BlockDeviceMappings,
    Tags: tagsOfSpecification(input),
    State: 'pending',
  })
  move(state, region, images, has('ImageId', ImageId), {}, { State: 'available' })
  return { ImageId }
}

const defined = (item: Item): Item =>
  Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined))

const rdsChanges: Readonly<Record<string, CloudAnswer>> = {
  'rds/StopDBInstance': switchStatus(
    databases,
    ['DBInstanceIdentifier', 'DBInstanceIdentifier'],
    'DBInstanceStatus',
    ['available', 'stopping', 'stopped'],
    'InvalidDBInstanceState',
  ),
  'rds/StartDBInstance': switchStatus(
    databases,
    ['DBInstanceIdentifier', 'DBInstanceIdentifier'],
    'DBInstanceStatus',
    ['stopped', 'starting', 'available'],
    'InvalidDBInstanceState',
  ),
  'rds/ModifyDBInstance': (state, region, input) => {
    const is = has('DBInstanceIdentifier', input.DBInstanceIdentifier)
    const now = found(state, region, databases, is)
    demand(now.DBInstanceStatus === 'available', 'InvalidDBInstanceState', 'It is not available')
    const { DBInstanceClass, StorageType, Iops, StorageThroughput, MultiAZ } = input
    const to = defined({
      DBInstanceClass,
      StorageType,
      Iops,
      StorageThroughput,
      MultiAZ: MultiAZ === undefined ? undefined : MultiAZ === 'true',
    })
    move(
      state,
      region,
      databases,
      is,
      { DBInstanceStatus: 'modifying' },
      { ...to, DBInstanceStatus: 'available' },
    )
    return {}
  },
  'rds/DeleteDBInstance': (state, region, input) => {
    const is = has('DBInstanceIdentifier', input.DBInstanceIdentifier)
    const item = found(state, region, databases, is)
    demand(item.DBInstanceStatus === 'available', 'InvalidDBInstanceState', 'It is not available')
    if (input.FinalDBSnapshotIdentifier !== undefined)
      state.put(region, 'DBSnapshots', {
        DBSnapshotIdentifier: input.FinalDBSnapshotIdentifier,
        Status: 'available',
        SnapshotType: 'manual',
        Of: item,
      })
    leave(state, region, databases, is, { DBInstanceStatus: 'deleting' })
    return {}
  },
  'rds/RestoreDBInstanceFromDBSnapshot': (state, region, input) => {
    const is = has('DBInstanceIdentifier', input.DBInstanceIdentifier)
    demand(!state.list(region, 'DBInstances').some(is), 'DBInstanceAlreadyExists', 'It is there')
    const { Of } = found(
      state,
      region,
      { list: 'DBSnapshots', missing: 'DBSnapshotNotFound' },
      has('DBSnapshotIdentifier', input.DBSnapshotIdentifier),
    )
    state.put(region, 'DBInstances', { ...(Of as Item), DBInstanceStatus: 'creating' })
    move(state, region, databases, is, {}, { DBInstanceStatus: 'available' })
    return {}
  },
  'rds/DeleteDBSnapshot': (state, region, { DBSnapshotIdentifier }) => {
    const is = has('DBSnapshotIdentifier', DBSnapshotIdentifier)
    found(state, region, { list: 'DBSnapshots', missing: 'DBSnapshotNotFound' }, is)
    state.change(region, 'DBSnapshots', is, () => null)
    return {}
  },
}

const otherChanges: Readonly<Record<string, CloudAnswer>> = {
  'dynamodb/UpdateTable': (state, region, input) => {
    const is = has('TableName', input.TableName)
    demand(
      found(state, region, tables, is).TableStatus === 'ACTIVE',
      'ResourceInUseException',
      'It is being updated',
    )
    const { BillingMode, TableClass, ProvisionedThroughput } = input
    const to = defined({
      BillingModeSummary: BillingMode === undefined ? undefined : { BillingMode },
      TableClassSummary: TableClass === undefined ? undefined : { TableClass },
      ProvisionedThroughput:
        BillingMode === 'PAY_PER_REQUEST'
          ? { ReadCapacityUnits: 0, WriteCapacityUnits: 0 }
          : ProvisionedThroughput,
      TableStatus: 'ACTIVE',
    })
    move(state, region, tables, is, { TableStatus: 'UPDATING' }, to)
    return {}
  },
  'lambda/UpdateFunctionConfiguration': (state, region, { FunctionName, MemorySize }) => {
    const is = has('FunctionName', FunctionName)
    const now = found(state, region, functions, is)
    demand(now.LastUpdateStatus !== 'InProgress', 'ResourceConflictException', 'An update is in progress')
    move(
      state,
      region,
      functions,
      is,
      { MemorySize, LastUpdateStatus: 'InProgress' },
      { LastUpdateStatus: 'Successful' },
    )
    return {}
  },
  'lambda/DeleteProvisionedConcurrencyConfig': (state, region, { FunctionName, Qualifier }) => {
    const count = state.change(
      region,
      'ProvisionedConcurrencyConfigs',
      (item) => item.FunctionName === FunctionName && item.Qualifier === Qualifier,
      () => null,
    )
    demand(count > 0, 'ProvisionedConcurrencyConfigNotFoundException', 'There is none')
    return {}
  },
  'lambda/PutProvisionedConcurrencyConfig': (state, region, input) => {
    const { FunctionName, Qualifier, ProvisionedConcurrentExecutions } = input
    state.change(
      region,
      'ProvisionedConcurrencyConfigs',
      (item) => item.FunctionName === FunctionName && item.Qualifier === Qualifier,
      () => null,
    )
    state.put(region, 'ProvisionedConcurrencyConfigs', {
      FunctionName,
      Qualifier,
      RequestedProvisionedConcurrentExecutions: ProvisionedConcurrentExecutions,
      Status: 'READY',
    })
    return {}
  },
  'ecs/UpdateService': (state, region, { service, desiredCount }) => {
    const is: Is = (item) => item.serviceArn === service || item.serviceName === service
    found(state, region, { list: 'services', missing: 'ServiceNotFoundException' }, is)
    state.change(region, 'services', is, (item) => ({ ...item, desiredCount }))
    state.later(() =>
      state.change(region, 'services', is, (item) => ({ ...item, runningCount: desiredCount })),
    )
    return {}
  },
  'logs/PutRetentionPolicy': (state, region, { logGroupName, retentionInDays }) => {
    const count = state.change(region, 'logGroups', has('logGroupName', logGroupName), (item) => ({
      ...item,
      retentionInDays,
    }))
    demand(count > 0, 'ResourceNotFoundException', 'No such group')
    return {}
  },
  'logs/DeleteRetentionPolicy': (state, region, { logGroupName }) => {
    state.change(
      region,
      'logGroups',
      has('logGroupName', logGroupName),
      ({ retentionInDays: _, ...item }) => item,
    )
    return {}
  },
  's3/PutBucketLifecycleConfiguration': (state, _region, { Bucket, LifecycleConfiguration }) => {
    state.change('global', 'Buckets', has('Name', Bucket), (item) => ({
      ...item,
      Lifecycle: LifecycleConfiguration,
    }))
    return {}
  },
  's3/DeleteBucketLifecycle': (state, _region, { Bucket }) => {
    state.change('global', 'Buckets', has('Name', Bucket), ({ Lifecycle: _, ...item }) => item)
    return {}
  },
  'elasticache/ModifyReplicationGroup': (state, region, { ReplicationGroupId, CacheNodeType }) => {
    const is = has('ReplicationGroupId', ReplicationGroupId)
    const kept = { list: 'ReplicationGroups', missing: 'ReplicationGroupNotFoundFault' }
    demand(
      found(state, region, kept, is).Status === 'available',
      'InvalidReplicationGroupState',
      'It is not available',
    )
    move(state, region, kept, is, { Status: 'modifying' }, { Status: 'available', CacheNodeType })
    return {}
  },
  'redshift/PauseCluster': switchStatus(
    { list: 'Clusters', missing: 'ClusterNotFound' },
    ['ClusterIdentifier', 'ClusterIdentifier'],
    'ClusterStatus',
    ['available', 'pausing', 'paused'],
    'InvalidClusterState',
  ),
  'redshift/ResumeCluster': switchStatus(
    { list: 'Clusters', missing: 'ClusterNotFound' },
    ['ClusterIdentifier', 'ClusterIdentifier'],
    'ClusterStatus',
    ['paused', 'resuming', 'available'],
    'InvalidClusterState',
  ),
  'sagemaker/DeleteEndpoint': (state, region, { EndpointName }) => {
    const is = has('EndpointName', EndpointName)
    const kept = { list: 'Endpoints', missing: 'ValidationException' }
    found(state, region, kept, is)
    leave(state, region, kept, is, { EndpointStatus: 'Deleting' })
    return {}
  },
  'sagemaker/CreateEndpoint': (state, region, { EndpointName, EndpointConfigName }) => {
    const is = has('EndpointName', EndpointName)
    demand(!state.list(region, 'Endpoints').some(is), 'ValidationException', 'It exists')
    const EndpointArn = `arn:aws:sagemaker:${region}:${state.account}:endpoint/${String(EndpointName)}`
    state.put(region, 'Endpoints', {
      EndpointName,
      EndpointConfigName,
      EndpointArn,
      EndpointStatus: 'Creating',
    })
    move(state, region, { list: 'Endpoints', missing: '' }, is, {}, { EndpointStatus: 'InService' })
    return { EndpointArn }
  },
  'sagemaker/StopNotebookInstance': switchStatus(
    { list: 'NotebookInstances', missing: 'ValidationException' },
    ['NotebookInstanceName', 'NotebookInstanceName'],
    'NotebookInstanceStatus',
    ['InService', 'Stopping', 'Stopped'],
    'ValidationException',
  ),
  'sagemaker/StartNotebookInstance': switchStatus(
    { list: 'NotebookInstances', missing: 'ValidationException' },
    ['NotebookInstanceName', 'NotebookInstanceName'],
    'NotebookInstanceStatus',
    ['Stopped', 'Pending', 'InService'],
    'ValidationException',
  ),
  'workspaces/ModifyWorkspaceProperties': (state, region, { WorkspaceId, WorkspaceProperties }) => {
    const count = state.change(region, 'Workspaces', has('WorkspaceId', WorkspaceId), (item) => {
      const { RunningModeAutoStopTimeoutInMinutes: _, ...kept } = Object(item.WorkspaceProperties)
      return { ...item, WorkspaceProperties: { ...kept, ...Object(WorkspaceProperties) } }
    })
    demand(count > 0, 'ResourceNotFoundException', 'No such desktop')
    return {}
  },
  'kms/DisableKey': switchKey('Enabled', 'Disabled'),
  'kms/EnableKey': switchKey('Disabled', 'Enabled'),
  'secretsmanager/DeleteSecret': (state, region, { SecretId }) => {
    const count = state.change(region, 'Secrets', secretIs(SecretId), (item) => ({
      ...item,
      DeletedDate: new Date(Date.UTC(2026, 9, 15)),
    }))
    demand(count > 0, 'ResourceNotFoundException', 'No such secret')
    return {}
  },
  'secretsmanager/RestoreSecret': (state, region, { SecretId }) => {
    state.change(region, 'Secrets', secretIs(SecretId), ({ DeletedDate: _, ...item }) => item)
    return {}
  },
}

const secretIs =
  (id: unknown): Is =>
  ({ ARN, Name }) =>
    id === ARN || id === Name

function switchKey(from: string, to: string): CloudAnswer {
  return (state, region, { KeyId }) => {
    const is = has('KeyId', KeyId)
    const now = found(state, region, { list: 'Keys', missing: 'NotFoundException' }, is).KeyState
    demand(now === from || now === to, 'KMSInvalidStateException', `It is ${String(now)}`)
    state.change(region, 'Keys', is, (item) => ({ ...item, KeyState: to }))
    return {}
  }
}

const balancerChanges: Readonly<Record<string, CloudAnswer>> = {
  'elbv2/DeleteLoadBalancer': (state, region, { LoadBalancerArn }) => {
    const is = has('LoadBalancerArn', LoadBalancerArn)
    for (const { ListenerArn } of state.list(region, 'Listeners').filter(is))
      state.change(region, 'Rules', has('ListenerArn', ListenerArn), () => null)
    for (const list of ['LoadBalancers', 'Listeners', 'LoadBalancerAttributes'])
      state.change(region, list, is, () => null)
    state.change(region, 'TagDescriptions', has('ResourceArn', LoadBalancerArn), () => null)
    return {}
  },
  'elbv2/CreateLoadBalancer': (state, region, input) => {
    const again = state.list(region, 'LoadBalancers').find(has('LoadBalancerName', input.Name))
    if (again) return { LoadBalancers: [again] }
    const { Name, Type, Scheme, IpAddressType, Subnets, SecurityGroups, Tags } = input
    const LoadBalancerArn = `arn:aws:elasticloadbalancing:${region}:${state.account}:loadbalancer/app/${String(Name)}/${state.newId('lb')}`
    const made = defined({
      LoadBalancerArn,
      LoadBalancerName: Name,
      Type,
      Scheme,
      IpAddressType,
      AvailabilityZones: (Array.isArray(Subnets) ? Subnets : []).map((SubnetId) => ({ SubnetId })),
      SecurityGroups,
      State: { Code: 'provisioning' },
    })
    state.put(region, 'LoadBalancers', made)
    state.put(region, 'LoadBalancerAttributes', { LoadBalancerArn, Attributes: [] })
    state.put(region, 'TagDescriptions', { ResourceArn: LoadBalancerArn, Tags: Tags ?? [] })
    move(state, region, balancers, has('LoadBalancerArn', LoadBalancerArn), {}, { State: { Code: 'active' } })
    return { LoadBalancers: [made] }
  },
  'elbv2/ModifyLoadBalancerAttributes': (state, region, { LoadBalancerArn, Attributes }) => {
    state.change(region, 'LoadBalancerAttributes', has('LoadBalancerArn', LoadBalancerArn), (item) => ({
      ...item,
      Attributes,
    }))
    return {}
  },
  'elbv2/CreateListener': (state, region, input) => {
    const made = { ...input, ListenerArn: `${String(input.LoadBalancerArn)}/${state.newId('listener')}` }
    state.put(region, 'Listeners', made)
    return { Listeners: [made] }
  },
  'elbv2/CreateRule': (state, region, input) => {
    const made = {
      ...input,
      RuleArn: state.newId('rule'),
      Priority: String(input.Priority),
      IsDefault: false,
    }
    state.put(region, 'Rules', made)
    return { Rules: [made] }
  },
  'elb/DeleteLoadBalancer': (state, region, { LoadBalancerName }) => {
    const is = has('LoadBalancerName', LoadBalancerName)
    state.change(region, 'LoadBalancerDescriptions', is, () => null)
    state.change(region, 'ClassicTagDescriptions', is, () => null)
    return {}
  },
  'elb/CreateLoadBalancer': (state, region, input) => {
    const { LoadBalancerName, Listeners, Subnets, SecurityGroups, Scheme, Tags } = input
    state.put(
      region,
      'LoadBalancerDescriptions',
      defined({
        LoadBalancerName,
        Scheme,
        Subnets,
        SecurityGroups,
        ListenerDescriptions: (Array.isArray(Listeners) ? Listeners : []).map((Listener) => ({ Listener })),
        Instances: [],
      }),
    )
    state.put(region, 'ClassicTagDescriptions', { LoadBalancerName, Tags: Tags ?? [] })
    return { DNSName: 'anew.elb.amazonaws.com' }
  },
  'elb/RegisterInstancesWithLoadBalancer': (state, region, { LoadBalancerName, Instances }) => {
    state.change(region, 'LoadBalancerDescriptions', has('LoadBalancerName', LoadBalancerName), (item) => ({
      ...item,
      Instances,
    }))
    return { Instances }
  },
}

/** What changes something, as far as the actions do. */
export const cloudChanges: Readonly<Record<string, CloudAnswer>> = {
  ...ec2Changes,
  ...rdsChanges,
  ...balancerChanges,
  ...otherChanges,
}
