import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** 256 random bits in letters that need no escaping in a URL or a cookie. */
export function mintSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** What is kept of a secret: enough to recognise it, useless to whoever reads it. */
export function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret, 'utf8').digest()
}

/** Digests have one length, so the comparison takes the same time whatever was guessed. */
export function sameDigest(left: Buffer, right: Buffer): boolean {
  return timingSafeEqual(left, right)
}
