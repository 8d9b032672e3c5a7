import type { DBCluster, DBInstance, DBSnapshot, RDSClient, ReservedDBInstance } from '@aws-sdk/client-rds'
import type { CollectContext, Collector, RelationDraft, ResourceDraft } from '../collector'
import { everyPage } from '../pages'
import { resource, tagsOf } from '../resource-draft'

async function clientOf({ session, region }: CollectContext): Promise<RDSClient> {
  return await session.client('rds', region, async (config) => {
    const { RDSClient } = await import('@aws-sdk/client-rds')
    return new RDSClient(config)
  })
}

const size = 100

export const dbInstances: Collector = {
  service: 'rds',
  part: 'instances',
  scope: 'region',
  actions: ['rds:DescribeDBInstances'],
  async collect(context) {
    const { DescribeDBInstancesCommand } = await import('@aws-sdk/client-rds')
    const client = await clientOf(context)
    const found = await everyPage(context, {
      ask: (Marker) =>
        client.send(new DescribeDBInstancesCommand({ Marker, MaxRecords: size }), {
          abortSignal: context.signal,
        }),
      items: ({ DBInstances }) => DBInstances,
      next: ({ Marker }) => Marker,
    })
    return { resources: found.map(instanceOf), relations: found.flatMap(instanceRelations) }
  },
}

function instanceOf(db: DBInstance): ResourceDraft {
  return resource({
    kind: 'db-instance',
    id: db.DBInstanceArn,
    arn: db.DBInstanceArn,
    name: db.DBInstanceIdentifier,
    state: db.DBInstanceStatus,
    createdAt: db.InstanceCreateTime,
    tags: tagsOf(db.TagList),
    facts: {
      engine: db.Engine,
      engineVersion: db.EngineVersion,
      lifecycleSupport: db.EngineLifecycleSupport,
      instanceClass: db.DBInstanceClass,
      multiZone: db.MultiAZ,
      zone: db.AvailabilityZone,
      storageType: db.StorageType,
      gigabytes: db.AllocatedStorage,
      iops: db.Iops,
      throughput: db.StorageThroughput,
      mostGigabytes: db.MaxAllocatedStorage,
      encrypted: db.StorageEncrypted,
      licence: db.LicenseModel,
      cluster: db.DBClusterIdentifier,
      replicas: db.ReadReplicaDBInstanceIdentifiers?.length ?? 0,
      replicaOf: db.ReadReplicaSourceDBInstanceIdentifier,
      backupDays: db.BackupRetentionPeriod,
      deletionProtection: db.DeletionProtection,
      performanceInsights: db.PerformanceInsightsEnabled,
      pendingChanges: Object.keys(db.PendingModifiedValues ?? {}).length > 0,
    },
  })
}

function instanceRelations(db: DBInstance): RelationDraft[] {
  const from = db.DBInstanceArn ?? ''
  const cluster = db.DBClusterIdentifier && from.replace(/:db:.*$/, `:cluster:${db.DBClusterIdentifier}`)
  const source = db.ReadReplicaSourceDBInstanceIdentifier
  return [
    ...(cluster ? [{ from, relation: 'member of', to: cluster }] : []),
    ...(source
      ? [
          {
            from,
            relation: 'replica of',
            to: source.startsWith('arn:') ? source : from.replace(/:db:.*$/, `:db:${source}`),
          },
        ]
      : []),
    ...(db.KmsKeyId ? [{ from, relation: 'encrypted with', to: db.KmsKeyId }] : []),
    ...(db.DBSubnetGroup?.VpcId ? [{ from, relation: 'in VPC', to: db.DBSubnetGroup.VpcId }] : []),
  ]
}

export const dbClusters: Collector = {
  service: 'rds',
  part: 'clusters',
  scope: 'region',
  actions: ['rds:DescribeDBClusters'],
  async collect(context) {
    const { DescribeDBClustersCommand } = await import('@aws-sdk/client-rds')
    const client = await clientOf(context)
    const found = await everyPage(context, {
      ask: (Marker) =>
        client.send(new DescribeDBClustersCommand({ Marker, MaxRecords: size }), {
          abortSignal: context.signal,
        }),
      items: ({ DBClusters }) => DBClusters,
      next: ({ Marker }) => Marker,
    })
    return {
      resources: found.map(clusterOf),
      relations: found.flatMap(({ DBClusterArn = '', KmsKeyId }) =>
        KmsKeyId ? [{ from: DBClusterArn, relation: 'encrypted with', to: KmsKeyId }] : [],
      ),
    }
  },
}

function clusterOf(cluster: DBCluster): ResourceDraft {
  return resource({
    kind: 'db-cluster',
    id: cluster.DBClusterArn,
    arn: cluster.DBClusterArn,
    name: cluster.DBClusterIdentifier,
    state: cluster.Status,
    createdAt: cluster.ClusterCreateTime,
    tags: tagsOf(cluster.TagList),
    // The bill names a cluster by its resource id.
    billedAs: [
      cluster.DBClusterArn,
      cluster.DBClusterArn?.replace(/:cluster:.*$/, `:cluster:${cluster.DbClusterResourceId}`),
    ],
    facts: {
      engine: cluster.Engine,
      engineVersion: cluster.EngineVersion,
      engineMode: cluster.EngineMode,
      storageType: cluster.StorageType,
      members: cluster.DBClusterMembers?.length ?? 0,
      multiZone: cluster.MultiAZ,
      leastCapacity: cluster.ServerlessV2ScalingConfiguration?.MinCapacity,
      mostCapacity: cluster.ServerlessV2ScalingConfiguration?.MaxCapacity,
      backupDays: cluster.BackupRetentionPeriod,
      deletionProtection: cluster.DeletionProtection,
    },
  })
}

export const dbSnapshots: Collector = {
  service: 'rds',
  part: 'snapshots',
  scope: 'region',
  actions: ['rds:DescribeDBSnapshots'],
  async collect(context) {
    const { DescribeDBSnapshotsCommand } = await import('@aws-sdk/client-rds')
    const client = await clientOf(context)
    // Automatic ones come and go with their instance; only these stay until somebody deletes them.
    const found = await everyPage(context, {
      ask: (Marker) =>
        client.send(new DescribeDBSnapshotsCommand({ SnapshotType: 'manual', Marker, MaxRecords: size }), {
          abortSignal: context.signal,
        }),
      items: ({ DBSnapshots }) => DBSnapshots,
      next: ({ Marker }) => Marker,
    })
    return {
      resources: found.map(snapshotOf),
      relations: found.flatMap(({ DBSnapshotArn = '', DBInstanceIdentifier }) =>
        DBInstanceIdentifier
          ? [
              {
                from: DBSnapshotArn,
                relation: 'taken of',
                to: DBSnapshotArn.replace(/:snapshot:.*$/, `:db:${DBInstanceIdentifier}`),
              },
            ]
          : [],
      ),
    }
  },
}

function snapshotOf(snapshot: DBSnapshot): ResourceDraft {
  return resource({
    kind: 'db-snapshot',
    id: snapshot.DBSnapshotArn,
    arn: snapshot.DBSnapshotArn,
    name: snapshot.DBSnapshotIdentifier,
    state: snapshot.Status,
    createdAt: snapshot.SnapshotCreateTime,
    tags: tagsOf(snapshot.TagList),
    facts: {
      engine: snapshot.Engine,
      gigabytes: snapshot.AllocatedStorage,
      encrypted: snapshot.Encrypted,
      sourceRegion: snapshot.SourceRegion,
    },
  })
}

export const reservedDbInstances: Collector = {
  service: 'rds',
  part: 'reserved-instances',
  scope: 'region',
  actions: ['rds:DescribeReservedDBInstances'],
  async collect(context) {
    const { DescribeReservedDBInstancesCommand } = await import('@aws-sdk/client-rds')
    const client = await clientOf(context)
    const found = await everyPage(context, {
      ask: (Marker) =>
        client.send(new DescribeReservedDBInstancesCommand({ Marker, MaxRecords: size }), {
          abortSignal: context.signal,
        }),
      items: ({ ReservedDBInstances }) => ReservedDBInstances,
      next: ({ Marker }) => Marker,
    })
    return { resources: found.map(reservationOf), relations: [] }
  },
}

function reservationOf(reserved: ReservedDBInstance): ResourceDraft {
  const { StartTime, Duration } = reserved
  return resource({
    kind: 'reservation',
    id: reserved.ReservedDBInstanceArn,
    arn: reserved.ReservedDBInstanceArn,
    name: reserved.ReservedDBInstanceId,
    state: reserved.State,
    createdAt: StartTime,
    facts: {
      ends: StartTime && Duration ? new Date(StartTime.getTime() + Duration * 1_000) : undefined,
      instanceType: reserved.DBInstanceClass,
      count: reserved.DBInstanceCount,
      multiZone: reserved.MultiAZ,
      engine: reserved.ProductDescription,
      offeringType: reserved.OfferingType,
    },
  })
}
