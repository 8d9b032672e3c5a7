import type { Rule } from './rule'
import { amdVariant } from './rules/amd-variant'
import { burstableSurplus } from './rules/burstable-surplus'
import { cacheRightsizing } from './rules/cache-rightsizing'
import { coldBucket } from './rules/cold-bucket'
import { extendedSupport } from './rules/extended-support'
import { gp2Volume } from './rules/gp2-volume'
import { idleCache } from './rules/idle-cache'
import { idleInstance } from './rules/idle-instance'
import { idleLoadBalancer } from './rules/idle-load-balancer'
import { idleModelEndpoint } from './rules/idle-model-endpoint'
import { idleNat } from './rules/idle-nat'
import { idleRds } from './rules/idle-rds'
import { idleVolume } from './rules/idle-volume'
import { idleVpcEndpoint } from './rules/idle-vpc-endpoint'
import { logGroupNoRetention } from './rules/log-group-no-retention'
import { oldDbSnapshot } from './rules/old-db-snapshot'
import { oldSnapshot } from './rules/old-snapshot'
import { orphanImage } from './rules/orphan-image'
import { overProvisionedInstance } from './rules/over-provisioned-instance'
import { oversizedService } from './rules/oversized-service'
import { previousGeneration } from './rules/previous-generation'
import { provisionedIopsVolume } from './rules/provisioned-iops-volume'
import { rdsRightsizing } from './rules/rds-rightsizing'
import { stoppedInstance } from './rules/stopped-instance'
import { tableCapacity } from './rules/table-capacity'
import { tableClass } from './rules/table-class'
import { unassociatedAddress } from './rules/unassociated-address'
import { unattachedVolume } from './rules/unattached-volume'
import { unusedProvisionedConcurrency } from './rules/unused-provisioned-concurrency'

/** Every rule, in the order of the catalogue. */
export const allRules: readonly Rule[] = [
  idleInstance,
  overProvisionedInstance,
  previousGeneration,
  stoppedInstance,
  burstableSurplus,
  amdVariant,
  unattachedVolume,
  idleVolume,
  gp2Volume,
  provisionedIopsVolume,
  oldSnapshot,
  orphanImage,
  unassociatedAddress,
  idleNat,
  idleLoadBalancer,
  idleVpcEndpoint,
  idleRds,
  rdsRightsizing,
  oldDbSnapshot,
  extendedSupport,
  idleCache,
  cacheRightsizing,
  tableCapacity,
  tableClass,
  unusedProvisionedConcurrency,
  oversizedService,
  idleModelEndpoint,
  coldBucket,
  logGroupNoRetention,
]

export function ruleById(id: string): Rule | null {
  return allRules.find((rule) => rule.id === id) ?? null
}
