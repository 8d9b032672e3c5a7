import type { Result } from '../../analytics/contract/result'

export type VaultBackend = 'Keychain' | 'Credential Manager' | 'Secret Service'

/** "No entry" and "no store" are different answers, so whether there is a store is asked for on its own. */
export type VaultStatus =
  | { readonly kind: 'ready'; readonly backend: VaultBackend }
  | { readonly kind: 'no-store'; readonly reason: string; readonly hint: string }
  | { readonly kind: 'locked'; readonly reason: string; readonly hint: string }

/**
 * Where secrets are kept: the operating system's own store, never a file of ours. It does not list what it
 * holds: who put a secret there keeps its name, so no call has to read every secret to answer one question.
 */
export interface SecretVault {
  status(): Promise<VaultStatus>
  put(name: string, secret: string): Promise<Result<void>>
  /** Null says that there is a working store and nothing under that name in it. */
  get(name: string): Promise<Result<string | null>>
  /** False says that there was nothing to forget. */
  forget(name: string): Promise<Result<boolean>>
}

export const vaultFailureCodes = {
  invalidName: 'vault-invalid-name',
  invalidSecret: 'vault-invalid-secret',
  noStore: 'vault-no-store',
  locked: 'vault-locked',
  refused: 'vault-refused',
} as const
