import type { ListedObject } from '../aws/list-objects'
import type { ObjectStore } from './object-store'
import type { PeriodPlan } from './plan-period'

export function objectsOf(plan: PeriodPlan): readonly ListedObject[] {
  return plan.manifest ? [...plan.data, plan.manifest] : plan.data
}

/** How much is still to come, parts of an earlier try not counted. */
export async function bytesToFetch(plans: readonly PeriodPlan[], store: ObjectStore): Promise<number> {
  let bytes = 0
  for (const plan of plans) {
    if (plan.missing.length > 0) continue
    for (const object of objectsOf(plan)) bytes += object.bytes - (await store.bytesHere(object))
  }
  return bytes
}
