import { join } from 'node:path'

/** A prefix is meant as a folder: `exports` must not take in `exports-old`. */
export function listingPrefix(prefix: string): string {
  return prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`
}

/** Where the files of a source are kept. The name is checked by the contract: it cannot lead elsewhere. */
export function sourceFolder(home: string, name: string): string {
  return join(home, 'downloads', name)
}

/** Hidden from the importer, which passes over what begins with a dot. */
export function storeFolder(folder: string): string {
  return join(folder, '.objects')
}
