import { readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { exists } from '../store/open-store'
import { historyFolder } from './former-deliveries'
import { formerMark, isPartial, periodFolders, placeOfLabel } from './stage'

/**
 * What a process that ended without warning has left: files beside the way of an import, and copies that were on their
 * way in. Only the owner of the workspace may ask for it, before anything is begun.
 */
export async function clearLeftovers(home: string): Promise<void> {
  const temporary = join(home, 'tmp')
  if (await exists(temporary)) {
    for (const name of await readdir(temporary)) {
      if (/^(bill|text)-/.test(name)) await rm(join(temporary, name), { recursive: true, force: true })
    }
  }
  for (const name of await unfinished(historyFolder(home))) await rm(name, { force: true })
  for (const period of await periodFolders(home)) {
    const partial = (await readdir(period)).filter(isPartial)
    // A copy was being exchanged for the same one: where the new one has not come, the former goes back.
    for (const name of partial.filter((one) => one.endsWith(formerMark))) {
      const place = await placeOfLabel(join(period, name))
      if (place !== null && !(await exists(place))) await rename(join(period, name), place)
    }
    for (const name of partial) await rm(join(period, name), { recursive: true, force: true })
  }
}

async function unfinished(folder: string): Promise<readonly string[]> {
  if (!(await exists(folder))) return []
  return (await readdir(folder)).filter((name) => name.endsWith('.part')).map((name) => join(folder, name))
}
