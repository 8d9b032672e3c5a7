import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Failure, fail, failure, type Result, succeed } from '../../analytics/contract/result'
import type { UploadRequest } from '../../analytics/contract/uploads'

type AnnouncedFile = UploadRequest['files'][number]

/** Files on their way from a browser into a folder of their own, which is gone when anything goes wrong. */
export class Upload {
  readonly bytes: number
  received = 0
  arrived = 0
  /** What ended it early; null while it is whole. */
  failure: Failure | null = null
  /** Somebody waits for it and sees to its end. */
  isAwaited = false
  private readonly taken = new Set<number>()
  private readonly stop = new AbortController()
  private readonly ending: Promise<void>
  private end: () => void = () => undefined
  private tell: () => void = () => undefined
  private idle: NodeJS.Timeout | null = null

  constructor(
    readonly folder: string,
    readonly files: readonly AnnouncedFile[],
    private readonly idleMs: number,
  ) {
    this.bytes = files.reduce((sum, { bytes }) => sum + bytes, 0)
    this.ending = new Promise((resolve) => {
      this.end = resolve
    })
    this.stirred()
  }

  /** What has arrived whole; beside it lies what is on its way. */
  get filesFolder(): string {
    return join(this.folder, 'files')
  }

  /** What the files are called that were dropped, in their order: names of files, or the first folder of many. */
  get tops(): readonly string[] {
    return [...new Set(this.files.map(({ path }) => path.split('/')[0] ?? path))]
  }

  async receive(index: number, body: Readable): Promise<Result<Record<string, never>>> {
    const file = this.files[index]
    if (file === undefined) return fail('no-such-file', 'No such file was announced for this upload.')
    if (this.failure !== null) return { ok: false, failure: this.failure }
    if (this.taken.has(index)) return fail('file-twice', `${file.path} was sent already.`)
    this.taken.add(index)
    try {
      await this.write(file, index, body)
      this.arrived += 1
      if (this.arrived === this.files.length) this.end()
      return succeed({})
    } catch (error) {
      return { ok: false, failure: await this.fail(whyNot(error, file)) }
    }
  }

  /** Resolves when everything is there, or with what kept it from coming. */
  async whole(tell: () => void, signal: AbortSignal): Promise<Result<null>> {
    this.tell = tell
    this.isAwaited = true
    const cancel = () => void this.fail(failure('cancelled', 'The upload was cancelled.'))
    if (signal.aborted) cancel()
    signal.addEventListener('abort', cancel, { once: true })
    await this.ending
    signal.removeEventListener('abort', cancel)
    if (this.idle !== null) clearTimeout(this.idle)
    return this.failure === null ? succeed(null) : { ok: false, failure: this.failure }
  }

  /** The first reason is the one that is told. */
  async fail(why: Failure): Promise<Failure> {
    this.failure ??= why
    this.stop.abort()
    if (this.idle !== null) clearTimeout(this.idle)
    await this.remove()
    this.end()
    return this.failure
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true, maxRetries: 3 })
  }

  private async write(file: AnnouncedFile, index: number, body: Readable): Promise<void> {
    const target = join(this.filesFolder, ...file.path.split('/'))
    const partial = join(this.folder, `part-${index}`)
    await mkdir(dirname(target), { recursive: true, mode: 0o700 })
    let size = 0
    const counted = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        size += chunk.length
        this.received += chunk.length
        this.stirred()
        this.tell()
        done(size > file.bytes ? new WrongSizeError(file) : null, chunk)
      },
    })
    await pipeline(body, counted, createWriteStream(partial, { flags: 'wx', mode: 0o600 }), {
      signal: this.stop.signal,
    })
    if (size !== file.bytes) throw new WrongSizeError(file)
    await rename(partial, target)
    this.tell()
  }

  /** A window that was closed sends nothing more and says nothing. */
  private stirred(): void {
    if (this.idle !== null) clearTimeout(this.idle)
    this.idle = setTimeout(() => void this.fail(cutOff()), this.idleMs)
    this.idle.unref()
  }
}

class WrongSizeError extends Error {
  constructor(readonly file: AnnouncedFile) {
    super(`${file.path} has another size than was announced`)
    this.name = 'WrongSizeError'
  }
}

export function cutOff(what = 'The upload was cut off'): Failure {
  return failure(
    'upload-cut',
    `${what}. Nothing was imported, and what had arrived was removed.`,
    'Drop the files again, and keep the window open until the import has begun.',
  )
}

function whyNot(error: unknown, { path }: AnnouncedFile): Failure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (error instanceof WrongSizeError) {
    return failure(
      'upload-size',
      `${path} changed while it was read. Nothing was imported, and what had arrived was removed.`,
      'Drop it again when nothing writes to it any more.',
    )
  }
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return failure(
      'disk-full',
      'The disk is full. Nothing was imported, and what had arrived was removed.',
      'Free some space and drop the files again.',
    )
  }
  if (code === 'ENAMETOOLONG' || code === 'EEXIST' || code === 'ENOTDIR' || code === 'EISDIR') {
    return failure(
      'upload-path',
      `${path} cannot be kept in the workspace under this name.`,
      'Give its path in place of dropping it, or rename it.',
    )
  }
  return cutOff(`${path} did not arrive whole`)
}
