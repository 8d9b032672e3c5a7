import type { Organisation } from '../organisation'
import type { Item, Meter } from '../plan'
import { type InstanceTypeName, instanceTypes, prices } from '../prices'
import { addInstance } from './compute'

const eks = {
  productCode: 'AmazonEKS',
  productName: 'Amazon Elastic Container Service for Kubernetes',
  family: 'Compute',
} as const

export const clusterMeter = (extended: boolean): Meter => ({
  ...eks,
  usageType: extended ? 'AmazonEKS-Hours:extendedSupport' : 'AmazonEKS-Hours:perCluster',
  operation: extended ? 'ExtendedSupport' : 'CreateOperation',
  unit: 'Hours',
  // Extended support is billed in place of the standard hour.
  usd: extended ? prices.eksExtended : prices.eksCluster,
  description: extended ? 'Amazon EKS cluster hour in extended support' : 'Amazon EKS cluster usage',
  longPrefix: true,
})

const pods: readonly (readonly [namespace: string, name: string, share: number])[] = [
  ['shop', 'orders', 0.26],
  ['shop', 'recommendations', 0.18],
  ['platform', 'ingress', 0.1],
  ['monitoring', 'collector', 0.07],
]

/** One cluster with split cost allocation: two lines an hour for each pod, whose cost is a part of its node's. */
export function addKubernetes(organisation: Organisation): readonly Item[] {
  const { shop, stage } = organisation.accounts
  const region = 'eu-west-1'
  const type: InstanceTypeName = 'm6i.4xlarge'
  const cluster = `arn:aws:eks:${region}:${shop.id}:cluster/halden-shop`
  organisation.usage({ account: shop, region, resourceId: cluster }, clusterMeter(false), { base: 1 })
  organisation.usage(
    {
      account: stage,
      region: 'us-east-1',
      resourceId: `arn:aws:eks:us-east-1:${stage.id}:cluster/halden-stage`,
    },
    clusterMeter(false),
    { base: 1 },
  )
  const nodes: Item[] = []
  // AWS weighs a processor nine times as heavy as a gigabyte when it splits an instance's cost.
  const { vcpu, memory } = instanceTypes[type]
  const cpuWeight = Math.round(((vcpu * 9) / (vcpu * 9 + memory)) * 10_000) / 10_000
  for (let index = 0; index < 5; index += 1) {
    const from = index < 3 ? organisation.since : organisation.daysAgo(260 - index * 40)
    const tags = { ...organisation.tags(shop, 'orders'), aws_eks_cluster_name: 'halden-shop' }
    const node = addInstance(organisation, { account: shop, region, tags, from }, type, 200)
    nodes.push(node)
    for (const [namespace, name, share] of pods) {
      const pod = `arn:aws:eks:${region}:${shop.id}:pod/halden-shop/${namespace}/${name}-${index}/${organisation.random.hex(8)}`
      for (const resource of ['vCPU', 'GB'] as const) {
        organisation.add('split', shop, {
          ...eks,
          region,
          usageType: `EU-EKS-EC2-${resource}-Hours`,
          operation: 'EKSPod-EC2',
          resourceId: pod,
          description: `${resource} hours of a pod on Amazon EC2`,
          unit: `${resource}-Hours`,
          from,
          base: resource === 'vCPU' ? vcpu : memory,
          parent: node.resourceId,
          share,
          weight: (resource === 'vCPU' ? cpuWeight : 1 - cpuWeight).toFixed(4),
          tags: { aws_eks_cluster_name: 'halden-shop', aws_eks_namespace: namespace, user_app: name },
          product: { product_name: eks.productName, region },
        })
      }
    }
  }
  return nodes
}
