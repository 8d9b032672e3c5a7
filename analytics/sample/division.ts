import { type PlannedAnomaly, planAnomalies } from './anomalies'
import { addCharges } from './charges'
import { addCommitments, type Commitments } from './commitments'
import { Organisation } from './organisation'
import type { Item, UsageEvent } from './plan'
import { addAnalytics } from './services/analytics'
import { addFleet, addSnapshots, addSpot } from './services/compute'
import { addKeyValue, addRelational, addWarehouse } from './services/databases'
import { addKubernetes } from './services/kubernetes'
import { addMachineLearning } from './services/machine-learning'
import { addNetwork } from './services/network'
import { addObservability } from './services/observability'
import { addBasics, addStreaming } from './services/platform'
import { addLogSearch, addSearch, type Migration } from './services/search'
import { addServerless } from './services/serverless'
import { addStorage } from './services/storage'
import { type PlannedWaste, planWaste } from './waste'

/** Twelve accounts and all they use. A scale of N is N of them under one payer. */
export interface Division extends Commitments {
  readonly number: number
  readonly items: readonly Item[]
  readonly events: readonly UsageEvent[]
  readonly anomalies: readonly PlannedAnomaly[]
  readonly waste: readonly PlannedWaste[]
  readonly migration: Migration
}

export function planDivision(seed: number, number: number, since: string, until: string): Division {
  const organisation = new Organisation(seed, number, since, until)
  const fleet = addFleet(organisation)
  addSpot(organisation)
  addSnapshots(organisation)
  const nodes = addKubernetes(organisation)
  const coverable = addServerless(organisation)
  const databases = addRelational(organisation)
  addKeyValue(organisation)
  addWarehouse(organisation)
  const migration = addSearch(organisation)
  addLogSearch(organisation)
  addStorage(organisation)
  addNetwork(organisation)
  addObservability(organisation)
  addBasics(organisation)
  addStreaming(organisation)
  addAnalytics(organisation)
  addMachineLearning(organisation)
  const waste = planWaste(organisation)
  const anomalies = planAnomalies(organisation)
  const commitments = addCommitments(organisation, fleet, databases, [...fleet, ...nodes, ...coverable])
  addCharges(organisation)
  return {
    number,
    items: organisation.items,
    events: anomalies.flatMap((anomaly) => anomaly.events),
    anomalies,
    waste,
    migration,
    ...commitments,
  }
}
