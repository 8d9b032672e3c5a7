import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'
import { type Result, succeed } from '../../analytics/contract/result'
import type { SecretVault } from '../vault/secret-vault'

const entry = 'approval signing key'

export interface SigningKey {
  /** The public key, raw, as hexadecimal digits. */
  readonly key: string
  readonly sign: (text: string) => string
}

/** Made once a machine and kept in its keychain; without a keychain nobody signs anything. */
export async function signingKey(vault: SecretVault): Promise<Result<SigningKey>> {
  const kept = await vault.get(entry)
  if (!kept.ok) return kept
  if (kept.value !== null) {
    const known = createPrivateKey({ key: Buffer.from(kept.value, 'base64'), format: 'der', type: 'pkcs8' })
    return succeed(keyOf(known))
  }
  const { privateKey } = generateKeyPairSync('ed25519')
  const der = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')
  const put = await vault.put(entry, der)
  return put.ok ? succeed(keyOf(privateKey)) : put
}

function keyOf(privateKey: KeyObject): SigningKey {
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' })
  return {
    key: Buffer.from(x, 'base64url').toString('hex'),
    sign: (text) => sign(null, Buffer.from(text), privateKey).toString('hex'),
  }
}

export function isSignedBy(key: string, text: string, signature: string): boolean {
  try {
    const x = Buffer.from(key, 'hex').toString('base64url')
    const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
    return verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'hex'))
  } catch {
    // Not every number is a point on the curve.
    return false
  }
}

/** What people read to each other to be sure of a key. */
export const fingerprintOf = (key: string) => createHash('sha256').update(key).digest('hex')
