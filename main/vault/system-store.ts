import type { VaultBackend } from './secret-vault'

/** One entry of the operating system's store. */
export interface StoreEntry {
  setPassword(secret: string): Promise<void>
  getPassword(): Promise<string | null>
  deletePassword(): Promise<boolean>
}

/** Opens an entry; throws where there is no store. */
export type OpenEntry = (service: string, name: string) => StoreEntry

/** Loaded at the first use: a start that keeps no secret does not pay for the native module. */
export async function loadSystemStore(): Promise<OpenEntry> {
  const { AsyncEntry } = await import('@napi-rs/keyring')
  // Pinned: left to itself the library falls back to the kernel's keyring, which a reboot empties.
  return (service, name) => new AsyncEntry(service, name, { linux: { store: 'secret-service' } })
}

export function systemBackend(platform: NodeJS.Platform = process.platform): VaultBackend {
  if (platform === 'darwin') return 'Keychain'
  if (platform === 'win32') return 'Credential Manager'
  return 'Secret Service'
}
