import { existsSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '..', '..', 'out', 'main')

/** A file of the build; the tests of whole processes run what is shipped, not what is written. */
export function builtFile(name: 'cli.js' | 'engine.js' | 'web.js'): string {
  const path = join(folder, name)
  if (!existsSync(path)) throw new Error(`${path} is not there. Run \`npm run build\` first.`)
  return path
}

export function builtEngine(): string {
  return builtFile('engine.js')
}
