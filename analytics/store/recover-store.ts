import { copyFile, mkdir, readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { exists, storeFiles } from './open-store'

export type Damage = 'warehouse-damaged' | 'state-damaged'

/**
 * Sets a database that cannot be opened aside, with its log; nothing is deleted. It runs in a fresh process,
 * before a database is opened: after a failed replay the process that failed must not be used again.
 */
export async function setDamagedAside(home: string, damage: Damage, now: Date): Promise<string> {
  const stamp = now.toISOString().replaceAll(/[:.]/g, '-')
  const folder = join(home, 'damaged', stamp)
  await mkdir(folder, { recursive: true })
  const name = damage === 'warehouse-damaged' ? storeFiles.warehouse : storeFiles.state
  for (const file of [name, `${name}.wal`]) {
    if (await exists(join(home, file))) await rename(join(home, file), join(folder, file))
  }
  if (damage === 'warehouse-damaged') {
    return `The warehouse could not be read. It was moved to ${folder} and is rebuilt from the files in sources.`
  }
  const copy = await newestCopyOfState(home)
  if (copy === null) {
    return `Settings and decisions could not be read. They were moved to ${folder}; there was no earlier copy to return to.`
  }
  await copyFile(join(home, 'backups', copy), join(home, storeFiles.state))
  return `Settings and decisions could not be read. They were moved to ${folder}; the copy ${copy} is in use.`
}

async function newestCopyOfState(home: string): Promise<string | null> {
  const folder = join(home, 'backups')
  if (!(await exists(folder))) return null
  const copies = (await readdir(folder)).filter((name) => /^state-.*\.duckdb$/.test(name)).sort()
  return copies.at(-1) ?? null
}
