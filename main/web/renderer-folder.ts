import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The built screens, seen from a built file: beside the folder of the entries, or of their shared chunks. */
export function rendererFolderFrom(moduleUrl: string): string {
  const beside = fileURLToPath(new URL('../renderer', moduleUrl))
  const above = fileURLToPath(new URL('../../renderer', moduleUrl))
  return !existsSync(beside) && existsSync(above) ? above : beside
}
