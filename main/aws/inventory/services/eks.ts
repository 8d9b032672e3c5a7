import type { Cluster, EKSClient, Nodegroup } from '@aws-sdk/client-eks'
import type { CollectContext, Collector, RelationDraft, ResourceDraft } from '../collector'
import { everyPage, inParallel, present } from '../pages'
import { resource } from '../resource-draft'

async function clientOf({ session, region }: CollectContext): Promise<EKSClient> {
  return await session.client('eks', region, async (config) => {
    const { EKSClient } = await import('@aws-sdk/client-eks')
    return new EKSClient(config)
  })
}

async function clusterNames(context: CollectContext): Promise<string[]> {
  const { ListClustersCommand } = await import('@aws-sdk/client-eks')
  const client = await clientOf(context)
  return await everyPage(context, {
    ask: (nextToken) =>
      client.send(new ListClustersCommand({ nextToken, maxResults: 100 }), { abortSignal: context.signal }),
    items: ({ clusters }) => clusters,
    next: ({ nextToken }) => nextToken,
  })
}

export const eksClusters: Collector = {
  service: 'eks',
  part: 'clusters',
  scope: 'region',
  actions: ['eks:ListClusters', 'eks:DescribeCluster'],
  async collect(context) {
    const { DescribeClusterCommand } = await import('@aws-sdk/client-eks')
    const client = await clientOf(context)
    const found = await inParallel(await clusterNames(context), 4, async (name) => {
      const { cluster } = await context.ask(() =>
        client.send(new DescribeClusterCommand({ name }), { abortSignal: context.signal }),
      )
      return present(cluster)
    })
    return {
      resources: found.map(clusterOf),
      relations: found.flatMap(({ arn = '', resourcesVpcConfig }) =>
        resourcesVpcConfig?.vpcId ? [{ from: arn, relation: 'in VPC', to: resourcesVpcConfig.vpcId }] : [],
      ),
    }
  },
}

function clusterOf(cluster: Cluster): ResourceDraft {
  return resource({
    kind: 'eks-cluster',
    id: cluster.arn,
    arn: cluster.arn,
    name: cluster.name,
    state: cluster.status,
    createdAt: cluster.createdAt,
    tags: cluster.tags,
    facts: {
      version: cluster.version,
      platformVersion: cluster.platformVersion,
      // Whether it goes on, dearer, when its version is no longer in standard support.
      supportType: cluster.upgradePolicy?.supportType,
      autoMode: cluster.computeConfig?.enabled,
      deletionProtection: cluster.deletionProtection,
    },
  })
}

export const nodeGroups: Collector = {
  service: 'eks',
  part: 'node-groups',
  scope: 'region',
  actions: ['eks:ListClusters', 'eks:ListNodegroups', 'eks:DescribeNodegroup'],
  async collect(context) {
    const { DescribeNodegroupCommand, ListNodegroupsCommand } = await import('@aws-sdk/client-eks')
    const client = await clientOf(context)
    const abort = { abortSignal: context.signal }
    const found: Nodegroup[] = []
    for (const clusterName of await clusterNames(context)) {
      const names = await everyPage(context, {
        ask: (nextToken) =>
          client.send(new ListNodegroupsCommand({ clusterName, nextToken, maxResults: 100 }), abort),
        items: ({ nodegroups }) => nodegroups,
        next: ({ nextToken }) => nextToken,
      })
      const groups = await inParallel(names, 4, async (nodegroupName) => {
        const answer = await context.ask(() =>
          client.send(new DescribeNodegroupCommand({ clusterName, nodegroupName }), abort),
        )
        return present(answer.nodegroup)
      })
      found.push(...groups)
    }
    return { resources: found.map(groupOf), relations: found.flatMap(groupRelations) }
  },
}

function groupOf(group: Nodegroup): ResourceDraft {
  return resource({
    kind: 'eks-node-group',
    id: group.nodegroupArn,
    arn: group.nodegroupArn,
    name: group.nodegroupName,
    state: group.status,
    createdAt: group.createdAt,
    tags: group.tags,
    facts: {
      cluster: group.clusterName,
      version: group.version,
      instanceTypes: group.instanceTypes?.join(', '),
      capacityType: group.capacityType,
      imageType: group.amiType,
      desired: group.scalingConfig?.desiredSize,
      least: group.scalingConfig?.minSize,
      most: group.scalingConfig?.maxSize,
      diskGigabytes: group.diskSize,
    },
  })
}

function groupRelations({
  nodegroupArn: from = '',
  clusterName,
  launchTemplate,
}: Nodegroup): RelationDraft[] {
  // arn:...:nodegroup/CLUSTER/NAME/ID beside arn:...:cluster/CLUSTER
  const cluster = from.replace(/:nodegroup\/.*$/, `:cluster/${clusterName}`)
  return [
    { from, relation: 'in cluster', to: cluster },
    ...(launchTemplate?.id ? [{ from, relation: 'launches with', to: launchTemplate.id }] : []),
  ]
}
