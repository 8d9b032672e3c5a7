import { join } from 'node:path'
import type { DemoReport, DemoRequest } from '../contract/imports'
import { type Result, succeed } from '../contract/result'
import type { Work } from '../engine/work'
import { runImport } from '../ingest/run-import'
import { fillInventory } from './inventory/fill-inventory'
import { writeSampleOrganisation } from './write-sample'

const defaultSeed = 7

/** Writes the sample organisation's export into the workspace, brings it in through the importer, and adds what runs. */
export async function fillWithSample(request: DemoRequest, work: Work): Promise<Result<DemoReport>> {
  const folder = join(work.store.home, 'sample')
  const until = request.until ?? new Date().toISOString().slice(0, 10)
  const seed = request.seed ?? defaultSeed
  const scale = request.scale ?? 1
  const written = await writeSampleOrganisation({
    folder,
    until,
    seed,
    scale,
    onProgress: work.progress,
    signal: work.signal,
  })
  const imported = await runImport({ paths: [written.exportRoot] }, work)
  if (!imported.ok) return imported
  await fillInventory({ seed, scale, since: `${written.periods[0]}-01`, until }, work)
  return succeed({ folder: written.exportRoot, answers: written.answersFile, ...imported.value })
}
