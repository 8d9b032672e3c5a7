import { copyFile, link, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { placeOf } from '../aws/export-layout'
import { localParts } from './local-path'
import { type Named, type ObjectStore, sizeOf } from './object-store'

/** The folder of a source, as the importer reads it: the bucket's keys as paths. */
export class Mirror {
  constructor(
    readonly folder: string,
    private readonly store: ObjectStore,
  ) {}

  path(key: string): string {
    const parts = localParts(key)
    if (parts === null) throw new Error(`no path for the key ${key}`)
    return join(this.folder, ...parts)
  }

  async holds(files: readonly (Named & { readonly bytes: number })[]): Promise<boolean> {
    for (const file of files) {
      if ((await sizeOf(this.path(file.key))) !== file.bytes) return false
    }
    return true
  }

  /**
   * Puts a period in place whole. The data folder is exchanged in one go and the manifest follows: whoever looks
   * in between, or after a crash in between, finds the former period, the new one, or a manifest that names files
   * which are not there. The importer refuses the last; it never sees the old and the new mixed.
   */
  async place(data: readonly Named[], manifest: Named | null): Promise<void> {
    const staging = join(this.store.folder, 'staging')
    await rm(staging, { recursive: true, force: true })
    await mkdir(staging, { recursive: true })
    const partitions = new Map<string, Named[]>()
    for (const file of data) {
      const partition = partitionOf(file.key)
      partitions.set(partition, [...(partitions.get(partition) ?? []), file])
    }
    const own = manifest && partitions.get(partitionOf(manifest.key))
    if (manifest) own?.push(manifest)
    let index = 0
    for (const [partition, files] of partitions) {
      index += 1
      await this.exchange(partition, files, join(staging, String(index)))
    }
    if (manifest && !own) await this.placeManifest(manifest, join(staging, 'manifest'))
    await rm(staging, { recursive: true, force: true })
  }

  async remove(files: readonly Named[]): Promise<void> {
    for (const partition of new Set(files.map(({ key }) => partitionOf(key)))) {
      await rm(this.path(partition), { recursive: true, force: true })
    }
  }

  private async exchange(partition: string, files: readonly Named[], staging: string): Promise<void> {
    const target = this.path(partition)
    const former = `${staging}-former`
    for (const file of files) {
      const within = localParts(file.key.slice(partition.length + 1))
      if (within === null) throw new Error(`no path for the key ${file.key}`)
      await this.bring(file, join(staging, ...within))
    }
    await mkdir(dirname(target), { recursive: true })
    const hadOne = await moved(target, former)
    try {
      await rename(staging, target)
    } catch (error) {
      if (hadOne) await rename(former, target)
      throw error
    }
  }

  private async placeManifest(manifest: Named, staging: string): Promise<void> {
    await this.bring(manifest, staging)
    const target = this.path(manifest.key)
    await mkdir(dirname(target), { recursive: true })
    await rename(staging, target)
    await removeOthers(this.path(partitionOf(manifest.key)), target)
  }

  /** A second name for the content; a disk without links gets a copy. */
  private async bring(file: Named, target: string): Promise<void> {
    await mkdir(dirname(target), { recursive: true })
    try {
      await link(this.store.path(file), target)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK', 'ENOSYS'].includes(code)) throw error
      await copyFile(this.store.path(file), target)
    }
  }
}

function partitionOf(key: string): string {
  const place = placeOf(key)
  if (place === null) throw new Error(`the key ${key} belongs to no period`)
  return place.partition
}

async function moved(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
    throw error
  }
}

/** Manifests of earlier deliveries: two of them would leave it to chance which one counts. */
async function removeOthers(folder: string, keep: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (path === keep) continue
    if (entry.isDirectory() && keep.startsWith(path + sep)) await removeOthers(path, keep)
    else await rm(path, { recursive: true, force: true })
  }
}
