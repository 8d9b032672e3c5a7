import type { Collector } from './collector'
import { autoScalingGroups } from './services/auto-scaling'
import { tables } from './services/dynamodb'
import { images, instances, launchTemplates, reservedInstances } from './services/ec2-compute'
import { addresses, endpoints, natGateways, routeTables } from './services/ec2-network'
import { snapshots, volumes } from './services/ec2-storage'
import { clusters, services } from './services/ecs'
import { cacheClusters, replicationGroups } from './services/elasticache'
import { functions } from './services/lambda'
import { classicLoadBalancers, loadBalancers, targetGroups } from './services/load-balancing'
import { logGroups } from './services/logs'
import { dbClusters, dbInstances, dbSnapshots, reservedDbInstances } from './services/rds'
import { buckets } from './services/s3'

/** Everything a scan looks at. */
export const collectors: readonly Collector[] = [
  instances,
  images,
  launchTemplates,
  reservedInstances,
  volumes,
  snapshots,
  addresses,
  natGateways,
  endpoints,
  routeTables,
  loadBalancers,
  targetGroups,
  classicLoadBalancers,
  autoScalingGroups,
  dbInstances,
  dbClusters,
  dbSnapshots,
  reservedDbInstances,
  tables,
  functions,
  clusters,
  services,
  buckets,
  logGroups,
  cacheClusters,
  replicationGroups,
]
