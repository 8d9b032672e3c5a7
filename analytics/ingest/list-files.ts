import type { BigIntStats } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Failure, fail, failure, type Result, succeed } from '../contract/result'

export interface FoundFile {
  readonly path: string
  readonly bytes: number
  readonly modifiedMs: number
}

/** More than any export holds; a mistyped path to a whole disk ends here. */
const mostEntries = 200_000
const deepest = 12

/** Every file at or below a path, in a steady order. */
export async function listFiles(root: string): Promise<Result<readonly FoundFile[]>> {
  const found: FoundFile[] = []
  let seen = 0
  const known = new Set<string>()
  const visit = async (path: string, depth: number): Promise<Failure | null> => {
    const info = await statOf(path, depth)
    if (info === null) return null
    // By a link the same file or folder can be met twice: counted twice it would be a wrong total.
    const identity = `${info.dev}:${info.ino}`
    if (info.ino !== 0n && known.has(identity)) return null
    known.add(identity)
    if (info.isFile()) {
      found.push({ path, bytes: Number(info.size), modifiedMs: Number(info.mtimeNs) / 1e6 })
      return null
    }
    if (!info.isDirectory() && depth === 0) {
      return failure(
        'not-a-billing-export',
        `${path} is neither a file nor a folder.`,
        'Choose a CUR or FOCUS file, or the folder of the export.',
      )
    }
    if (!info.isDirectory() || depth > deepest) return null
    for (const entry of (await readdir(path)).sort()) {
      seen += 1
      if (seen > mostEntries) {
        return failure(
          'too-many-files',
          `${root} holds more than ${mostEntries} files.`,
          'Choose the folder of the billing export itself.',
        )
      }
      if (entry.startsWith('.')) continue
      const trouble = await visit(join(path, entry), depth + 1)
      if (trouble) return trouble
    }
    return null
  }
  try {
    const trouble = await visit(root, 0)
    return trouble ? { ok: false, failure: trouble } : succeed(found)
  } catch (error) {
    return readFailure(root, error)
  }
}

/** null for a link that leads nowhere or in a circle, and for what vanished meanwhile; not for what was asked for. */
async function statOf(path: string, depth: number): Promise<BigIntStats | null> {
  try {
    return await stat(path, { bigint: true })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (depth > 0 && (code === 'ENOENT' || code === 'ELOOP')) return null
    throw error
  }
}

export function readFailure(path: string, error: unknown): Result<never> {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const at = error instanceof Error && 'path' in error ? String(error.path) : path
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP') {
    return fail('path-not-found', `There is nothing at ${at}.`, 'Check the path; it must be on this machine.')
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return fail(
      'no-permission',
      `${at} may not be read by this user.`,
      'Change its permissions, or copy it elsewhere.',
    )
  }
  // DuckDB says it in words.
  if (
    code === 'ENOSPC' ||
    /No space left on device|There is not enough space on the disk/i.test(String(error))
  ) {
    return fail(
      'disk-full',
      'The disk is full. Nothing was imported; everything from before is still there.',
      'Free some space and try again.',
    )
  }
  throw error
}
