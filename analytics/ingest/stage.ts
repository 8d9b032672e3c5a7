import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { link, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, sep } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { z } from 'zod'
import { exists } from '../store/open-store'
import type { ExportSet } from './find-exports'
import type { FoundFile } from './list-files'
import { contentOf, type FileContent } from './peek'
import { openZipEntry, unreadableZip } from './zip-entry'

const stagedFileSchema = z.object({
  name: z.string(),
  bytes: z.number(),
  sha256: z.string(),
  origin: z.string(),
  originModifiedMs: z.number(),
})
export type StagedFile = Readonly<z.infer<typeof stagedFileSchema>>

const stagedSetSchema = z.object({
  source: z.string(),
  origin: z.string(),
  period: z.string().nullable(),
  verified: z.boolean(),
  fingerprint: z.string(),
  stagedAt: z.string(),
  files: z.array(stagedFileSchema),
})

/** A set whose files lie in the workspace: the warehouse can be rebuilt from it. */
export type StagedSet = Readonly<z.infer<typeof stagedSetSchema>> & { readonly folder: string }

/** A file that is still being written, or fetched once more: what was copied may be a part of either. */
export class FileChangedError extends Error {
  readonly code = 'file-changed'

  constructor(path: string) {
    super(
      `${path} changed while it was copied. Nothing of its period was imported; import again when it is complete.`,
    )
    this.name = 'FileChangedError'
  }
}

const labelFile = 'set.json'
const partialMark = 'partial-'
export const formerMark = '-former'

/** Is the folder of that name on its way in or out? It is no delivery then, whatever lies in it. */
export function isPartial(name: string): boolean {
  return name.startsWith(partialMark)
}

function deliveryFolder(base: string, fingerprint: string): string {
  return join(base, fingerprint.slice(0, 16))
}

/**
 * Copies a set into the workspace, hashing on the way. The copy is complete or absent: it is made beside its
 * place and renamed. DuckDB may read nothing outside the workspace, which is one reason for the copy; the other
 * is that the user's folder may be gone when the warehouse has to be rebuilt.
 */
export async function stageSet(
  home: string,
  set: ExportSet,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<StagedSet> {
  const base = periodFolder(home, set)
  await mkdir(base, { recursive: true })
  const partial = join(base, `${partialMark}${process.pid}-${Date.now()}`)
  await mkdir(partial)
  try {
    const files: StagedFile[] = []
    for (const [index, file] of set.files.entries()) {
      const content = await contentOf(file.path)
      const name = stagedName(index, file.path, content)
      const sha256 = await bringIn(file, join(partial, name), content, home, signal, onBytes)
      await mustBeUnchanged(file)
      files.push({ name, bytes: file.bytes, sha256, origin: file.path, originModifiedMs: file.modifiedMs })
    }
    const fingerprint = fingerprintOf(files)
    const label = {
      source: set.source,
      origin: set.origin,
      period: set.period,
      verified: set.manifest !== null,
      fingerprint,
      stagedAt: new Date().toISOString(),
      files,
    }
    await writeFile(join(partial, labelFile), JSON.stringify(label, null, 2))
    const folder = deliveryFolder(base, fingerprint)
    await takePlace(partial, folder)
    return { ...label, folder }
  } catch (error) {
    await rm(partial, { recursive: true, force: true })
    throw error
  }
}

/** Where the copies of a period lie, one folder a delivery. */
export function periodFolder(home: string, set: Pick<ExportSet, 'source' | 'period'>): string {
  return join(home, 'sources', folderName(set.source), set.period ?? 'loose')
}

/** The same bytes may have come under other names, or with the manifest they lacked: the newest label holds. */
async function takePlace(partial: string, folder: string): Promise<void> {
  const former = `${partial}${formerMark}`
  if (await exists(folder)) await rename(folder, former)
  await rename(partial, folder)
  await rm(former, { recursive: true, force: true })
}

/** The same content is the same set, wherever it came from. */
function fingerprintOf(files: readonly StagedFile[]): string {
  const hash = createHash('sha256')
  for (const sha of files.map(({ sha256 }) => sha256).sort()) hash.update(sha)
  return hash.digest('hex')
}

async function mustBeUnchanged({ path, bytes, modifiedMs }: FoundFile): Promise<void> {
  const { size, mtimeNs } = await stat(path, { bigint: true })
  if (Number(size) !== bytes || Number(mtimeNs) / 1e6 !== modifiedMs) throw new FileChangedError(path)
}

/** Brings one file in, unpacked from its ZIP where it is in one, and answers the hash of the file as it came. */
async function bringIn(
  file: FoundFile,
  target: string,
  content: FileContent,
  home: string,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<string> {
  if (content === 'zip') {
    // Packed again on the way: DuckDB reads gzip, and a bill unpacked takes ten times the room.
    const { stream } = await openZipEntry(file.path)
    try {
      await pipeline(stream, createGzip({ level: 1 }), createWriteStream(target, { flags: 'wx' }), { signal })
    } catch (error) {
      // Damage behind the directory shows only here; trouble with the disk names its system call.
      if (signal.aborted || (error instanceof Error && 'syscall' in error)) throw error
      throw unreadableZip(file.path, error)
    }
    return await hashOf(file.path, signal, onBytes)
  }
  if (file.path.startsWith(home + sep)) {
    // Already the workspace's own, as with the sample organisation: a second name costs no space.
    await link(file.path, target)
    return await hashOf(file.path, signal, onBytes)
  }
  const hash = createHash('sha256')
  const measured = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      onBytes(chunk.length)
      done(null, chunk)
    },
  })
  const source = createReadStream(file.path, { highWaterMark: 1024 * 1024 })
  await pipeline(source, measured, createWriteStream(target, { flags: 'wx' }), { signal })
  return hash.digest('hex')
}

async function hashOf(path: string, signal: AbortSignal, onBytes: (bytes: number) => void): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    signal.throwIfAborted()
    hash.update(chunk as Buffer)
    onBytes((chunk as Buffer).length)
  }
  return hash.digest('hex')
}

const endings: { readonly [C in FileContent]: string } = {
  parquet: '.parquet',
  gzip: '.csv.gz',
  zip: '.csv.gz',
  text: '.csv',
  empty: '.csv',
}

/** DuckDB tells compression by the ending, so the ending is made to tell the truth. */
function stagedName(index: number, path: string, content: FileContent): string {
  const stem = basename(path).replace(/(\.(csv|gz|zip|parquet|snappy|txt))+$/i, '')
  return `${String(index + 1).padStart(5, '0')}-${folderName(stem)}${endings[content]}`
}

/** Names of exports become names of folders; whatever could climb out or is reserved becomes a dash. */
function folderName(name: string): string {
  const safe = name.replaceAll(/[^\w.\-+=@ ]/g, '-').replaceAll(/^\.+|[. ]+$/g, '-')
  return safe.slice(0, 120) || 'export'
}

/** All sets in the workspace, oldest first, so that the newest of a period has the last word. */
export async function listStaged(home: string): Promise<readonly StagedSet[]> {
  const sets: StagedSet[] = []
  for (const period of await periodFolders(home)) {
    for (const folder of await subfolders(period)) {
      const label = isPartial(basename(folder)) ? null : await readLabel(folder)
      if (label !== null) sets.push({ ...label, folder })
    }
  }
  return sets.sort((a, b) => (a.stagedAt < b.stagedAt ? -1 : 1))
}

async function readLabel(folder: string): Promise<z.infer<typeof stagedSetSchema> | null> {
  const label = await readFile(join(folder, labelFile), 'utf8').catch(() => null)
  const parsed = label === null ? null : stagedSetSchema.safeParse(JSON.parse(label))
  return parsed?.success ? parsed.data : null
}

/** Where a copy belongs by its own label; null when it has none. */
export async function placeOfLabel(folder: string): Promise<string | null> {
  const label = await readLabel(folder)
  return label === null ? null : deliveryFolder(dirname(folder), label.fingerprint)
}

/** After a set went in: earlier deliveries of its period, unless an import still stands on them. */
export async function removeSuperseded(
  set: Pick<StagedSet, 'folder'>,
  referenced: ReadonlySet<string>,
): Promise<void> {
  for (const folder of await subfolders(dirname(set.folder))) {
    if (folder !== set.folder && !referenced.has(folder)) await rm(folder, { recursive: true, force: true })
  }
}

/** Of a set that did not go in, or of a source that was removed. Other files of the workspace are left alone. */
export async function removeStaged(folder: string, referenced: ReadonlySet<string>): Promise<void> {
  if (!referenced.has(folder)) await rm(folder, { recursive: true, force: true })
}

/** The folders of all periods of all sources. */
export async function periodFolders(home: string): Promise<readonly string[]> {
  const folders: string[] = []
  for (const source of await subfolders(join(home, 'sources'))) folders.push(...(await subfolders(source)))
  return folders
}

async function subfolders(folder: string): Promise<readonly string[]> {
  if (!(await exists(folder))) return []
  const entries = await readdir(folder, { withFileTypes: true })
  return entries.filter((entry) => entry.isDirectory()).map((entry) => join(folder, entry.name))
}
