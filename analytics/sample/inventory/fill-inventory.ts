import type { Work } from '../../engine/work'
import { loadScan } from '../../inventory/load-scan'
import { loadCoverage } from '../../inventory/record-metrics'
import { writeScan } from '../../inventory/write-scan'
import { planDivision } from '../division'
import { planInventory } from './plan-inventory'
import { writeSampleMetrics } from './write-metrics'

export interface InventoryOptions {
  readonly seed: number
  readonly scale: number
  /** The first day of the sample and the day after its last. */
  readonly since: string
  readonly until: string
}

/** What scans of the sample's accounts would have left in the workspace. */
export async function fillInventory(options: InventoryOptions, work: Work): Promise<void> {
  const { seed, scale, since, until } = options
  const { home } = work.store
  const connection = await work.store.connect()
  try {
    for (let number = 0; number < scale; number += 1) {
      work.signal.throwIfAborted()
      work.progress({ stage: 'Writing the inventory', done: number, total: scale, unit: 'steps' })
      const { resources, relations } = planInventory(planDivision(seed, number, since, until), seed, until)
      for (const account of new Set(resources.map(({ resource }) => resource.account))) {
        const { id } = await writeScan(home, {
          id: `sample-${account}`,
          account,
          profile: null,
          at: `${until}T00:00:00.000Z`,
          resources: resources.flatMap(({ resource }) => (resource.account === account ? [resource] : [])),
          relations: relations.filter((relation) => relation.account === account),
        })
        await loadScan({ id }, work)
      }
      // Of the first twelve accounts only: metrics are by far the most of it, and the same again in the others.
      if (number === 0) await writeSampleMetrics(connection, home, resources, until, work.signal)
    }
    await loadCoverage(connection, home)
  } finally {
    connection.closeSync()
  }
}
