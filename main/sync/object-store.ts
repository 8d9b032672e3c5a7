import { mkdir, readdir, readFile, rename, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { ListedObject } from '../aws/list-objects'
import { algorithms } from './checksums'
import { contentName } from './local-path'

const expectationSchema = z.object({
  etag: z.string(),
  bytes: z.number(),
  /** How the whole will be checked; null when S3 gave nothing but the size. */
  checksum: z.object({ algorithm: z.enum(algorithms), value: z.string() }).nullable(),
})
export type Expectation = Readonly<z.infer<typeof expectationSchema>>

/**
 * The contents that have arrived, by key and ETag, complete or in part. The folder that is imported from is made
 * of links to them, so that a period can be put together, or once more after a crash, without fetching anything.
 */
export class ObjectStore {
  constructor(readonly folder: string) {}

  path(object: Named): string {
    return join(this.folder, contentName(object.key, object.etag))
  }

  partPath(object: Named): string {
    return `${this.path(object)}.part`
  }

  async has(object: Named & { readonly bytes: number }): Promise<boolean> {
    return (await sizeOf(this.path(object))) === object.bytes
  }

  /** What of it lies here from an earlier try; a part that is not of this content counts as nothing. */
  async part(
    object: ListedObject,
  ): Promise<{ readonly bytes: number; readonly expected: Expectation | null }> {
    const bytes = await sizeOf(this.partPath(object))
    const expected = bytes === null ? null : await this.readExpectation(object)
    if (bytes === null || expected === null || bytes > object.bytes) return { bytes: 0, expected: null }
    return { bytes, expected }
  }

  async bytesHere(object: ListedObject): Promise<number> {
    return (await this.has(object)) ? object.bytes : (await this.part(object)).bytes
  }

  async expect(object: ListedObject, expected: Expectation): Promise<void> {
    await writeFile(this.notePath(object), JSON.stringify(expected))
  }

  async dropPart(object: ListedObject): Promise<void> {
    await rm(this.partPath(object), { force: true })
    await rm(this.notePath(object), { force: true })
  }

  async emptyPart(object: ListedObject): Promise<void> {
    if ((await sizeOf(this.partPath(object))) !== null) await truncate(this.partPath(object), 0)
  }

  /** From now on it counts as fetched. The time is that of S3, which is how the newest manifest is told. */
  async complete(object: ListedObject): Promise<void> {
    const time = new Date(object.modifiedMs)
    await utimes(this.partPath(object), time, time)
    await rename(this.partPath(object), this.path(object))
    await rm(this.notePath(object), { force: true })
  }

  async make(): Promise<void> {
    await mkdir(this.folder, { recursive: true })
  }

  /** Contents that no period stands on any more and that nothing is waiting for. */
  async keepOnly(objects: Iterable<Named>): Promise<void> {
    const names = new Set<string>()
    for (const { key, etag } of objects) names.add(contentName(key, etag))
    for (const entry of await readdir(this.folder)) {
      if (!names.has(entry.replace(/\..*$/, '')))
        await rm(join(this.folder, entry), { recursive: true, force: true })
    }
  }

  private notePath(object: Named): string {
    return `${this.partPath(object)}.json`
  }

  private async readExpectation(object: ListedObject): Promise<Expectation | null> {
    // Without its note nobody knows what a part is a part of.
    const text = await readFile(this.notePath(object), 'utf8').catch(() => null)
    if (text === null) return null
    const parsed = expectationSchema.safeParse(parseJson(text))
    const fits = parsed.success && parsed.data.etag === object.etag && parsed.data.bytes === object.bytes
    return fits ? parsed.data : null
  }
}

/** The same key with the same ETag is the same content. */
export function contentKey({ key, etag }: Named): string {
  return `${key}\0${etag}`
}

export interface Named {
  readonly key: string
  readonly etag: string
}

export async function sizeOf(path: string): Promise<number | null> {
  try {
    const info = await stat(path)
    return info.isFile() ? info.size : null
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    throw error
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
