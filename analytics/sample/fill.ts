import { join } from 'node:path'
import type { DemoReport, DemoRequest } from '../contract/imports'
import { type Result, succeed } from '../contract/result'
import type { Work } from '../engine/work'
import { runImport } from '../ingest/run-import'
import { writeSampleOrganisation } from './write-sample'

const defaultSeed = 7

/** Writes the sample organisation's export into the workspace and brings it in through the importer. */
export async function fillWithSample(request: DemoRequest, work: Work): Promise<Result<DemoReport>> {
  const folder = join(work.store.home, 'sample')
  const written = await writeSampleOrganisation({
    folder,
    until: request.until ?? new Date().toISOString().slice(0, 10),
    seed: request.seed ?? defaultSeed,
    scale: request.scale ?? 1,
    onProgress: work.progress,
    signal: work.signal,
  })
  const imported = await runImport({ paths: [written.exportRoot] }, work)
  if (!imported.ok) return imported
  return succeed({ folder: written.exportRoot, answers: written.answersFile, ...imported.value })
}
