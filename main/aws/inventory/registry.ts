import type { Collector } from './collector'
import { autoScalingGroups } from './services/auto-scaling'
import { tables } from './services/dynamodb'
import { images, instances, launchTemplates, reservedInstances } from './services/ec2-compute'
import { addresses, endpoints, natGateways, routeTables } from './services/ec2-network'
import { snapshots, volumes } from './services/ec2-storage'
import { imageRepositories } from './services/ecr'
import { clusters, services } from './services/ecs'
import { eksClusters, nodeGroups } from './services/eks'
import { cacheClusters, replicationGroups } from './services/elasticache'
import { keys } from './services/kms'
import { functions } from './services/lambda'
import { classicLoadBalancers, loadBalancers, targetGroups } from './services/load-balancing'
import { logGroups } from './services/logs'
import { searchDomains } from './services/opensearch'
import { dbClusters, dbInstances, dbSnapshots, reservedDbInstances } from './services/rds'
import { warehouses } from './services/redshift'
import { buckets } from './services/s3'
import { modelEndpoints, notebooks } from './services/sagemaker'
import { savingsPlans } from './services/savings-plans'
import { secrets } from './services/secrets'
import { workspaces } from './services/workspaces'

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
  eksClusters,
  nodeGroups,
  searchDomains,
  warehouses,
  modelEndpoints,
  notebooks,
  keys,
  secrets,
  imageRepositories,
  workspaces,
  savingsPlans,
]
