import { realpath } from 'node:fs/promises'
import { isAbsolute, join, relative, sep } from 'node:path'

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

async function real(path: string): Promise<string | null> {
  try {
    return await realpath(path)
  } catch {
    return null
  }
}

/**
 * The file a URL's path names inside the folder, or null when it names nothing there. What is compared is the
 * real path, after every decoding and every link, so no spelling of `..` leads out.
 */
export async function containedFile(folder: string, pathname: string): Promise<string | null> {
  const name = decode(pathname)
  // Backslashes and colons mean drives, streams and parents on Windows; no file of ours is named with one.
  if (name === null || name.includes('\0') || name.includes('\\') || name.includes(':')) return null
  const root = await real(folder)
  if (root === null) return null
  const wanted = join(root, name === '/' || name === '' ? 'index.html' : name)
  const file = await real(wanted)
  return file !== null && isInside(root, file) ? file : null
}
