import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Algorithm, algorithms, hasherOf } from './checksums'

const check = '123456789'

/** The check values of the catalogue of CRC algorithms; the others by Node's own implementation. */
const known: Record<Algorithm, string> = {
  crc32: Buffer.from('cbf43926', 'hex').toString('base64'),
  crc32c: Buffer.from('e3069283', 'hex').toString('base64'),
  crc64nvme: Buffer.from('ae8b14860a799888', 'hex').toString('base64'),
  sha1: createHash('sha1').update(check).digest('base64'),
  sha256: createHash('sha256').update(check).digest('base64'),
  md5: createHash('md5').update(check).digest('hex'),
}

function digest(algorithm: Algorithm, chunks: readonly Uint8Array[]): string {
  const hasher = hasherOf(algorithm)
  for (const chunk of chunks) hasher.update(chunk)
  return hasher.digest()
}

test.each(algorithms)('%s of "123456789" is the published check value', (algorithm) => {
  expect(digest(algorithm, [Buffer.from(check)])).toBe(known[algorithm])
})

test.each(algorithms)('%s does not depend on where the chunks are cut', (algorithm) => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.array(fc.nat(400), { maxLength: 5 }), (bytes, cuts) => {
      const places = [0, ...cuts.filter((cut) => cut <= bytes.length).sort((a, b) => a - b), bytes.length]
      const chunks = places.slice(1).map((end, index) => bytes.subarray(places[index], end))
      expect(digest(algorithm, chunks)).toBe(digest(algorithm, [bytes]))
    }),
    { seed: 20_260_901, numRuns: 60 },
  )
})

test('the fast steps of crc64nvme agree with the definition, bit by bit', () => {
  const slow = (bytes: Uint8Array): string => {
    const full = (1n << 64n) - 1n
    let crc = full
    for (const byte of bytes) {
      crc ^= BigInt(byte)
      for (let bit = 0; bit < 8; bit += 1) crc = crc & 1n ? (crc >> 1n) ^ 0x9a6c9329ac4bc9b5n : crc >> 1n
    }
    return Buffer.from((crc ^ full).toString(16).padStart(16, '0'), 'hex').toString('base64')
  }
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(digest('crc64nvme', [bytes])).toBe(slow(bytes))
    }),
    { seed: 7, numRuns: 60 },
  )
})
