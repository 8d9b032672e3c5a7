import { join } from 'node:path'
import type { ImportRequest } from '../contract/application'
import type { ImportedPeriod, ImportReport, ImportWarning } from '../contract/imports'
import { type Failure, type Result, succeed } from '../contract/result'
import type { Work } from '../engine/work'
import { type Connection, InterruptedError } from '../store/connection'
import { type DetectedPeriod, detectSet, isDamage, unreadableFile } from './detect-set'
import { type ExportSet, type Found, findExports, readFailure } from './find-exports'
import { readImports, withoutInternals } from './import-records'
import { loadPeriod } from './load-period'
import { removeStaged, removeSuperseded, type StagedSet, stageSet } from './stage'

/** Brings in whatever the paths hold. What cannot be taken is a warning; the rest goes in all the same. */
export async function runImport({ paths }: ImportRequest, work: Work): Promise<Result<ImportReport>> {
  const found: Found[] = []
  for (const path of paths) {
    const one = await findExports(path)
    if (!one.ok) return one
    found.push(one.value)
  }
  const warnings: ImportWarning[] = found.flatMap(({ refused, notes }) => [
    ...refused.map(({ file, failure }) => toWarning(failure, file)),
    ...notes,
  ])
  const sets = found.flatMap(({ sets }) => sets)
  const done = await importSets(sets, work, warnings)
  if (!done.ok) return done
  if (done.value.length === 0 && warnings[0]) {
    const { code, message } = warnings[0]
    return {
      ok: false,
      failure: { code, message, hint: 'Nothing was imported; what was there is unchanged.' },
    }
  }
  return succeed({ imports: [...done.value], warnings })
}

async function importSets(
  sets: readonly ExportSet[],
  work: Work,
  warnings: ImportWarning[],
): Promise<Result<readonly ImportedPeriod[]>> {
  const connection = await work.store.connect()
  const imported: ImportedPeriod[] = []
  try {
    for (const [index, set] of sets.entries()) {
      const label = set.period ?? set.source
      const tell = (stage: string, part: number) =>
        work.progress({
          stage: `${stage} ${label}`,
          done: index + Math.min(part, 1),
          total: sets.length,
          unit: 'periods',
        })
      const unchanged = await alreadyIn(connection, set)
      if (unchanged.length > 0) {
        imported.push(...unchanged)
        continue
      }
      const bytes = Math.max(
        1,
        set.files.reduce((sum, file) => sum + file.bytes, 0),
      )
      let copied = 0
      tell('Copying', 0)
      const staged = await stageSet(work.store.home, set, work.signal, (chunk) => {
        copied += chunk
        tell('Copying', (copied / bytes) * 0.2)
      })
      try {
        imported.push(
          ...(await importStaged(connection, staged, work, warnings, (part) =>
            tell('Reading', 0.2 + part * 0.8),
          )),
        )
      } finally {
        await tidy(connection, work.store.home, staged)
      }
    }
    await connection.run('CHECKPOINT warehouse')
    work.progress({ stage: 'Done', done: sets.length, total: sets.length, unit: 'periods' })
    return succeed(imported)
  } catch (error) {
    if (work.signal.aborted) throw error
    return readFailure(sets[0]?.origin ?? '', error)
  } finally {
    connection.closeSync()
  }
}

/** Everything of one staged set, period by period. */
export async function importStaged(
  connection: Connection,
  staged: StagedSet,
  work: Work,
  warnings: ImportWarning[],
  tell: (part: number) => void,
): Promise<readonly ImportedPeriod[]> {
  const detected = await detectSet(connection, staged)
  if (!detected.ok) {
    warnings.push(toWarning(detected.failure, staged.origin))
    return []
  }
  const imported: ImportedPeriod[] = []
  const { columns, periods, rowsWithoutPeriod, rowsByFile } = detected.value
  if (rowsWithoutPeriod > 0) {
    warnings.push({
      code: 'rows-without-period',
      message: `${rowsWithoutPeriod} ${rowsWithoutPeriod === 1 ? 'row' : 'rows'} of ${staged.origin} name no billing month or no payer and are in no total.`,
      file: staged.origin,
    })
  }
  for (const [index, period] of periods.entries()) {
    const same = await sameContent(connection, staged, period)
    if (same) {
      imported.push(same)
      continue
    }
    const stop = watchProgress(connection, (part) => tell((index + part) / periods.length))
    try {
      const loaded = await loadPeriod(
        work.store,
        connection,
        { set: staged, columns, rowsByFile, ...period },
        work.signal,
      )
      work.dataChanged(loaded.dataVersion)
      const record = (await readImports(connection, { id: loaded.importId }))[0]
      if (record) imported.push({ ...withoutInternals(record), state: loaded.state })
      for (const check of loaded.checks) {
        if (!check.ok)
          warnings.push({
            code: check.name,
            message: `${period.period}: ${check.detail}`,
            file: staged.origin,
          })
      }
    } catch (error) {
      if (error instanceof InterruptedError || !isDamage(staged, error)) throw error
      const refused = unreadableFile(staged, error)
      if (!refused.ok) warnings.push(toWarning(refused.failure, staged.origin))
    } finally {
      stop()
    }
  }
  return imported
}

/** The same files as last time, told by name, size and time alone: nothing has to be read. */
async function alreadyIn(connection: Connection, set: ExportSet): Promise<readonly ImportedPeriod[]> {
  const candidates = await readImports(connection, { source: set.source })
  const unchanged: ImportedPeriod[] = []
  let rowsInFiles = 0
  for (const candidate of candidates) {
    if (set.period !== null && candidate.period !== set.period) continue
    const files = await connection.rows(
      'SELECT origin, bytes, origin_modified_ms, "rows" FROM import_files WHERE import_id = ?',
      [candidate.id],
    )
    const known = new Set(files.map((file) => `${file.origin}\0${file.bytes}\0${file.origin_modified_ms}`))
    const same =
      known.size === set.files.length &&
      candidate.verified === (set.manifest !== null) &&
      set.files.every((file) => known.has(`${file.path}\0${file.bytes}\0${file.modifiedMs}`))
    if (!same) continue
    unchanged.push({ ...withoutInternals(candidate), state: 'unchanged' })
    rowsInFiles = files.reduce((sum, file) => sum + Number(file.rows), 0)
  }
  // Files of several months or payers may have been cut short after the first of them.
  const rowsIn = unchanged.reduce((sum, { rows, rejected }) => sum + rows + rejected, 0)
  return rowsIn === rowsInFiles ? unchanged : []
}

/** Other files, or the same ones touched, with the same bytes in them. */
async function sameContent(
  connection: Connection,
  staged: StagedSet,
  period: DetectedPeriod,
): Promise<ImportedPeriod | null> {
  const row = await connection.first(
    `SELECT id FROM imports WHERE in_force AND source = ? AND payer = ? AND period = ? AND fingerprint = ? AND verified = ?`,
    [staged.source, period.payer, period.period, staged.fingerprint, staged.verified],
  )
  const record = row && (await readImports(connection, { id: Number(row.id) }))[0]
  return record ? { ...withoutInternals(record), state: 'unchanged' } : null
}

/** Keeps the copy that the figures stand on and no other. */
async function tidy(connection: Connection, home: string, staged: StagedSet): Promise<void> {
  const referenced = await referencedFolders(connection, home)
  if (referenced.has(staged.folder)) await removeSuperseded(staged, referenced)
  else await removeStaged(staged.folder, referenced)
}

export async function referencedFolders(connection: Connection, home: string): Promise<ReadonlySet<string>> {
  const rows = await connection.rows('SELECT DISTINCT folder FROM imports WHERE in_force')
  return new Set(rows.map(({ folder }) => join(home, ...String(folder).split('/'))))
}

function watchProgress(connection: Connection, tell: (part: number) => void): () => void {
  const timer = setInterval(() => tell(connection.progress() ?? 0), 200)
  return () => clearInterval(timer)
}

function toWarning(failure: Failure, file: string): ImportWarning {
  return { code: failure.code, message: `${failure.message}${failure.hint ? ` ${failure.hint}` : ''}`, file }
}
