import type { ImportedPeriod, ImportReport, ImportWarning } from '../contract/imports'
import { type Result, succeed } from '../contract/result'
import type { Work } from '../engine/work'
import { loadEveryScan } from '../inventory/load-scan'
import { loadCoverage } from '../inventory/record-metrics'
import { joinToFormer, restoreFormer } from './former-deliveries'
import { importStaged } from './run-import'
import { listStaged } from './stage'

/** Reads everything in the workspace's own copies again; what is already in stays as it is. */
export async function rebuildWarehouse(_input: unknown, work: Work): Promise<Result<ImportReport>> {
  const staged = await listStaged(work.store.home)
  const connection = await work.store.connect()
  const imports: ImportedPeriod[] = []
  const warnings: ImportWarning[] = []
  try {
    await restoreFormer(connection, work.store.home)
    for (const [index, set] of staged.entries()) {
      const tell = (part: number) =>
        work.progress({
          stage: `Reading ${set.source} ${set.period ?? ''}`,
          done: index + part,
          total: staged.length,
          unit: 'periods',
        })
      tell(0)
      const done = await importStaged(connection, set, work, warnings, tell)
      imports.push(...done)
      if (done.some(({ state }) => state !== 'unchanged')) await joinToFormer(connection, set)
    }
    await loadEveryScan(connection, work.store.home)
    await loadCoverage(connection, work.store.home)
    return succeed({ imports, warnings })
  } finally {
    connection.closeSync()
  }
}
