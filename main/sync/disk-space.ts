import { statfs } from 'node:fs/promises'
import { type Failure, fail, failure, type Result, succeed } from '../../analytics/contract/result'

/** Bytes that this user can still write where a folder lies. */
export type FreeBytes = (folder: string) => Promise<number>

export const freeBytes: FreeBytes = async (folder) => {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

/** A disk that is filled to the last byte breaks more than this program. */
const reserve = 256 * 1024 * 1024

export interface SpaceWords {
  readonly coming: string
  readonly nothing: string
  readonly hint: string
}

const wordsOfSync: SpaceWords = {
  coming: 'are to be fetched',
  nothing: 'Nothing was fetched.',
  hint: 'Free some space, or narrow the prefix of the source.',
}

export async function checkSpace(
  folder: string,
  needed: number,
  free: FreeBytes,
  words: SpaceWords = wordsOfSync,
): Promise<Result<null>> {
  if (needed === 0) return succeed(null)
  const available = await free(folder)
  if (available - reserve >= needed) return succeed(null)
  return fail(
    'disk-space',
    `${inWords(needed)} ${words.coming} and the disk of ${folder} has ${inWords(Math.max(0, available - reserve))} to spare. ${words.nothing}`,
    words.hint,
  )
}

export function inWords(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  while (value >= 1_000 && unit < units.length - 1) {
    value /= 1_000
    unit += 1
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`
}

/** Trouble with this machine's disk is not trouble with S3, and no further file will fare better. */
export function diskFailure(error: unknown, folder: string): Failure | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return failure(
      'disk-full',
      'The disk is full. What had arrived is kept, and no period was changed by halves.',
      'Free some space and sync again.',
    )
  }
  if (code === 'EACCES' || code === 'EROFS') {
    return failure(
      'no-permission',
      `The folder ${folder} cannot be written.`,
      'Change its permissions, or choose another workspace.',
      String(error),
    )
  }
  return null
}
