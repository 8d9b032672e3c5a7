import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { type Failure, fail, failure, type Result, succeed } from '../contract/result'
import { type Manifest, readManifest } from './manifest'

export interface FoundFile {
  readonly path: string
  readonly bytes: number
  readonly modifiedMs: number
}

/** Files that belong together: one delivery of one billing period, or what lies loose in a folder. */
export interface ExportSet {
  readonly source: string
  /** The folder it was found in, as the user knows it. */
  readonly origin: string
  /** From the folder's name; null when only the rows can tell. */
  readonly period: string | null
  readonly files: readonly FoundFile[]
  readonly manifest: Manifest | null
}

export interface Found {
  readonly sets: readonly ExportSet[]
  /** What was seen and is not taken, with the reason. */
  readonly refused: readonly { readonly file: string; readonly failure: Failure }[]
  readonly notes: readonly { readonly code: string; readonly message: string; readonly file: string }[]
}

/** More than any export holds; a mistyped path to a whole disk ends here. */
const mostEntries = 200_000
const deepest = 12

/** What a path holds, told by the layout of Data Exports where there is one. The rows are looked at later. */
export async function findExports(path: string): Promise<Result<Found>> {
  const root = resolve(path)
  const listed = await listFiles(root)
  if (!listed.ok) return listed
  const data = listed.value.filter(({ path: file }) => /\.parquet$/i.test(file))
  const manifests = listed.value.filter(({ path: file }) => /manifest\.json$/i.test(file))
  if (data.length === 0) return nothingThere(root, listed.value)

  const partitions = new Map<
    string,
    { root: string; period: string; files: FoundFile[]; manifests: FoundFile[] }
  >()
  const loose: FoundFile[] = []
  const place = (file: FoundFile, kind: 'files' | 'manifests') => {
    const at = partitionOf(file.path)
    if (at === null) {
      if (kind === 'files') loose.push(file)
      return
    }
    const key = `${at.root}\0${at.period}`
    const partition = partitions.get(key) ?? { ...at, files: [], manifests: [] }
    partitions.set(key, partition)
    partition[kind].push(file)
  }
  for (const file of data) place(file, 'files')
  for (const file of manifests) place(file, 'manifests')
  for (const partition of partitions.values()) await addManifestsOutside(partition, root)

  const sets: ExportSet[] = []
  const refused: { file: string; failure: Failure }[] = []
  const notes: { code: string; message: string; file: string }[] = []
  for (const partition of [...partitions.values()].sort((a, b) => (a.period < b.period ? -1 : 1))) {
    if (partition.files.length === 0 && partition.manifests.length === 0) continue
    const chosen = await chooseByManifest(partition)
    if (!chosen.ok) {
      refused.push({
        file: join(partition.root, `BILLING_PERIOD=${partition.period}`),
        failure: chosen.failure,
      })
      continue
    }
    const { files, manifest, ignored } = chosen.value
    for (const file of ignored) {
      notes.push({
        code: 'not-in-manifest',
        message: `${file.path} is not named by the newest manifest of ${partition.period} and was left out.`,
        file: file.path,
      })
    }
    sets.push({
      source: basename(partition.root),
      origin: partition.root,
      period: partition.period,
      files,
      manifest,
    })
  }
  if (loose.length > 0) {
    const name =
      loose.length === 1 && loose[0]?.path === root ? basename(root).replace(/(\.\w+)+$/, '') : basename(root)
    sets.push({ source: name, origin: root, period: null, files: loose, manifest: null })
  }
  return succeed({ sets, refused, notes })
}

interface Partition {
  readonly root: string
  readonly period: string
  readonly files: FoundFile[]
  readonly manifests: FoundFile[]
}

/** `<root>/data/BILLING_PERIOD=2026-09/...` and its twin below `metadata`. */
function partitionOf(path: string): { root: string; period: string } | null {
  const parts = path.split(sep)
  const at = parts.findLastIndex((part) => /^BILLING_PERIOD=\d{4}-\d{2}$/i.test(part))
  const period = parts[at]?.slice('BILLING_PERIOD='.length)
  if (at < 1 || period === undefined) return null
  const above = parts[at - 1]
  const root = above === 'data' || above === 'metadata' ? parts.slice(0, at - 1) : parts.slice(0, at)
  return { root: root.join(sep), period }
}

/** The user pointed below the export's root: the manifest still lies where AWS put it. */
async function addManifestsOutside(partition: Partition, root: string): Promise<void> {
  const folder = join(partition.root, 'metadata', `BILLING_PERIOD=${partition.period}`)
  if (partition.manifests.length > 0 || folder.startsWith(root + sep)) return
  const listed = await listFiles(folder)
  if (listed.ok) partition.manifests.push(...listed.value.filter(({ path }) => /manifest\.json$/i.test(path)))
}

interface Chosen {
  readonly files: readonly FoundFile[]
  readonly manifest: Manifest | null
  readonly ignored: readonly FoundFile[]
}

/** Every delivery is the whole month so far: exactly one counts, the newest that a manifest vouches for. */
async function chooseByManifest(partition: Partition): Promise<Result<Chosen>> {
  const newest = [...partition.manifests].sort(newestFirst)[0]
  if (newest === undefined) return succeed({ files: partition.files, manifest: null, ignored: [] })
  const manifest = await readManifest(newest.path)
  if (!manifest.ok) return manifest
  const byTail = new Map(partition.files.map((file) => [tail(file.path), file]))
  const files: FoundFile[] = []
  const missing: string[] = []
  for (const key of manifest.value.files) {
    const file = byTail.get(tail(key))
    if (file) files.push(file)
    else missing.push(key)
  }
  if (missing.length > 0) {
    return fail(
      'missing-files',
      `The manifest of ${partition.period} names ${manifest.value.files.length} data files and ${missing.length} of them are not there: ${missing.slice(0, 3).join(', ')}${missing.length > 3 ? ', ...' : ''}. The period was not imported, because its total would be wrong.`,
      'Copy the missing files into the folder and import again.',
    )
  }
  return succeed({
    files,
    manifest: manifest.value,
    ignored: partition.files.filter((file) => !files.includes(file)),
  })
}

function newestFirst(a: FoundFile, b: FoundFile): number {
  const folders = dirname(b.path).localeCompare(dirname(a.path))
  return folders !== 0 ? folders : b.modifiedMs - a.modifiedMs
}

/** What a local path and an S3 key of the same file have in common. */
function tail(path: string): string {
  const parts = path.split(/[\\/]/)
  const at = parts.findLastIndex((part) => /^BILLING_PERIOD=/i.test(part))
  return (at < 0 ? parts.slice(-1) : parts.slice(at)).join('/')
}

function nothingThere(root: string, files: readonly FoundFile[]): Result<never> {
  const other = files.slice(0, 3).map(({ path }) => basename(path))
  return fail(
    'no-billing-data',
    `No billing export was found in ${root}. ${files.length === 0 ? 'The folder is empty.' : `It holds ${files.length} files (${other.join(', ')}${files.length > 3 ? ', ...' : ''}), none of which is a CUR 2.0 Parquet file.`}`,
    'Choose the folder of an AWS Data Export in Parquet: the one that holds "data" and "metadata".',
  )
}

async function listFiles(root: string): Promise<Result<readonly FoundFile[]>> {
  const found: FoundFile[] = []
  let seen = 0
  const visit = async (path: string, depth: number): Promise<Failure | null> => {
    const info = await stat(path)
    if (info.isFile()) {
      found.push({ path, bytes: info.size, modifiedMs: info.mtimeMs })
      return null
    }
    if (!info.isDirectory() || depth > deepest) return null
    for (const entry of (await readdir(path)).sort()) {
      seen += 1
      if (seen > mostEntries) {
        return failure(
          'too-many-files',
          `${root} holds more than ${mostEntries} files.`,
          'Choose the folder of the billing export itself.',
        )
      }
      if (entry.startsWith('.')) continue
      const trouble = await visit(join(path, entry), depth + 1)
      if (trouble) return trouble
    }
    return null
  }
  try {
    const trouble = await visit(root, 0)
    return trouble ? { ok: false, failure: trouble } : succeed(found)
  } catch (error) {
    return readFailure(root, error)
  }
}

export function readFailure(path: string, error: unknown): Result<never> {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return fail(
      'path-not-found',
      `There is nothing at ${path}.`,
      'Check the path; it must be on this machine.',
    )
  }
  if (code === 'EACCES' || code === 'EPERM') {
    const at = error instanceof Error && 'path' in error ? String(error.path) : path
    return fail(
      'no-permission',
      `${at} may not be read by this user.`,
      'Change its permissions, or copy it elsewhere.',
    )
  }
  if (code === 'ENOSPC') {
    return fail(
      'disk-full',
      'The disk is full. Nothing was imported; everything from before is still there.',
      'Free some space and try again.',
    )
  }
  throw error
}
