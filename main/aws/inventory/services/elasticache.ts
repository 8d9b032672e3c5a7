import type { CacheCluster, ElastiCacheClient, ReplicationGroup } from '@aws-sdk/client-elasticache'
import type { CollectContext, Collector, ResourceDraft } from '../collector'
import { everyPage } from '../pages'
import { resource } from '../resource-draft'
import { tagsByArn } from '../tagging'

async function clientOf({ session, region }: CollectContext): Promise<ElastiCacheClient> {
  return await session.client('elasticache', region, async (config) => {
    const { ElastiCacheClient } = await import('@aws-sdk/client-elasticache')
    return new ElastiCacheClient(config)
  })
}

export const cacheClusters: Collector = {
  service: 'elasticache',
  part: 'cache-clusters',
  scope: 'region',
  actions: ['elasticache:DescribeCacheClusters', 'tag:GetResources'],
  async collect(context) {
    const { DescribeCacheClustersCommand } = await import('@aws-sdk/client-elasticache')
    const client = await clientOf(context)
    const found = await everyPage(context, {
      ask: (Marker) =>
        client.send(new DescribeCacheClustersCommand({ Marker, MaxRecords: 100 }), {
          abortSignal: context.signal,
        }),
      items: ({ CacheClusters }) => CacheClusters,
      next: ({ Marker }) => Marker,
    })
    if (found.length === 0) return { resources: [], relations: [] }
    const tags = await tagsByArn(context, 'elasticache:cluster')
    return {
      resources: found.map((cluster) => clusterOf(cluster, tags.get(cluster.ARN ?? ''))),
      relations: found.flatMap(({ ARN = '', ReplicationGroupId }) =>
        ReplicationGroupId
          ? [
              {
                from: ARN,
                relation: 'member of',
                to: ARN.replace(/:cluster:.*$/, `:replicationgroup:${ReplicationGroupId}`),
              },
            ]
          : [],
      ),
    }
  },
}

function clusterOf(cluster: CacheCluster, tags: Record<string, string> | undefined): ResourceDraft {
  return resource({
    kind: 'cache-cluster',
    id: cluster.ARN,
    arn: cluster.ARN,
    name: cluster.CacheClusterId,
    state: cluster.CacheClusterStatus,
    createdAt: cluster.CacheClusterCreateTime,
    tags,
    facts: {
      engine: cluster.Engine,
      engineVersion: cluster.EngineVersion,
      nodeType: cluster.CacheNodeType,
      nodes: cluster.NumCacheNodes,
      zone: cluster.PreferredAvailabilityZone,
      replicationGroup: cluster.ReplicationGroupId,
      snapshotDays: cluster.SnapshotRetentionLimit,
    },
  })
}

export const replicationGroups: Collector = {
  service: 'elasticache',
  part: 'replication-groups',
  scope: 'region',
  actions: ['elasticache:DescribeReplicationGroups', 'tag:GetResources'],
  async collect(context) {
    const { DescribeReplicationGroupsCommand } = await import('@aws-sdk/client-elasticache')
    const client = await clientOf(context)
    const found = await everyPage(context, {
      ask: (Marker) =>
        client.send(new DescribeReplicationGroupsCommand({ Marker, MaxRecords: 100 }), {
          abortSignal: context.signal,
        }),
      items: ({ ReplicationGroups }) => ReplicationGroups,
      next: ({ Marker }) => Marker,
    })
    if (found.length === 0) return { resources: [], relations: [] }
    const tags = await tagsByArn(context, 'elasticache:replicationgroup')
    return {
      resources: found.map((group) => replicationGroupOf(group, tags.get(group.ARN ?? ''))),
      relations: [],
    }
  },
}

function replicationGroupOf(
  group: ReplicationGroup,
  tags: Record<string, string> | undefined,
): ResourceDraft {
  return resource({
    kind: 'replication-group',
    id: group.ARN,
    arn: group.ARN,
    name: group.ReplicationGroupId,
    state: group.Status,
    createdAt: group.ReplicationGroupCreateTime,
    tags,
    facts: {
      engine: group.Engine,
      nodeType: group.CacheNodeType,
      shards: group.NodeGroups?.length ?? 0,
      members: group.MemberClusters?.length ?? 0,
      clusterMode: group.ClusterEnabled,
      multiZone: group.MultiAZ,
      snapshotDays: group.SnapshotRetentionLimit,
    },
  })
}
