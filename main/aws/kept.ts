import type { Failure } from '../../analytics/contract/result'
import type { SessionKeys } from './mfa'

/** What the name of a connection stands for that was added to the application and is not in the AWS files. */
export type Kept =
  | { readonly kind: 'keys'; readonly keys: SessionKeys; readonly region: string | null }
  | {
      readonly kind: 'role'
      /** Whose credentials take the role on: a profile of the AWS files, or kept keys. */
      readonly via: string | null
      readonly role: string
      readonly externalId: string | null
      readonly region: string | null
    }

/** null: the AWS files decide. */
export type FindKept = (name: string) => Promise<Kept | null>

/** What was kept cannot be had: the keychain is locked or gone. */
export class KeptUnavailableError extends Error {
  constructor(readonly failure: Failure) {
    super(failure.message)
    this.name = 'KeptUnavailableError'
  }
}

/** The profile of the AWS files that settings other than keys come from; null where there is none. */
export async function settingsProfile(
  name: string | null,
  find: FindKept | undefined,
): Promise<string | null> {
  let at = name
  while (at !== null) {
    const kept = (await find?.(at)) ?? null
    if (kept === null) return at
    at = kept.kind === 'role' ? kept.via : null
  }
  return null
}

/** The region that was given for it here. */
export async function keptRegion(name: string | null, find: FindKept | undefined): Promise<string | null> {
  return name === null ? null : ((await find?.(name))?.region ?? null)
}
