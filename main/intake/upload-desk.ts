import { randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { join, sep } from 'node:path'
import type { Readable } from 'node:stream'
import type { ImportRequest } from '../../analytics/contract/application'
import type { ImportReport } from '../../analytics/contract/imports'
import { type Failure, fail, type Result, succeed } from '../../analytics/contract/result'
import type { UploadReference, UploadRequest } from '../../analytics/contract/uploads'
import type { CallOptions } from '../application'
import { checkSpace, type FreeBytes, freeBytes } from '../sync/disk-space'
import { cutOff, Upload } from './upload'

export interface UploadServices {
  readonly home: string
  readonly importFiles: (request: ImportRequest, call: CallOptions) => Promise<Result<ImportReport>>
  readonly freeBytes?: FreeBytes
  readonly idleMs?: number
}

const mostAtOnce = 4

/**
 * Files that a browser sends, since it may not say where they lie. They wait in the workspace's own folder until the
 * import has made them its own by a second name; then this one goes, so that nothing is kept twice.
 */
export class UploadDesk {
  private readonly uploads = new Map<string, Upload>()
  private readonly incoming: string

  constructor(private readonly services: UploadServices) {
    this.incoming = join(services.home, 'incoming')
  }

  /** What an application that was killed left behind. */
  async tidy(): Promise<void> {
    await rm(this.incoming, { recursive: true, force: true })
  }

  async open({ files }: UploadRequest): Promise<Result<UploadReference>> {
    for (const [id, upload] of this.uploads)
      if (upload.failure !== null && !upload.isAwaited) this.uploads.delete(id)
    if (this.uploads.size >= mostAtOnce) {
      return fail(
        'too-many-uploads',
        'Several uploads are on their way already.',
        'Wait until one has ended.',
      )
    }
    const clash = clashing(files.map(({ path }) => path))
    if (clash !== null) {
      return fail('upload-path', `${clash} cannot be kept in the workspace under this name.`, 'Rename it.')
    }
    const id = randomUUID()
    const folder = join(this.incoming, id)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const upload = new Upload(folder, files, this.services.idleMs ?? 60_000)
    const space = await checkSpace(folder, upload.bytes, this.services.freeBytes ?? freeBytes, {
      coming: 'are to be copied in',
      nothing: 'Nothing was copied.',
      hint: 'Free some space and drop them again.',
    })
    if (!space.ok) {
      await upload.fail(space.failure)
      return space
    }
    this.uploads.set(id, upload)
    return succeed({ id })
  }

  async receive(id: string, file: number, body: Readable): Promise<Result<Record<string, never>>> {
    const upload = this.uploads.get(id)
    if (upload === undefined) return noSuchUpload
    const received = await upload.receive(file, body)
    // Nobody waits for it yet whose end would be its end.
    if (!received.ok && upload.failure !== null && !upload.isAwaited) this.uploads.delete(id)
    return received
  }

  async abandon(id: string): Promise<Result<Record<string, never>>> {
    const upload = this.uploads.get(id)
    if (upload === undefined) return noSuchUpload
    await upload.fail(cutOff('The browser could not read the files'))
    if (!upload.isAwaited) this.uploads.delete(id)
    return succeed({})
  }

  /** Waits for the files, imports them, and lets go of them whatever came of it. */
  async import({ id }: UploadReference, call: CallOptions): Promise<Result<ImportReport>> {
    const upload = this.uploads.get(id)
    if (upload === undefined || upload.isAwaited) return noSuchUpload
    const signal = call.signal ?? new AbortController().signal
    try {
      const whole = await upload.whole(() => tellOf(upload, call), signal)
      if (!whole.ok) return whole
      const paths = upload.tops.map((name) => join(upload.filesFolder, name))
      const imported = await this.services.importFiles({ paths, copyOf: { origin: 'Dropped: ' } }, call)
      return withoutFolder(imported, upload.filesFolder)
    } finally {
      this.uploads.delete(id)
      await upload.remove()
    }
  }

  async close(): Promise<void> {
    for (const upload of this.uploads.values()) await upload.fail(cutOff())
    await this.tidy()
  }
}

const noSuchUpload = fail('no-such-upload', 'There is no such upload any more.', 'Drop the files again.')

function tellOf({ arrived, files, received, bytes }: Upload, { onProgress }: CallOptions): void {
  const stage = `Receiving file ${Math.min(arrived + 1, files.length)} of ${files.length}`
  onProgress?.({ stage, done: Math.min(received, bytes), total: bytes, unit: 'bytes' })
}

/** Two that would be one file, and what Windows takes for a stream or a drive. */
function clashing(paths: readonly string[]): string | null {
  const seen = new Set<string>()
  for (const path of paths) {
    if (seen.has(path) || (sep === '\\' && /[:*?"<>|]/.test(path))) return path
    seen.add(path)
  }
  return null
}

/** A person knows the files by where they dropped them from, not by where they waited. */
function withoutFolder(result: Result<ImportReport>, folder: string): Result<ImportReport> {
  const plain = (text: string) => text.replaceAll(folder + sep, '')
  if (!result.ok) {
    const { message, hint, details } = result.failure
    const told: Failure = {
      ...result.failure,
      message: plain(message),
      ...(hint === undefined ? {} : { hint: plain(hint) }),
      ...(details === undefined ? {} : { details: plain(details) }),
    }
    return { ok: false, failure: told }
  }
  const warnings = result.value.warnings.map((warning) => ({
    ...warning,
    message: plain(warning.message),
    file: warning.file === null ? null : plain(warning.file),
  }))
  return succeed({ ...result.value, warnings })
}
