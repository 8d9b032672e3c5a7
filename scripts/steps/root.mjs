import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout, or the folder of the installed package. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

/** What set-up remembers between runs; not part of the source. */
export const setupFolder = join(root, '.setup')

/** An installed package carries the built files alone: there is nothing to install or build there. */
export function isCheckout(folder = root) {
  return existsSync(join(folder, 'electron.vite.config.ts')) && existsSync(join(folder, 'package-lock.json'))
}
