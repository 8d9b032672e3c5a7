import type { Cluster } from '@aws-sdk/client-redshift'
import { arnOf } from '../arn'
import type { CollectContext, Collector, ResourceDraft } from '../collector'
import { everyPage } from '../pages'
import { resource, tagsOf } from '../resource-draft'

const clusterArn = (context: CollectContext, { ClusterIdentifier }: Cluster) =>
  arnOf(context, 'redshift', `cluster:${ClusterIdentifier}`)

export const warehouses: Collector = {
  service: 'redshift',
  part: 'clusters',
  scope: 'region',
  actions: ['redshift:DescribeClusters'],
  async collect(context) {
    const { DescribeClustersCommand, RedshiftClient } = await import('@aws-sdk/client-redshift')
    const client = await context.session.client(
      'redshift',
      context.region,
      async (config) => new RedshiftClient(config),
    )
    const found = await everyPage(context, {
      ask: (Marker) =>
        client.send(new DescribeClustersCommand({ Marker, MaxRecords: 100 }), {
          abortSignal: context.signal,
        }),
      items: ({ Clusters }) => Clusters,
      next: ({ Marker }) => Marker,
    })
    return {
      resources: found.map((cluster) => warehouseOf(cluster, clusterArn(context, cluster))),
      relations: found.flatMap((cluster) => {
        const from = clusterArn(context, cluster)
        return [
          ...(cluster.VpcId ? [{ from, relation: 'in VPC', to: cluster.VpcId }] : []),
          ...(cluster.KmsKeyId ? [{ from, relation: 'encrypted with', to: cluster.KmsKeyId }] : []),
        ]
      }),
    }
  },
}

function warehouseOf(cluster: Cluster, arn: string): ResourceDraft {
  return resource({
    kind: 'warehouse',
    id: arn,
    arn,
    name: cluster.ClusterIdentifier,
    state: cluster.ClusterStatus,
    createdAt: cluster.ClusterCreateTime,
    tags: tagsOf(cluster.Tags),
    billedAs: [arn, cluster.ClusterNamespaceArn],
    facts: {
      nodeType: cluster.NodeType,
      nodes: cluster.NumberOfNodes,
      zone: cluster.AvailabilityZone,
      multiZone: cluster.MultiAZ === 'Enabled',
      snapshotDays: cluster.AutomatedSnapshotRetentionPeriod,
      copiesSnapshotsTo: cluster.ClusterSnapshotCopyStatus?.DestinationRegion,
      changing: cluster.PendingModifiedValues?.NodeType !== undefined,
    },
  })
}
