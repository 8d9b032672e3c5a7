import { stat } from 'node:fs/promises'
import { isAbsolute } from 'node:path'

/** What no path of a bill needs, and what a command line has room for. */
const longest = 4_096

/**
 * Whether something that another process handed over names a file or folder to offer for import. It is not trusted:
 * any program of this user can start ours with any words, so it must be plain, absolute, and there.
 */
export async function isOfferable(path: unknown): Promise<boolean> {
  if (typeof path !== 'string' || path.length === 0 || path.length > longest) return false
  if (/\p{Cc}/u.test(path) || !isAbsolute(path)) return false
  // A share of another machine would be asked over the network just by looking.
  if (/^[\\/]{2}/.test(path)) return false
  try {
    const found = await stat(path)
    return found.isFile() || found.isDirectory()
  } catch {
    return false
  }
}
