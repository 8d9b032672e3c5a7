import type { CloudState } from '../../testing/cloud/cloud-state'

/** One of each of the managed services, as AWS tells it. */
export function fillManaged(state: CloudState, region: string): void {
  const of = (service: string, rest: string) => `arn:aws:${service}:${region}:111122223333:${rest}`
  const time = new Date(Date.UTC(2026, 1, 3, 4, 5, 6))
  const put = (name: string, item: Record<string, unknown>) => state.put(region, name, item)
  put('eksClusters', {
    name: 'shop',
    arn: of('eks', 'cluster/shop'),
    status: 'ACTIVE',
    createdAt: time,
    version: '1.29',
    upgradePolicy: { supportType: 'EXTENDED' },
    resourcesVpcConfig: { vpcId: 'vpc-1' },
    tags: { team: 'shop' },
  })
  put('nodegroups', {
    nodegroupName: 'workers',
    nodegroupArn: of('eks', 'nodegroup/shop/workers/aa-bb'),
    clusterName: 'shop',
    status: 'ACTIVE',
    instanceTypes: ['m6i.large', 'm5.large'],
    capacityType: 'SPOT',
    scalingConfig: { minSize: 1, desiredSize: 3, maxSize: 9 },
    launchTemplate: { id: 'lt-1', version: '2' },
  })
  put('DomainStatusList', {
    DomainName: 'find',
    DomainId: '111122223333/find',
    ARN: of('es', 'domain/find'),
    ClusterConfig: {
      InstanceType: 'r6g.large.search',
      InstanceCount: 3,
      DedicatedMasterEnabled: true,
      DedicatedMasterType: 'm6g.large.search',
      DedicatedMasterCount: 3,
      WarmEnabled: false,
    },
    EBSOptions: { EBSEnabled: true, VolumeType: 'gp2', VolumeSize: 100 },
    EncryptionAtRestOptions: { Enabled: true, KmsKeyId: of('kms', 'key/k-1') },
  })
  put('DomainStatusList', {
    DomainName: 'gone',
    ARN: of('es', 'domain/gone'),
    Deleted: true,
    ClusterConfig: {},
  })
  put('Clusters', {
    ClusterIdentifier: 'lake',
    ClusterStatus: 'paused',
    ClusterCreateTime: time,
    NodeType: 'ra3.xlplus',
    NumberOfNodes: 2,
    ClusterNamespaceArn: of('redshift', 'namespace:n-1'),
    Tags: [{ Key: 'team', Value: 'data' }],
  })
  put('Endpoints', {
    EndpointName: 'rank',
    EndpointArn: of('sagemaker', 'endpoint/rank'),
    EndpointStatus: 'InService',
    EndpointConfigName: 'rank-1',
    CreationTime: time,
    LastModifiedTime: time,
    ProductionVariants: [{ VariantName: 'all', CurrentInstanceCount: 2 }],
  })
  put('EndpointConfigs', {
    EndpointConfigName: 'rank-1',
    EndpointConfigArn: of('sagemaker', 'endpoint-config/rank-1'),
    CreationTime: time,
    ProductionVariants: [{ VariantName: 'all', ModelName: 'rank', InstanceType: 'ml.g5.xlarge' }],
  })
  put('NotebookInstances', {
    NotebookInstanceName: 'ann',
    NotebookInstanceArn: of('sagemaker', 'notebook-instance/ann'),
    NotebookInstanceStatus: 'InService',
    InstanceType: 'ml.t3.medium',
    CreationTime: time,
  })
  const key = (KeyId: string, more: object) =>
    put('Keys', { KeyId, KeyArn: of('kms', `key/${KeyId}`), Arn: of('kms', `key/${KeyId}`), ...more })
  key('k-1', {
    KeyManager: 'CUSTOMER',
    KeyState: 'Enabled',
    Description: 'orders',
    CreationDate: time,
    LastUsage: { Operation: 'Decrypt', Timestamp: time },
  })
  key('k-2', { KeyManager: 'CUSTOMER', KeyState: 'PendingDeletion', DeletionDate: time })
  key('k-aws', { KeyManager: 'AWS', KeyState: 'Enabled' })
  put('SecretList', {
    ARN: of('secretsmanager', 'secret:db-AbCdEf'),
    Name: 'db',
    CreatedDate: time,
    LastAccessedDate: time,
    OwningService: 'rds',
    Tags: [{ Key: 'team', Value: 'shop' }],
  })
  const repository = (repositoryName: string, more: object) =>
    put('repositories', { repositoryName, repositoryArn: of('ecr', `repository/${repositoryName}`), ...more })
  repository('shop', { createdAt: time, lifecyclePolicyText: '{"rules":[]}' })
  repository('old', {})
  put('imageDetails', { repositoryName: 'shop', imageDigest: 'a', imageTags: ['v1'], imageSizeInBytes: 70 })
  put('imageDetails', {
    repositoryName: 'shop',
    imageDigest: 'b',
    imageSizeInBytes: 30,
    imagePushedAt: new Date(Date.UTC(2026, 0, 1)),
    lastRecordedPullTime: time,
  })
  put('Workspaces', {
    WorkspaceId: 'ws-1',
    UserName: 'ann',
    State: 'AVAILABLE',
    ComputerName: 'WSAMZN-1',
    WorkspaceProperties: { RunningMode: 'ALWAYS_ON', ComputeTypeName: 'STANDARD', RootVolumeSizeGib: 80 },
  })
  state.put('global', 'savingsPlans', {
    savingsPlanId: 'sp-1',
    savingsPlanArn: 'arn:aws:savingsplans::111122223333:savingsplan/sp-1',
    state: 'active',
    start: '2026-01-01T00:00:00Z',
    end: '2026-12-31T23:59:59.000Z',
    savingsPlanType: 'Compute',
    paymentOption: 'No Upfront',
    currency: 'USD',
    commitment: '1.23456789',
    tags: { team: 'finance' },
  })
  for (const [ResourceARN, ResourceType] of [
    [of('es', 'domain/find'), 'es:domain'],
    [of('sagemaker', 'endpoint/rank'), 'sagemaker:endpoint'],
    [of('sagemaker', 'notebook-instance/ann'), 'sagemaker:notebook-instance'],
    [of('kms', 'key/k-1'), 'kms:key'],
    [of('ecr', 'repository/shop'), 'ecr:repository'],
    [of('workspaces', 'workspace/ws-1'), 'workspaces:workspace'],
  ])
    put('ResourceTagMappingList', { ResourceARN, ResourceType, Tags: [{ Key: 'team', Value: 'shop' }] })
}
