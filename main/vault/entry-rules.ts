import { type Failure, failure } from '../../analytics/contract/result'
import { vaultFailureCodes } from './secret-vault'

const longestName = 200
/** Far above a session token; a guard against handing a whole file to the store by mistake. */
const longestSecret = 65_536

export function refusedName(name: string): Failure | null {
  // Stores hand names to C libraries and to their own search syntax: a NUL or a line break never belongs there.
  const printable = /^[^\p{Cc}\p{Cs}]+$/u.test(name)
  if (printable && name.length <= longestName) return null
  return failure(
    vaultFailureCodes.invalidName,
    `The name of a secret has to be 1 to ${longestName} printable characters.`,
    'Choose another name.',
  )
}

export function refusedSecret(secret: string): Failure | null {
  if (secret.length > 0 && secret.length <= longestSecret && !secret.includes('\0')) return null
  return failure(
    vaultFailureCodes.invalidSecret,
    `A secret has to be 1 to ${longestSecret} characters without a NUL.`,
    'Enter the secret again.',
  )
}
