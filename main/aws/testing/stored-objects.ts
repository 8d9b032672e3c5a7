import { createHash } from 'node:crypto'
import { type Algorithm, hasherOf } from '../../sync/checksums'

export interface TestObject {
  readonly key: string
  readonly body: Buffer
  readonly bytes: number
  readonly etag: string
  readonly modifiedMs: number
  readonly headers: Readonly<Record<string, string>>
  readonly checksumHeaders: Readonly<Record<string, string>>
}

export interface PutOptions {
  readonly modifiedMs?: number
  /** An ETag as of an upload in parts: it is not the MD5 of the body. */
  readonly multipart?: boolean
  readonly checksum?: Exclude<Algorithm, 'md5'>
  readonly headers?: Readonly<Record<string, string>>
}

/** A bucket's objects in the order in which S3 lists them. */
export class StoredObjects {
  private readonly byKey = new Map<string, TestObject>()
  private sorted: readonly string[] | null = null

  put(key: string, body: Buffer, options: PutOptions = {}): TestObject {
    const md5 = createHash('md5').update(body).digest('hex')
    const object: TestObject = {
      key,
      body,
      bytes: body.length,
      etag: options.multipart ? `${createHash('md5').update(md5).digest('hex')}-2` : md5,
      modifiedMs: options.modifiedMs ?? Date.UTC(2026, 8, 1),
      headers: options.headers ?? {},
      checksumHeaders: checksumHeaders(body, options.checksum),
    }
    if (!this.byKey.has(key)) this.sorted = null
    this.byKey.set(key, object)
    return object
  }

  get(key: string): TestObject | undefined {
    return this.byKey.get(key)
  }

  delete(key: string): void {
    this.byKey.delete(key)
    this.sorted = null
  }

  /** Those from a prefix on, after a key where one is given. */
  *from(prefix: string, after: string | null): Generator<TestObject> {
    this.sorted ??= [...this.byKey.keys()].sort(byBytes)
    const start = after === null || byBytes(prefix, after) > 0 ? prefix : after
    let low = 0
    let high = this.sorted.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (byBytes(this.sorted[middle] ?? '', start) < 0) low = middle + 1
      else high = middle
    }
    for (let at = low; at < this.sorted.length; at += 1) {
      const object = this.byKey.get(this.sorted[at] ?? '')
      if (object && object.key !== after) yield object
    }
  }
}

/** S3 sorts by UTF-8 bytes; for ASCII that is the order of JavaScript. */
function byBytes(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function checksumHeaders(body: Buffer, checksum: PutOptions['checksum']): Readonly<Record<string, string>> {
  if (checksum === undefined) return {}
  const hasher = hasherOf(checksum)
  hasher.update(body)
  return { [`x-amz-checksum-${checksum}`]: hasher.digest(), 'x-amz-checksum-type': 'FULL_OBJECT' }
}
