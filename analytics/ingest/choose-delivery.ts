import { fail, type Result, succeed } from '../contract/result'
import { placeOf } from './layouts'
import type { FoundFile } from './list-files'
import type { NoBill } from './look-into'
import { type Manifest, readManifest } from './manifest'

/** One billing period of one export, with everything that lies there. */
export interface Partition {
  readonly root: string
  readonly period: string
  readonly files: FoundFile[]
  readonly manifests: FoundFile[]
  /** Named like a bill, and none. */
  readonly broken: NoBill[]
}

export interface Chosen {
  readonly files: readonly FoundFile[]
  readonly manifest: Manifest | null
  readonly ignored: readonly FoundFile[]
}

/** Every delivery is the whole month so far: exactly one counts, the newest, and a manifest vouches for it. */
export async function chooseDelivery(partition: Partition): Promise<Result<Chosen>> {
  const newest = [...partition.manifests].sort(newestFirst)[0]
  if (newest === undefined) return newestDelivery(partition)
  const manifest = await readManifest(newest.path)
  if (!manifest.ok) return manifest
  const other = await otherList(manifest.value, partition.manifests)
  if (other !== null) {
    return fail(
      'manifests-differ',
      `${manifest.value.path} and ${other} belong to one delivery of ${partition.period} and name different files. The period was not imported, because its total could be wrong.`,
      'Fetch both manifests again and import once more.',
    )
  }
  const byTail = new Map(partition.files.map((file) => [tail(file.path), file]))
  const files: FoundFile[] = []
  const missing: string[] = []
  for (const key of manifest.value.files) {
    // People unpack what they fetched: the same file without its last ending is the same file.
    const file = byTail.get(tail(key)) ?? byTail.get(tail(key).replace(/\.(gz|zip)$/i, ''))
    if (file) files.push(file)
    else missing.push(key)
  }
  const broken = partition.broken.find(({ file }) => missing.some((key) => tail(key) === tail(file.path)))
  if (broken) return { ok: false, failure: broken.failure }
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

/** CUR 1 writes the manifest of a delivery twice; the one that says otherwise, if there is one. */
async function otherList(
  { path, assembly, files }: Manifest,
  manifests: readonly FoundFile[],
): Promise<string | null> {
  if (assembly === null) return null
  const wanted = listOf(files)
  for (const { path: beside } of manifests) {
    const read = beside === path ? null : await readManifest(beside)
    if (read?.ok && read.value.assembly === assembly && listOf(read.value.files) !== wanted) return beside
  }
  return null
}

function listOf(files: readonly string[]): string {
  return files.map(tail).sort().join('\0')
}

/** Without a manifest, deliveries kept side by side would be added up: only the newest folder is taken. */
function newestDelivery({ files, broken }: Partition): Result<Chosen> {
  const deliveryOf = ({ path }: FoundFile) => placeOf(path)?.delivery ?? ''
  const deliveries = [...files, ...broken.map(({ file }) => file)].map(deliveryOf).sort()
  const newest = deliveries.at(-1)
  const damaged = broken.find(({ file }) => deliveryOf(file) === newest)
  if (damaged) return { ok: false, failure: damaged.failure }
  return succeed({
    files: files.filter((file) => deliveryOf(file) === newest),
    manifest: null,
    ignored: files.filter((file) => deliveryOf(file) !== newest),
  })
}

/** CUR 1 rewrites the manifest above its deliveries each time; below, the folder's name tells their order. */
function newestFirst(a: FoundFile, b: FoundFile): number {
  const [first = '', second = ''] = [a, b].map(({ path }) => placeOf(path)?.delivery ?? '')
  if (first !== second) return first === '' ? -1 : second === '' ? 1 : second.localeCompare(first)
  return b.modifiedMs - a.modifiedMs
}

/** What a local path and a key of the same file have in common: all below the period. */
function tail(path: string): string {
  const parts = path.split(/[\\/]/)
  const at = parts.findLastIndex((part) => /^(BILLING_PERIOD=.*|\d{8}-\d{8}|month=\d+)$/i.test(part))
  return (at < 0 ? parts.slice(-1) : parts.slice(at)).join('/')
}
