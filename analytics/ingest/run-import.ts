import { dirname, join } from 'node:path'
import type { ImportRequest } from '../contract/application'
import type { ImportedPeriod, ImportReport, ImportWarning } from '../contract/imports'
import { type Failure, type Result, succeed } from '../contract/result'
import type { Work } from '../engine/work'
import { checkpoint } from '../store/checkpoint'
import { type Connection, InterruptedError, isBroken } from '../store/connection'
import { sharedSpend } from './books'
import { type ExportSet, type Found, findExports } from './find-exports'
import { keepFormer } from './former-deliveries'
import { readImports, withoutInternals } from './import-records'
import { readFailure } from './list-files'
import { loadSet, NothingReadError, type Pace } from './load-set'
import { openBill, unreadableFile } from './open-bill'
import {
  FileChangedError,
  periodFolder,
  removeStaged,
  removeSuperseded,
  type StagedSet,
  stageSet,
} from './stage'
import { ZipRefused } from './zip-entry'

/** A file on which DuckDB itself failed: nothing more can be asked of this process. */
class ReaderBrokenError extends Error {
  constructor(readonly failure: Failure) {
    super(failure.message)
    this.name = 'ReaderBrokenError'
  }
}

/** Brings in whatever the paths hold. What cannot be taken is a warning; the rest goes in all the same. */
export async function runImport({ paths, copyOf }: ImportRequest, work: Work): Promise<Result<ImportReport>> {
  const found: Found[] = []
  for (const path of paths) {
    const one = await findExports(path, copyOf)
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
        await tidyPeriod(connection, work.store.home, set)
        continue
      }
      const bytes = Math.max(
        1,
        set.files.reduce((sum, file) => sum + file.bytes, 0),
      )
      let copied = 0
      await restWhenAsked(work)
      tell('Copying', 0)
      const staged = await stageOrRefuse(work, set, warnings, (chunk) => {
        copied += chunk
        tell('Copying', (copied / bytes) * 0.2)
      })
      if (staged === null) continue
      const before = await referencedFolders(connection, work.store.home)
      let broken = false
      try {
        imported.push(
          ...(await importStaged(connection, staged, work, warnings, (part) =>
            tell('Reading', 0.2 + part * 0.8),
          )),
        )
      } catch (error) {
        broken = error instanceof ReaderBrokenError
        throw error
      } finally {
        if (broken) await removeStaged(staged.folder, before)
        else await tidy(connection, work.store.home, staged)
      }
    }
    await checkpoint(connection, 'warehouse')
    work.progress({ stage: 'Done', done: sets.length, total: sets.length, unit: 'periods' })
    return succeed(imported)
  } catch (error) {
    if (work.signal.aborted) throw error
    if (error instanceof ReaderBrokenError) return { ok: false, failure: error.failure }
    return readFailure(sets[0]?.origin ?? '', error)
  } finally {
    connection.closeSync()
  }
}

/** A ZIP can turn out to be none while it is unpacked, a file can change; the other sets go in all the same. */
async function stageOrRefuse(
  work: Work,
  set: ExportSet,
  warnings: ImportWarning[],
  onBytes: (bytes: number) => void,
): Promise<StagedSet | null> {
  try {
    return await stageSet(work.store.home, set, work.signal, onBytes)
  } catch (error) {
    if (!(error instanceof ZipRefused || error instanceof FileChangedError)) throw error
    warnings.push({ code: error.code, message: error.message, file: set.origin })
    return null
  }
}

/** Everything of one staged set: one delivery, whole or not at all. */
export async function importStaged(
  connection: Connection,
  staged: StagedSet,
  work: Work,
  warnings: ImportWarning[],
  tell: (part: number) => void,
): Promise<readonly ImportedPeriod[]> {
  const same = await sameContent(connection, staged)
  if (same.length > 0) return same
  await restWhenAsked(work)
  const progress = watchProgress(connection, tell)
  try {
    const bill = await openBill(connection, staged)
    if (!bill.ok) {
      warnings.push(toWarning(bill.failure, staged.origin))
      return []
    }
    const loaded = await loadSet(work.store, connection, staged, bill.value, work.signal, progress.pace)
    const imported: ImportedPeriod[] = []
    for (const { importId, state, period, checks } of loaded.periods) {
      const record = (await readImports(connection, { id: importId }))[0]
      if (record) imported.push({ ...withoutInternals(record), state })
      for (const check of checks) {
        if (!check.ok)
          warnings.push({ code: check.name, message: `${period}: ${check.detail}`, file: staged.origin })
      }
    }
    for (const { period, counted, left } of await sharedSpend(connection, staged.source)) {
      if (!imported.some((one) => one.period === period)) continue
      warnings.push({
        code: 'same-spend',
        message: `${period} of this payer is in ${counted} and in ${left}. It is counted once, from ${counted}; choose the other with: finops sources prefer ${left}`,
        file: staged.origin,
      })
    }
    work.dataChanged(loaded.dataVersion)
    return imported
  } catch (error) {
    if (error instanceof InterruptedError || work.signal.aborted) throw error
    if (error instanceof NothingReadError) {
      warnings.push({ code: 'no-rows', message: error.message, file: staged.origin })
      return []
    }
    const refused = unreadableFile(staged, error)
    if (!refused.ok && isBroken(String(error))) throw new ReaderBrokenError(refused.failure)
    if (!refused.ok) warnings.push(toWarning(refused.failure, staged.origin))
    return []
  } finally {
    progress.stop()
  }
}

/** Before the machine sleeps nothing new is begun: the next transaction opens after it. */
async function restWhenAsked({ rest, signal }: Work): Promise<void> {
  await rest?.over(signal)
  if (signal.aborted) throw new InterruptedError()
}

/** The same files as last time, told by name, size and time alone: nothing has to be read. */
async function alreadyIn(connection: Connection, set: ExportSet): Promise<readonly ImportedPeriod[]> {
  const candidates = await readImports(connection, { source: set.source })
  const unchanged: ImportedPeriod[] = []
  for (const candidate of candidates) {
    if (set.period !== null && candidate.period !== set.period) continue
    const files = await connection.rows(
      'SELECT origin, bytes, origin_modified_ms FROM import_files WHERE import_id = ?',
      [candidate.id],
    )
    const known = new Set(files.map((file) => `${file.origin}\0${file.bytes}\0${file.origin_modified_ms}`))
    const same =
      known.size === set.files.length &&
      candidate.verified === (set.manifest !== null) &&
      set.files.every((file) => known.has(`${file.path}\0${file.bytes}\0${file.modifiedMs}`))
    if (same) unchanged.push({ ...withoutInternals(candidate), state: 'unchanged' })
  }
  return unchanged
}

/** Other files, or the same ones touched, with the same bytes in them. */
async function sameContent(connection: Connection, staged: StagedSet): Promise<readonly ImportedPeriod[]> {
  const rows = await connection.rows(
    'SELECT id FROM imports WHERE in_force AND source = ? AND fingerprint = ? AND verified = ?',
    [staged.source, staged.fingerprint, staged.verified],
  )
  const same: ImportedPeriod[] = []
  for (const { id } of rows) {
    const record = (await readImports(connection, { id: Number(id) }))[0]
    if (record) same.push({ ...withoutInternals(record), state: 'unchanged' })
  }
  return same
}

/** Keeps the copy that the figures stand on and no other. */
async function tidy(connection: Connection, home: string, staged: StagedSet): Promise<void> {
  await keepFormer(connection, home, staged.source)
  const referenced = await referencedFolders(connection, home)
  if (referenced.has(staged.folder)) await removeSuperseded(staged, referenced)
  else await removeStaged(staged.folder, referenced)
}

/** An import that was cut off after its commit could not tidy up: the next one of the same files does. */
async function tidyPeriod(connection: Connection, home: string, set: ExportSet): Promise<void> {
  await keepFormer(connection, home, set.source)
  const referenced = await referencedFolders(connection, home)
  const base = periodFolder(home, set)
  for (const folder of referenced) {
    if (dirname(folder) === base) await removeSuperseded({ folder }, referenced)
  }
}

export async function referencedFolders(connection: Connection, home: string): Promise<ReadonlySet<string>> {
  const rows = await connection.rows('SELECT DISTINCT folder FROM imports WHERE in_force')
  return new Set(rows.map(({ folder }) => join(home, ...String(folder).split('/'))))
}

function watchProgress(
  connection: Connection,
  tell: (part: number) => void,
): { readonly pace: Pace; readonly stop: () => void } {
  let [start, end] = [0, 0]
  const timer = setInterval(() => tell(start + (end - start) * (connection.progress() ?? 0)), 200)
  return {
    pace: (from, to) => {
      start = from
      end = to
    },
    stop: () => clearInterval(timer),
  }
}

function toWarning(failure: Failure, file: string): ImportWarning {
  return { code: failure.code, message: `${failure.message}${failure.hint ? ` ${failure.hint}` : ''}`, file }
}
