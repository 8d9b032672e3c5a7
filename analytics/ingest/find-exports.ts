import { basename, dirname, join, resolve, sep } from 'node:path'
import type { CopyOf } from '../contract/application'
import { type Failure, fail, type Result, succeed } from '../contract/result'
import { chooseDelivery, type Partition } from './choose-delivery'
import { isBeside, placeOf } from './layouts'
import { type FoundFile, listFiles } from './list-files'
import { lookInto, type NoBill } from './look-into'
import type { Manifest } from './manifest'
import { looseName, nameExport } from './source-name'

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

/** What a path holds: the layout says which files belong together, the content whether they are a bill. */
export async function findExports(path: string, copyOf?: CopyOf): Promise<Result<Found>> {
  const root = resolve(path)
  const listed = await listFiles(root)
  if (!listed.ok) return listed
  const manifests = listed.value.filter(({ path: file }) => isManifest(file))
  const looked = await lookInto(listed.value.filter(({ path: file }) => file === root || !isBeside(file)))
  if (!looked.ok) return looked
  const { bills, others } = looked.value
  if (bills.length === 0 && !manifests.some(({ path: file }) => placeOf(file) !== null)) {
    return nothingThere(root, listed.value, others)
  }
  const { partitions, loose } = await partition(root, bills, manifests, others)
  const sets: ExportSet[] = []
  const refused: { file: string; failure: Failure }[] = []
  const notes: { code: string; message: string; file: string }[] = []
  for (const one of partitions) {
    const chosen = await chooseDelivery(one)
    if (!chosen.ok) {
      const { failure } = chosen
      const broken = one.broken.find((other) => other.failure === failure)
      const near = broken?.file.path ?? dirname((one.manifests[0] ?? one.files[0])?.path ?? one.root)
      refused.push({ file: near, failure })
      continue
    }
    const { files, manifest, ignored } = chosen.value
    for (const file of ignored) {
      notes.push({
        code: 'older-delivery',
        message: `${file.path} does not belong to the newest delivery of ${one.period} and was left out.`,
        file: file.path,
      })
    }
    sets.push({
      ...nameExport(root, one.root, basename(one.root), copyOf),
      period: one.period,
      files,
      manifest,
    })
  }
  if (loose.length > 0) {
    const alone = loose.length === 1 && loose[0]?.path === root
    const named = nameExport(root, root, looseName(root, alone), copyOf)
    sets.push({ ...named, period: null, files: loose, manifest: null })
  }
  for (const { file, failure } of others) {
    if (refused.some((one) => one.failure === failure)) continue
    // A note beside a bill needs no word about it; a bill that is named like one is taken.
    if (/\.txt$/i.test(file.path) && failure.code === 'not-a-billing-export') continue
    notes.push({ code: 'not-a-bill', message: `${failure.message} It was left out.`, file: file.path })
  }
  return succeed({ sets, refused, notes })
}

/** Oldest period first; what lies in no known layout is loose. */
async function partition(
  root: string,
  bills: readonly FoundFile[],
  manifests: readonly FoundFile[],
  others: readonly NoBill[],
): Promise<{ readonly partitions: readonly Partition[]; readonly loose: readonly FoundFile[] }> {
  const found = new Map<string, Partition>()
  const at = ({ path }: FoundFile): Partition | null => {
    const place = placeOf(path)
    if (place === null) return null
    const key = `${place.root}\0${place.period}`
    const one = found.get(key) ?? {
      root: place.root,
      period: place.period,
      files: [],
      manifests: [],
      broken: [],
    }
    found.set(key, one)
    return one
  }
  for (const file of bills) at(file)?.files.push(file)
  for (const file of manifests) at(file)?.manifests.push(file)
  for (const other of others) {
    if (/\.(csv|gz|zip|parquet)$/i.test(other.file.path)) at(other.file)?.broken.push(other)
  }
  for (const one of found.values()) await addManifestsOutside(one, root)
  return {
    partitions: [...found.values()].sort((a, b) => (a.period < b.period ? -1 : 1)),
    loose: bills.filter(({ path }) => placeOf(path) === null),
  }
}

function isManifest(path: string): boolean {
  return /manifest\.json$/i.test(path)
}

/** The user pointed below the export's root: the manifest still lies where AWS put it. */
async function addManifestsOutside(one: Partition, root: string): Promise<void> {
  const folder = join(one.root, 'metadata', `BILLING_PERIOD=${one.period}`)
  if (one.manifests.length > 0 || folder.startsWith(root + sep)) return
  const listed = await listFiles(folder)
  if (listed.ok) one.manifests.push(...listed.value.filter(({ path }) => isManifest(path)))
}

function nothingThere(root: string, files: readonly FoundFile[], others: readonly NoBill[]): Result<never> {
  const meant = others.find(
    ({ file, failure }) => file.path === root || failure.code !== 'not-a-billing-export',
  )
  if (meant) return { ok: false, failure: meant.failure }
  const names = files.slice(0, 3).map(({ path }) => basename(path))
  return fail(
    'no-billing-data',
    `No billing export was found in ${root}. ${files.length === 0 ? 'The folder is empty.' : `It holds ${files.length} files (${names.join(', ')}${files.length > 3 ? ', ...' : ''}), none of which is a CUR or FOCUS file.`}`,
    'Choose the folder of the export: CUR 1, CUR 2.0 or FOCUS, as CSV, gzip, ZIP or Parquet.',
  )
}
