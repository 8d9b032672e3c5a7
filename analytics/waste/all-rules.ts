import type { Rule } from './rule'
import { extendedSupport } from './rules/extended-support'
import { gp2Volume } from './rules/gp2-volume'
import { idleLoadBalancer } from './rules/idle-load-balancer'
import { idleModelEndpoint } from './rules/idle-model-endpoint'
import { idleNat } from './rules/idle-nat'
import { idleRds } from './rules/idle-rds'
import { idleVpcEndpoint } from './rules/idle-vpc-endpoint'
import { logGroupNoRetention } from './rules/log-group-no-retention'
import { oldSnapshot } from './rules/old-snapshot'
import { overProvisionedInstance } from './rules/over-provisioned-instance'
import { previousGeneration } from './rules/previous-generation'
import { unassociatedAddress } from './rules/unassociated-address'
import { unattachedVolume } from './rules/unattached-volume'
import { unusedProvisionedConcurrency } from './rules/unused-provisioned-concurrency'

/** Every rule, in the order of the catalogue. */
export const allRules: readonly Rule[] = [
  previousGeneration,
  overProvisionedInstance,
  unattachedVolume,
  gp2Volume,
  oldSnapshot,
  unassociatedAddress,
  idleNat,
  idleLoadBalancer,
  idleVpcEndpoint,
  idleRds,
  extendedSupport,
  unusedProvisionedConcurrency,
  idleModelEndpoint,
  logGroupNoRetention,
]

export function ruleById(id: string): Rule | null {
  return allRules.find((rule) => rule.id === id) ?? null
}
