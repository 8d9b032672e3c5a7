import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fail, failureCodes, type Result, succeed } from '../../analytics/contract/result'
import { ExportFailedError } from './export-failed'
import type { FileContent } from './file-content'

export interface SavedFile {
  readonly path: string
  readonly bytes: number
}

/** Written beside its place and then put there: a file of that name is the old one or the new one, whole. */
export async function saveFile(
  content: FileContent,
  path: string,
  signal: AbortSignal,
): Promise<Result<SavedFile>> {
  const partial = join(dirname(path), `.${basename(path)}.${randomUUID().slice(0, 8)}.part`)
  let bytes = 0
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      done(null, chunk)
    },
  })
  try {
    await pipeline(
      Readable.from(content.chunks(signal)),
      measure,
      createWriteStream(partial, { flags: 'wx' }),
      {
        signal,
      },
    )
    await rename(partial, path)
    return succeed({ path, bytes })
  } catch (error) {
    await rm(partial, { force: true })
    if (signal.aborted) return fail(failureCodes.cancelled, `Cancelled. ${path} was not written.`)
    return saveFailure(path, error)
  }
}

const reasons: Readonly<Record<string, readonly [reason: string, hint: string]>> = {
  ENOENT: ['its folder does not exist', 'Make the folder, or choose another one.'],
  ENOTDIR: ['its folder is a file', 'Choose another place.'],
  EISDIR: ['it is a folder', 'Give the name of a file.'],
  EACCES: ['it must not be written', 'Choose a folder that you may write to.'],
  EPERM: ['it must not be written', 'Choose a folder that you may write to.'],
  EROFS: ['its disk is read-only', 'Choose a folder that you may write to.'],
  ENOSPC: ['the disk is full', 'Free some space and try again.'],
}

function saveFailure(path: string, error: unknown): Result<never> {
  if (error instanceof ExportFailedError) {
    return fail('export-failed', `${path} was not written: ${error.message}`, 'Try again.')
  }
  const reason = reasons[(error as NodeJS.ErrnoException).code ?? '']
  if (reason === undefined) throw error
  return fail('file-not-written', `${path} was not written: ${reason[0]}.`, reason[1], String(error))
}
