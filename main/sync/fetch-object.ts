import { type FileHandle, open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { GetObjectCommandOutput, S3Client } from '@aws-sdk/client-s3'
import { BrokenBodyError, kindOfError, NotS3AnswerError } from '../aws/failures'
import { type ListedObject, plainEtag } from '../aws/list-objects'
import { type Algorithm, type Hasher, hasherOf } from './checksums'
import type { Expectation, ObjectStore } from './object-store'
import { backOff, type RetryPolicy } from './retry'

export interface Fetching {
  readonly client: S3Client
  readonly bucket: string
  readonly store: ObjectStore
  readonly signal: AbortSignal
  readonly policy: RetryPolicy
  /** Bytes that came over the network. */
  readonly onReceived: (bytes: number) => void
  /** How much further the object is; negative when it has to begin again. */
  readonly onPosition: (change: number) => void
}

export type Verified = Algorithm | 'size'

/** However often a connection makes a little way and breaks: after so many breaks it is given up. */
const mostTries = 100

/** Brings one object into the store: from where an earlier try stopped, and checked as a whole. */
export async function fetchObject(fetching: Fetching, object: ListedObject): Promise<Verified> {
  const { store, signal, policy } = fetching
  const running = new Running(fetching, object)
  let failed = 0
  for (let tries = 1; ; tries += 1) {
    signal.throwIfAborted()
    const before = running.furthest
    try {
      return await running.tryOnce()
    } catch (error) {
      signal.throwIfAborted()
      const kind = kindOfError(error)
      if (error instanceof BrokenBodyError && !error.keepsPart) await running.beginAgain()
      if (kind === 'changed') await store.dropPart(object)
      failed = running.furthest > before ? 1 : failed + 1
      if (kind !== 'transient' || failed >= policy.attempts || tries >= mostTries) throw error
      await backOff(policy, failed, signal)
    }
  }
}

class Running {
  /** The best position so far: only going beyond it is getting somewhere. */
  furthest = 0
  private position = 0
  private expected: Expectation | null = null
  private hasher: Hasher | null = null
  private opened = false

  constructor(
    private readonly fetching: Fetching,
    private readonly object: ListedObject,
  ) {}

  async tryOnce(): Promise<Verified> {
    const { store } = this.fetching
    if (!this.opened) await this.takeUp()
    if (this.position < this.object.bytes || this.expected === null) await this.receive()
    const checksum = this.expected?.checksum ?? null
    if (checksum !== null && this.hasher?.digest() !== checksum.value) {
      throw new BrokenBodyError(`what arrived does not match the ${checksum.algorithm} checksum of S3`, false)
    }
    await store.complete(this.object)
    return checksum?.algorithm ?? 'size'
  }

  async beginAgain(): Promise<void> {
    await this.fetching.store.dropPart(this.object)
    this.restart()
  }

  /** What an earlier run left is read once, so that the checksum covers it. */
  private async takeUp(): Promise<void> {
    const { bytes, expected } = await this.fetching.store.part(this.object)
    this.opened = true
    if (expected === null) {
      await this.fetching.store.dropPart(this.object)
      return
    }
    this.expected = expected
    this.hasher = expected.checksum ? hasherOf(expected.checksum.algorithm) : null
    this.position = bytes
    this.furthest = bytes
    if (this.hasher === null || bytes === 0) return
    const file = await open(this.fetching.store.partPath(this.object), 'r')
    try {
      for await (const chunk of file.createReadStream({ autoClose: false, highWaterMark: 256 * 1024 })) {
        this.fetching.signal.throwIfAborted()
        this.hasher.update(chunk as Buffer)
      }
    } finally {
      await file.close()
    }
  }

  private async receive(): Promise<void> {
    const { client, bucket, signal, store } = this.fetching
    const { GetObjectCommand } = await import('@aws-sdk/client-s3')
    const answer = await client.send(
      new GetObjectCommand({
        Bucket: bucket,
        Key: this.object.key,
        // Another version under the same key is refused instead of being glued to the part that is here.
        IfMatch: `"${this.object.etag}"`,
        ...(this.position > 0 ? { Range: `bytes=${this.position}-` } : {}),
      }),
      { abortSignal: signal },
    )
    const body = bodyOf(answer)
    try {
      if (answer.ETag === undefined || plainEtag(answer.ETag) !== this.object.etag) {
        throw new NotS3AnswerError('an object came without its ETag')
      }
      const continues = answer.ContentRange?.startsWith(`bytes ${this.position}-`) ?? false
      if (this.position > 0 && !continues) {
        await store.emptyPart(this.object)
        this.restart()
      }
      if (this.expected === null) {
        this.expected = {
          etag: this.object.etag,
          bytes: this.object.bytes,
          checksum: checksumOf(answer, this.object.etag),
        }
        await store.expect(this.object, this.expected)
        this.hasher = this.expected.checksum ? hasherOf(this.expected.checksum.algorithm) : null
      }
      await this.write(body)
    } finally {
      body.destroy()
    }
    if (this.position < this.object.bytes) {
      throw new BrokenBodyError(`it ended after ${this.position} of ${this.object.bytes} bytes`, true)
    }
  }

  private async write(body: Readable): Promise<void> {
    const file = await open(this.fetching.store.partPath(this.object), 'a')
    try {
      await this.copy(body, file)
      await file.sync()
    } finally {
      await file.close()
    }
  }

  private async copy(body: Readable, file: FileHandle): Promise<void> {
    const { signal, policy, onReceived, onPosition } = this.fetching
    const stalled = new BrokenBodyError('nothing arrived any more', true)
    let timer = setTimeout(() => body.destroy(stalled), policy.stallMs)
    const stop = () => body.destroy()
    signal.addEventListener('abort', stop, { once: true })
    try {
      for await (const chunk of body) {
        const bytes = chunk as Buffer
        clearTimeout(timer)
        onReceived(bytes.length)
        if (this.position + bytes.length > this.object.bytes) {
          throw new BrokenBodyError('more arrived than the object holds', false)
        }
        await file.writeFile(bytes)
        this.hasher?.update(bytes)
        this.position += bytes.length
        this.furthest = Math.max(this.furthest, this.position)
        onPosition(bytes.length)
        timer = setTimeout(() => body.destroy(stalled), policy.stallMs)
      }
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
    }
  }

  private restart(): void {
    this.fetching.onPosition(-this.position)
    this.position = 0
    this.expected = null
    this.hasher = null
  }
}

function bodyOf(answer: GetObjectCommandOutput): Readable {
  const { Body } = answer
  if (Body instanceof Readable) return Body
  throw new NotS3AnswerError('an object came without a body')
}

/** Best first. A checksum of an upload in parts is one of its parts' checksums and says nothing about the whole. */
function checksumOf(answer: GetObjectCommandOutput, etag: string): Expectation['checksum'] {
  const given: readonly (readonly [Algorithm, string | undefined])[] = [
    ['sha256', answer.ChecksumSHA256],
    ['crc64nvme', answer.ChecksumCRC64NVME],
    ['crc32c', answer.ChecksumCRC32C],
    ['crc32', answer.ChecksumCRC32],
    ['sha1', answer.ChecksumSHA1],
  ]
  if (answer.ChecksumType !== 'COMPOSITE') {
    for (const [algorithm, value] of given) {
      if (value !== undefined && !/-\d+$/.test(value)) return { algorithm, value }
    }
  }
  // Where a key of KMS or of the customer encrypts, the ETag is not the MD5 of what is read.
  const encrypted =
    answer.ServerSideEncryption?.startsWith('aws:kms') || answer.SSECustomerAlgorithm !== undefined
  return /^[0-9a-f]{32}$/.test(etag) && !encrypted ? { algorithm: 'md5', value: etag } : null
}
