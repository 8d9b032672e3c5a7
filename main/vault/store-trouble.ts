import { type Failure, failure } from '../../analytics/contract/result'
import { type VaultStatus, vaultFailureCodes } from './secret-vault'

/** Why the operating system's store did not answer, told apart by what the person can do about it. */
export type StoreTrouble =
  | { readonly kind: 'no-store' | 'no-collection' | 'locked' | 'waiting' | 'unloadable' }
  | { readonly kind: 'too-long' | 'refused'; readonly cause: string }

/** The store's own words are all there is to tell its failures apart: each arrives as the same error code. */
export function troubleOf(error: unknown, secret?: string): StoreTrouble {
  const cause = withoutSecret(error instanceof Error ? error.message : String(error), secret)
  if (/no result found/i.test(cause)) return { kind: 'no-collection' }
  if (/dismissed|is ?locked|\blocked\b|user interaction is not allowed|authorization/i.test(cause)) {
    return { kind: 'locked' }
  }
  if (/longer than/i.test(cause)) return { kind: 'too-long', cause }
  if (/d-?bus|zbus|no keychain is available|service ?unknown|name has no owner|logon session/i.test(cause)) {
    return { kind: 'no-store' }
  }
  return { kind: 'refused', cause }
}

export function statusOf(trouble: StoreTrouble): Exclude<VaultStatus, { kind: 'ready' }> {
  const { reason, hint } = words(trouble)
  const locked = trouble.kind === 'locked' || trouble.kind === 'waiting'
  return { kind: locked ? 'locked' : 'no-store', reason, hint }
}

export function failureOf(trouble: StoreTrouble): Failure {
  const { reason, hint } = words(trouble)
  const details = 'cause' in trouble ? trouble.cause : undefined
  return failure(codes[trouble.kind], reason, hint, details)
}

const codes: Readonly<Record<StoreTrouble['kind'], string>> = {
  'no-store': vaultFailureCodes.noStore,
  'no-collection': vaultFailureCodes.noStore,
  unloadable: vaultFailureCodes.noStore,
  locked: vaultFailureCodes.locked,
  waiting: vaultFailureCodes.locked,
  'too-long': vaultFailureCodes.invalidSecret,
  refused: vaultFailureCodes.refused,
}

function words(trouble: StoreTrouble): { readonly reason: string; readonly hint: string } {
  const useProfiles = 'Or use an AWS profile, which needs no secret kept here.'
  switch (trouble.kind) {
    case 'no-store':
      return {
        reason: 'This machine has no secret store that answers.',
        hint: `On Linux, log in to a desktop with GNOME Keyring, KWallet or KeePassXC running. ${useProfiles}`,
      }
    case 'no-collection':
      return {
        reason: 'The secret store runs but has no default keyring to keep secrets in.',
        hint: `Create a default keyring with a password in the desktop's password manager. ${useProfiles}`,
      }
    case 'unloadable':
      return {
        reason: 'The part of the program that reaches the secret store could not be loaded.',
        hint: `Install the program again on this machine. ${useProfiles}`,
      }
    case 'locked':
      return {
        reason: 'The secret store is locked.',
        hint: `Unlock the keyring or log in again, then try again. ${useProfiles}`,
      }
    case 'waiting':
      return {
        reason: 'The secret store has not answered; it may be waiting for its password.',
        hint: `Answer the system's password window, then try again. ${useProfiles}`,
      }
    case 'too-long':
      return {
        reason: 'The secret is longer than the secret store of this system accepts.',
        hint: 'Use an AWS profile instead, which needs no secret kept here.',
      }
    case 'refused':
      return { reason: 'The secret store refused the request.', hint: `Try again. ${useProfiles}` }
  }
}

function withoutSecret(text: string, secret: string | undefined): string {
  return secret === undefined || secret === '' ? text : text.split(secret).join('[secret]')
}
