import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'

/** What S3 can say about the bytes of an object. */
export const algorithms = ['sha256', 'crc64nvme', 'crc32c', 'crc32', 'sha1', 'md5'] as const
export type Algorithm = (typeof algorithms)[number]

export interface Hasher {
  update(chunk: Uint8Array): void
  /** Base64 as S3 writes it; hexadecimal for MD5, as in an ETag. */
  digest(): string
}

export function hasherOf(algorithm: Algorithm): Hasher {
  switch (algorithm) {
    case 'sha256':
    case 'sha1':
    case 'md5':
      return nativeHasher(algorithm)
    case 'crc32':
      return crc32Hasher()
    case 'crc32c':
      return crc32cHasher()
    case 'crc64nvme':
      return crc64Hasher()
  }
}

function nativeHasher(algorithm: 'sha256' | 'sha1' | 'md5'): Hasher {
  const hash = createHash(algorithm)
  return {
    update: (chunk) => {
      hash.update(chunk)
    },
    digest: () => hash.digest(algorithm === 'md5' ? 'hex' : 'base64'),
  }
}

function crc32Hasher(): Hasher {
  let value = 0
  return {
    update: (chunk) => {
      value = crc32(chunk, value)
    },
    digest: () => base64(value),
  }
}

/** Castagnoli's polynomial, bits reversed. */
const crc32cTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1
  return value
})

function crc32cHasher(): Hasher {
  let value = 0xffffffff
  return {
    update: (chunk) => {
      let crc = value
      for (let at = 0; at < chunk.length; at += 1) {
        crc = (crc >>> 8) ^ (crc32cTable[(crc ^ (chunk[at] ?? 0)) & 255] ?? 0)
      }
      value = crc
    },
    digest: () => base64(~value),
  }
}

/** The NVMe polynomial, bits reversed, as two halves of 32 bits: numbers are a hundred times faster than bigint. */
const crc64Low = new Uint32Array(8 * 256)
const crc64High = new Uint32Array(8 * 256)
let crc64Ready = false

function fillCrc64Tables(): void {
  if (crc64Ready) return
  for (let byte = 0; byte < 256; byte += 1) {
    let low = byte
    let high = 0
    for (let bit = 0; bit < 8; bit += 1) {
      const odd = low & 1
      low = ((low >>> 1) | (high << 31)) >>> 0
      high >>>= 1
      if (odd) {
        low = (low ^ 0xac4bc9b5) >>> 0
        high = (high ^ 0x9a6c9329) >>> 0
      }
    }
    crc64Low[byte] = low
    crc64High[byte] = high
  }
  // The n-th table is the effect of a byte that n more bytes follow: eight bytes are taken in one step.
  for (let at = 256; at < 8 * 256; at += 1) {
    const low = crc64Low[at - 256] ?? 0
    const high = crc64High[at - 256] ?? 0
    crc64Low[at] = ((low >>> 8) | (high << 24)) ^ (crc64Low[low & 255] ?? 0)
    crc64High[at] = (high >>> 8) ^ (crc64High[low & 255] ?? 0)
  }
  crc64Ready = true
}

function crc64Hasher(): Hasher {
  fillCrc64Tables()
  let low = 0xffffffff
  let high = 0xffffffff
  return {
    update: (chunk) => {
      const whole = chunk.length - (chunk.length % 8)
      let at = 0
      while (at < whole) {
        const a = low ^ word(chunk, at)
        const b = high ^ word(chunk, at + 4)
        const i7 = 7 * 256 + (a & 255)
        const i6 = 6 * 256 + ((a >>> 8) & 255)
        const i5 = 5 * 256 + ((a >>> 16) & 255)
        const i4 = 4 * 256 + (a >>> 24)
        const i3 = 3 * 256 + (b & 255)
        const i2 = 2 * 256 + ((b >>> 8) & 255)
        const i1 = 256 + ((b >>> 16) & 255)
        const i0 = b >>> 24
        low = fold(crc64Low, i0, i1, i2, i3, i4, i5, i6, i7)
        high = fold(crc64High, i0, i1, i2, i3, i4, i5, i6, i7)
        at += 8
      }
      for (; at < chunk.length; at += 1) {
        const index = (low ^ (chunk[at] ?? 0)) & 255
        low = ((low >>> 8) | (high << 24)) ^ (crc64Low[index] ?? 0)
        high = (high >>> 8) ^ (crc64High[index] ?? 0)
      }
    },
    digest: () => base64(~high, ~low),
  }
}

function fold(
  table: Uint32Array,
  i0: number,
  i1: number,
  i2: number,
  i3: number,
  i4: number,
  i5: number,
  i6: number,
  i7: number,
): number {
  return (
    (table[i0] ?? 0) ^
    (table[i1] ?? 0) ^
    (table[i2] ?? 0) ^
    (table[i3] ?? 0) ^
    (table[i4] ?? 0) ^
    (table[i5] ?? 0) ^
    (table[i6] ?? 0) ^
    (table[i7] ?? 0)
  )
}

function word(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] ?? 0) |
    ((bytes[at + 1] ?? 0) << 8) |
    ((bytes[at + 2] ?? 0) << 16) |
    ((bytes[at + 3] ?? 0) << 24)
  )
}

function base64(...words: readonly number[]): string {
  const bytes = Buffer.alloc(words.length * 4)
  for (const [index, value] of words.entries()) bytes.writeUInt32BE(value >>> 0, index * 4)
  return bytes.toString('base64')
}
