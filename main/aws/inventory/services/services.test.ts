import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Relation, Resource } from '../../../../analytics/contract/inventory'
import { metricsOf } from '../../../../analytics/inventory/metric-specs'
import { permissionsOf, scanUses } from '../../connections/permissions'
import { permissionOf, uncovered } from '../../testing/cloud/permission-of'
import { collectors } from '../registry'
import { openScanFixture, type ScanFixture, type Seen, scanned, seenBy } from '../scan-fixture'
import { fillManaged } from './managed-fixture'

const region = 'us-east-1'
const of = (service: string, rest: string) => `arn:aws:${service}:${region}:111122223333:${rest}`
const balancer = of('elasticloadbalancing', 'loadbalancer/app/shop/50dc6c495c0c9188')
const targets = of('elasticloadbalancing', 'targetgroup/shop/73e2d6bc24d8a067')
const cluster = of('ecs', 'cluster/main')
const service = of('ecs', 'service/main/checkout')
const definition = of('ecs', 'task-definition/checkout:7')
const table = of('dynamodb', 'table/carts')
const fn = of('lambda', 'function:price')
const logs = of('logs', 'log-group:/app/shop')
const cache = of('elasticache', 'cluster:shop-001')
const time = new Date(Date.UTC(2026, 1, 3, 4, 5, 6))
const at = '2026-02-03T04:05:06.000Z'

let fixture: ScanFixture
let seen: Seen

/** One of each kind, as AWS tells it. */
function fill({ cloud: { state } }: ScanFixture): void {
  const put = (name: string, item: Record<string, unknown>) => state.put(region, name, item)
  put('Instances', {
    InstanceId: 'i-stopped',
    InstanceType: 't3.large',
    ImageId: 'ami-1',
    LaunchTime: time,
    State: { Name: 'stopped' },
    StateTransitionReason: 'User initiated (2026-09-01 10:20:30 GMT)',
    Tags: [{ Key: 'aws:autoscaling:groupName', Value: 'web' }],
  })
  put('Instances', { InstanceId: 'i-gone', State: { Name: 'terminated' } })
  put('Images', {
    ImageId: 'ami-1',
    Name: 'base',
    State: 'available',
    CreationDate: at,
    BlockDeviceMappings: [{ Ebs: { SnapshotId: 'snap-1', VolumeSize: 8 } }],
  })
  put('LaunchTemplates', { LaunchTemplateId: 'lt-1', LaunchTemplateName: 'web', LatestVersionNumber: 4 })
  put('ReservedInstances', { ReservedInstancesId: 'r-1', State: 'active', InstanceCount: 3, End: time })
  put('Snapshots', { SnapshotId: 'snap-1', VolumeId: 'vol-ffffffff', VolumeSize: 8, State: 'completed' })
  put('Addresses', { AllocationId: 'eipalloc-1', PublicIp: '203.0.113.9' })
  put('NatGateways', {
    NatGatewayId: 'nat-1',
    State: 'available',
    NatGatewayAddresses: [{ AllocationId: 'eipalloc-2' }],
  })
  put('NatGateways', { NatGatewayId: 'nat-0', State: 'deleted' })
  put('VpcEndpoints', {
    VpcEndpointId: 'vpce-1',
    State: 'Available',
    VpcEndpointType: 'Interface',
    SubnetIds: ['s-1'],
  })
  put('RouteTables', { RouteTableId: 'rtb-1', Routes: [{ NatGatewayId: 'nat-1' }, { GatewayId: 'local' }] })
  put('LoadBalancers', {
    LoadBalancerArn: balancer,
    LoadBalancerName: 'shop',
    Type: 'application',
    State: { Code: 'active' },
    CreatedTime: time,
  })
  put('Listeners', { LoadBalancerArn: balancer, ListenerArn: `${balancer}/l`, Port: 443 })
  put('TagDescriptions', { ResourceArn: balancer, Tags: [{ Key: 'team', Value: 'shop' }] })
  put('TargetGroups', { TargetGroupArn: targets, TargetGroupName: 'shop', LoadBalancerArns: [balancer] })
  for (const [Id, State] of [
    ['i-1', 'healthy'],
    ['i-2', 'unhealthy'],
  ])
    put('TargetHealthDescriptions', { TargetGroupArn: targets, Target: { Id }, TargetHealth: { State } })
  put('LoadBalancerDescriptions', { LoadBalancerName: 'old', Instances: [{ InstanceId: 'i-1' }] })
  put('ClassicTagDescriptions', { LoadBalancerName: 'old', Tags: [{ Key: 'team', Value: 'erp' }] })
  put('AutoScalingGroups', {
    AutoScalingGroupName: 'web',
    AutoScalingGroupARN: of('autoscaling', 'autoScalingGroup:1:autoScalingGroupName/web'),
    MinSize: 1,
    MaxSize: 9,
    Instances: [{ InstanceId: 'i-1' }],
    LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '4' },
  })
  put('DBInstances', {
    DBInstanceArn: of('rds', 'db:orders-2'),
    DBInstanceIdentifier: 'orders-2',
    DBInstanceStatus: 'available',
    DBClusterIdentifier: 'orders',
    MultiAZ: true,
    TagList: [{ Key: 'team', Value: 'shop' }],
  })
  put('DBClusters', { DBClusterArn: of('rds', 'cluster:orders'), DbClusterResourceId: 'cluster-ABC' })
  put('DBSnapshots', {
    DBSnapshotArn: of('rds', 'snapshot:s'),
    DBInstanceIdentifier: 'orders-2',
    SnapshotType: 'manual',
  })
  put('ReservedDBInstances', { ReservedDBInstanceArn: of('rds', 'ri:r'), StartTime: time, Duration: 86_400 })
  put('Tables', {
    TableArn: table,
    TableName: 'carts',
    TableStatus: 'ACTIVE',
    CreationDateTime: time,
    ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 7 },
  })
  put('Functions', {
    FunctionArn: fn,
    FunctionName: 'price',
    MemorySize: 512,
    LastModified: '2026-02-03T04:05:06.000+0000',
  })
  put('ProvisionedConcurrencyConfigs', {
    FunctionName: 'price',
    RequestedProvisionedConcurrentExecutions: 40,
  })
  put('clusters', { clusterArn: cluster, clusterName: 'main', status: 'ACTIVE' })
  put('services', {
    serviceArn: service,
    serviceName: 'checkout',
    clusterArn: cluster,
    taskDefinition: definition,
    status: 'ACTIVE',
    createdAt: time,
  })
  put('taskDefinitions', {
    taskDefinitionArn: definition,
    family: 'checkout',
    revision: 7,
    cpu: '2048',
    memory: '8192',
  })
  put('logGroups', {
    logGroupName: '/app/shop',
    arn: `${logs}:*`,
    creationTime: time.getTime(),
    storedBytes: 9,
  })
  put('CacheClusters', {
    ARN: cache,
    CacheClusterId: 'shop-001',
    ReplicationGroupId: 'shop',
    CacheNodeType: 'cache.r6g.large',
  })
  put('ReplicationGroups', {
    ARN: of('elasticache', 'replicationgroup:shop'),
    ReplicationGroupId: 'shop',
    MemberClusters: ['shop-001'],
  })
  for (const [ResourceARN, ResourceType] of [
    [table, 'dynamodb:table'],
    [fn, 'lambda:function'],
    [logs, 'logs:log-group'],
    [cache, 'elasticache:cluster'],
  ])
    put('ResourceTagMappingList', { ResourceARN, ResourceType, Tags: [{ Key: 'team', Value: 'shop' }] })
  state.put('global', 'Buckets', {
    Name: 'lake',
    BucketRegion: 'eu-west-1',
    CreationDate: time,
    Lifecycle: {
      Rules: [
        { ID: 'a', Status: 'Enabled', Transitions: [{ Days: 30, StorageClass: 'GLACIER' }] },
        { ID: 'b', Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } },
        { ID: 'c', Status: 'Disabled', Expiration: { Days: 1 } },
      ],
    },
    Versioning: { Status: 'Enabled' },
    Tagging: { TagSet: [{ Key: 'team', Value: 'data' }] },
    MultipartUploads: { IsTruncated: false, Uploads: [{ Key: 'x', UploadId: 'u', Initiated: time }] },
  })
  state.put('global', 'Buckets', { Name: 'bare', Versioning: {}, MultipartUploads: {} })
}

beforeAll(async () => {
  fixture = await openScanFixture()
  fill(fixture)
  fillManaged(fixture.cloud.state, region)
  const outcome = scanned(await fixture.scan())
  expect(outcome.record.skipped).toEqual([])
  seen = await seenBy(fixture.home, outcome)
})
afterAll(() => fixture.end())

const found = (id: string): Resource => {
  const resource = seen.resources.find((one) => one.id === id)
  if (!resource) throw new Error(`${id} was not found`)
  return resource
}
const from = (id: string) =>
  seen.relations.filter((one: Relation) => one.from === id).map(({ relation, to }) => `${relation} ${to}`)

describe('what each service tells', () => {
  test('is asked with the permissions of the policy for a scan, and each of them is needed', () => {
    const { requests } = fixture.cloud
    const permissions = permissionsOf(scanUses)
    expect(uncovered(requests, permissions)).toEqual([])
    const asked = new Set(requests.map(permissionOf))
    // Metrics are fetched after a scan.
    expect(permissions.filter((one) => !asked.has(one))).toEqual(['cloudwatch:GetMetricData'])
    expect(requests.filter(({ operation }) => !/^(Describe|List|Get)[A-Z]/.test(operation))).toEqual([])
  })

  test('every collector brings something', () => {
    const parts = new Set(
      [...seen.resources, ...seen.relations].map(({ service, part }) => `${service} ${part}`),
    )
    // Volumes have a test of their own.
    expect(
      collectors.map(({ service, part }) => `${service} ${part}`).filter((one) => !parts.has(one)),
    ).toEqual(['ec2 volumes'])
    expect(seen.resources.map(({ id }) => id)).not.toContain('i-gone')
    expect(seen.resources.map(({ id }) => id)).not.toContain('nat-0')
  })

  test('EC2: instances, images, addresses, gateways', () => {
    expect(found('i-stopped')).toMatchObject({
      kind: 'instance',
      state: 'stopped',
      createdAt: at,
      managedBy: 'auto-scaling:web',
      facts: { instanceType: 't3.large', lifecycle: 'on-demand', stoppedSince: '2026-09-01T10:20:30.000Z' },
    })
    expect(from('i-stopped')).toEqual(['runs image ami-1'])
    expect(from('ami-1')).toEqual(['made of snapshot snap-1'])
    expect(found('ami-1')).toMatchObject({ name: 'base', createdAt: at, facts: { gigabytes: 8 } })
    // A copy is said to be of a volume that there never was.
    expect(from('snap-1')).toEqual([])
    expect(found('eipalloc-1')).toMatchObject({
      state: 'unassociated',
      name: '203.0.113.9',
      arn: of('ec2', 'elastic-ip/eipalloc-1'),
    })
    expect(from('nat-1')).toEqual(['uses address eipalloc-2'])
    expect(from('rtb-1')).toEqual(['routes to nat-1'])
    expect(found('vpce-1')).toMatchObject({ state: 'available', facts: { type: 'Interface', zones: 1 } })
    expect(found('lt-1')).toMatchObject({ name: 'web', facts: { latestVersion: 4 } })
    expect(found(of('ec2', 'reserved-instances/r-1'))).toMatchObject({
      state: 'active',
      facts: { count: 3, ends: at },
    })
  })

  test('load balancers with listeners, targets and tags, and scaling groups', () => {
    expect(found(balancer)).toMatchObject({
      name: 'shop',
      tags: { team: 'shop' },
      facts: { type: 'application', listeners: 1 },
    })
    expect(found(targets)).toMatchObject({ facts: { targets: 2, healthyTargets: 1 } })
    expect(from(targets)).toEqual([`behind ${balancer}`, 'sends to i-1', 'sends to i-2'])
    const classic = of('elasticloadbalancing', 'loadbalancer/old')
    expect(found(classic)).toMatchObject({ tags: { team: 'erp' }, facts: { type: 'classic', targets: 1 } })
    expect(from(of('autoscaling', 'autoScalingGroup:1:autoScalingGroupName/web'))).toEqual([
      'runs i-1',
      'launches with lt-1',
    ])
  })

  test('databases', () => {
    expect(found(of('rds', 'db:orders-2'))).toMatchObject({
      name: 'orders-2',
      tags: { team: 'shop' },
      facts: { multiZone: true },
    })
    expect(from(of('rds', 'db:orders-2'))).toEqual([`member of ${of('rds', 'cluster:orders')}`])
    expect(found(of('rds', 'cluster:orders')).billedAs).toContain(of('rds', 'cluster:cluster-ABC'))
    expect(from(of('rds', 'snapshot:s'))).toEqual([`taken of ${of('rds', 'db:orders-2')}`])
    expect(found(of('rds', 'ri:r'))).toMatchObject({ facts: { ends: '2026-02-04T04:05:06.000Z' } })
    expect(found(table)).toMatchObject({
      state: 'active',
      createdAt: at,
      tags: { team: 'shop' },
      facts: { billingMode: 'PROVISIONED', readCapacity: 5, writeCapacity: 7 },
    })
    expect(found(cache)).toMatchObject({ tags: { team: 'shop' }, facts: { nodeType: 'cache.r6g.large' } })
    expect(from(cache)).toEqual([`member of ${of('elasticache', 'replicationgroup:shop')}`])
  })

  test('functions, containers and logs', () => {
    expect(found(fn)).toMatchObject({
      tags: { team: 'shop' },
      facts: { megabytes: 512, provisionedConcurrency: 40, changed: at },
    })
    expect(found(service)).toMatchObject({
      createdAt: at,
      facts: { cluster: 'main', taskCpu: 2_048, taskMegabytes: 8_192 },
    })
    expect(from(service)).toEqual([`in cluster ${cluster}`, `runs ${definition}`])
    expect(found(logs)).toMatchObject({
      name: '/app/shop',
      createdAt: at,
      tags: { team: 'shop' },
      facts: { bytes: 9 },
    })
    expect(found(logs).facts.retentionDays).toBeUndefined()
  })

  test('buckets with what is set on them, and without', () => {
    expect(found('arn:aws:s3:::lake')).toMatchObject({
      region: 'eu-west-1',
      billedAs: ['lake', 'arn:aws:s3:::lake'],
      tags: { team: 'data' },
      facts: {
        versioning: 'Enabled',
        lifecycleRules: 3,
        transitions: true,
        expires: false,
        abortsMultipartAfterDays: 7,
        multipartUploads: 1,
        oldestMultipartUpload: at,
      },
    })
    expect(found('arn:aws:s3:::bare')).toMatchObject({
      tags: {},
      facts: { versioning: 'Off', lifecycleRules: 0, transitions: false, multipartUploads: 0 },
    })
  })

  test('containers of Kubernetes and their images', () => {
    expect(found(of('eks', 'cluster/shop'))).toMatchObject({
      kind: 'eks-cluster',
      createdAt: at,
      tags: { team: 'shop' },
      facts: { version: '1.29', supportType: 'EXTENDED' },
    })
    const group = of('eks', 'nodegroup/shop/workers/aa-bb')
    expect(found(group)).toMatchObject({
      name: 'workers',
      facts: { instanceTypes: 'm6i.large, m5.large', capacityType: 'SPOT', least: 1, desired: 3, most: 9 },
    })
    expect(from(group)).toEqual([`in cluster ${of('eks', 'cluster/shop')}`, 'launches with lt-1'])
    expect(found(of('ecr', 'repository/shop'))).toMatchObject({
      tags: { team: 'shop' },
      facts: {
        lifecyclePolicy: true,
        images: 2,
        bytes: 100,
        untaggedImages: 1,
        untaggedBytes: 30,
        lastPull: at,
      },
    })
    expect(found(of('ecr', 'repository/old')).facts).toEqual({
      lifecyclePolicy: false,
      images: 0,
      bytes: 0,
      untaggedImages: 0,
      untaggedBytes: 0,
    })
  })

  test('search, warehouses, models and desktops, with the metrics that their rules read', () => {
    const search = found(of('es', 'domain/find'))
    expect(search).toMatchObject({
      tags: { team: 'shop' },
      facts: { instanceType: 'r6g.large.search', nodes: 3, masterNodes: 3, warmNodes: 0, gigabytesEach: 100 },
    })
    expect(from(search.id)).toEqual([`encrypted with ${of('kms', 'key/k-1')}`])
    expect(seen.resources.map(({ name }) => name)).not.toContain('gone')
    const warehouse = found(of('redshift', 'cluster:lake'))
    expect(warehouse).toMatchObject({
      state: 'paused',
      billedAs: [of('redshift', 'cluster:lake'), of('redshift', 'namespace:n-1')],
      facts: { nodeType: 'ra3.xlplus', nodes: 2 },
    })
    const endpoint = found(of('sagemaker', 'endpoint/rank'))
    expect(endpoint).toMatchObject({
      facts: { configuration: 'rank-1', variant: 'all', instances: 2, instanceType: 'ml.g5.xlarge' },
    })
    const notebook = found(of('sagemaker', 'notebook-instance/ann'))
    expect(notebook).toMatchObject({ state: 'inservice', facts: { instanceType: 'ml.t3.medium' } })
    const desktop = found('ws-1')
    expect(desktop).toMatchObject({
      arn: of('workspaces', 'workspace/ws-1'),
      tags: { team: 'shop' },
      facts: { user: 'ann', runningMode: 'ALWAYS_ON', rootGigabytes: 80 },
    })
    const asked = [search, warehouse, endpoint, notebook, desktop].map((one) =>
      metricsOf(one).map(({ metric, statistic, dimensions }) => [
        metric,
        statistic,
        Object.values(dimensions).join(' '),
      ]),
    )
    expect(asked).toEqual([
      [
        ['SearchRate', 'Maximum', 'find 111122223333'],
        ['IndexingRate', 'Maximum', 'find 111122223333'],
        ['CPUUtilization', 'Maximum', 'find 111122223333'],
        ['JVMMemoryPressure', 'Maximum', 'find 111122223333'],
        ['FreeStorageSpace', 'Minimum', 'find 111122223333'],
      ],
      [
        ['DatabaseConnections', 'Maximum', 'lake'],
        ['CPUUtilization', 'Average', 'lake'],
        ['CPUUtilization', 'Maximum', 'lake'],
        ['PercentageDiskSpaceUsed', 'Maximum', 'lake'],
      ],
      [['Invocations', 'Sum', 'rank all']],
      [
        ['CPUUtilization', 'Average', 'ann'],
        ['CPUUtilization', 'Maximum', 'ann'],
      ],
      [['UserConnected', 'Maximum', 'ws-1']],
    ])
    expect(metricsOf({ ...endpoint, facts: { ...endpoint.facts, variants: 2 } })).toEqual([])
  })

  test('keys and secrets by when they were used last, and commitments by when they end', () => {
    expect(found(of('kms', 'key/k-1'))).toMatchObject({
      name: 'orders',
      state: 'enabled',
      tags: { team: 'shop' },
      facts: { lastUsed: at, lastUsedFor: 'Decrypt', usageKnownSince: at },
    })
    expect(found(of('kms', 'key/k-2'))).toMatchObject({ state: 'pendingdeletion', facts: { deletionAt: at } })
    expect(found(of('kms', 'key/k-2')).facts.lastUsed).toBeUndefined()
    expect(seen.resources.map(({ id }) => id)).not.toContain(of('kms', 'key/k-aws'))
    expect(found(of('secretsmanager', 'secret:db-AbCdEf'))).toMatchObject({
      name: 'db',
      managedBy: 'rds',
      tags: { team: 'shop' },
      facts: { lastUsed: at, rotates: false },
    })
    expect(found('arn:aws:savingsplans::111122223333:savingsplan/sp-1')).toMatchObject({
      region: 'global',
      state: 'active',
      tags: { team: 'finance' },
      facts: { type: 'Compute', commitmentAnHour: '1.23456789', ends: '2026-12-31T23:59:59.000Z' },
    })
  })
})
