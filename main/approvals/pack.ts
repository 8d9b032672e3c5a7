import { createHash } from 'node:crypto'
import { type Pack, packSchema } from '../../analytics/contract/approvals'
import type { Pinned } from '../../analytics/contract/journal'
import { fail, type Result, succeed } from '../../analytics/contract/result'
import { canonical } from '../actions/prechecks'
import { isSignedBy, type SigningKey } from './signing-key'

type Signature = Pack['signatures'][number]

export interface Signer {
  readonly name: string
  readonly key: SigningKey
  readonly at: string
  readonly note: string
}

/** Each signature is over everything that is asked for and over the signatures before it. */
function signedText(
  pinned: readonly Pinned[],
  before: readonly Signature[],
  own: Omit<Signature, 'signature'>,
): string {
  return canonical({ format: 'finops-autopilot-approval', version: 1, pinned, before, ...own })
}

export function signPack(pinned: readonly Pinned[], before: readonly Signature[], signer: Signer): Pack {
  const own = { name: signer.name, key: signer.key.key, at: signer.at, note: signer.note }
  const signature = signer.key.sign(signedText(pinned, before, own))
  return {
    format: 'finops-autopilot-approval',
    version: 1,
    pinned: [...pinned],
    signatures: [...before, { ...own, signature }],
  }
}

export const packText = (pack: Pack) => `${JSON.stringify(pack, null, 2)}\n`
export const packDigest = (text: string) => createHash('sha256').update(text).digest('hex')

/** Takes a file only if every byte of it is what was signed. */
export function readPack(text: string, now: number): Result<Pack> {
  const refuse = (why: string) =>
    fail('pack-refused', `The file is not a valid request for approval: ${why}`, 'Ask for a new file.')
  let pack: Pack
  try {
    pack = packSchema.parse(JSON.parse(text))
  } catch (error) {
    return fail(
      'pack-refused',
      'The file is not a valid request for approval: it cannot be read as one.',
      'Ask for a new file.',
      String(error).slice(0, 4_000),
    )
  }
  if (packText(pack) !== text) return refuse('it was changed after it was written.')
  for (const [at, { signature, ...own }] of pack.signatures.entries()) {
    if (!isSignedBy(own.key, signedText(pack.pinned, pack.signatures.slice(0, at), own), signature))
      return refuse(`the signature of ${own.name} does not fit what is asked for.`)
  }
  const expired = pack.pinned.find(({ expires }) => Date.parse(expires) <= now)
  if (expired) return refuse(`it expired on ${expired.expires.slice(0, 10)}.`)
  return succeed(pack)
}
