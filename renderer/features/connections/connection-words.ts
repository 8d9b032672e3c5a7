import type { Ability, AwsConnection, ConnectionKind } from '../../../analytics/contract/connections'

export const kindTexts: Readonly<Record<ConnectionKind, string>> = {
  default: 'Default credentials',
  static: 'Keys in the AWS files',
  role: 'Role',
  sso: 'Single sign-on',
  login: 'AWS login',
  process: 'Program',
  'web-identity': 'Role with a token',
  unknown: 'No credentials',
  'kept-keys': 'Keys in the keychain',
  'kept-role': 'Role in a member account',
}

export const areaTexts: Readonly<Record<Ability['area'], string>> = {
  scan: 'Scan',
  organisation: 'Organisation',
  change: 'Changes',
}

export const nameOf = (profile: string | null) => profile ?? 'Default credentials'

/** In the address an empty name would be no name. */
export const addressOf = (profile: string | null) => (profile === null ? '*' : profile)
export const isAddressed = (address: string | undefined, { profile }: AwsConnection) =>
  address === addressOf(profile)

export const isKept = ({ kind }: AwsConnection) => kind === 'kept-keys' || kind === 'kept-role'

export interface ConnectionState {
  readonly tone: 'plain' | 'good' | 'warn' | 'bad'
  readonly text: string
}

/** The one thing to know about a connection before it is used. */
export function stateOf({ trouble, signIn, check }: AwsConnection): ConnectionState {
  if (trouble !== null) return { tone: 'bad', text: 'Does not work' }
  if (signIn?.state === 'expired') return { tone: 'warn', text: 'Sign-in expired' }
  if (signIn?.state === 'never') return { tone: 'warn', text: 'Not signed in' }
  if (check === null) return { tone: 'plain', text: 'Not checked' }
  const scan = check.abilities.filter(({ area }) => area === 'scan')
  const refused = scan.filter(({ state }) => state === 'denied').length
  if (refused > 0) return { tone: 'warn', text: `${refused} of ${scan.length} parts of a scan refused` }
  return scan.some(({ state }) => state === 'unknown')
    ? { tone: 'plain', text: 'Partly checked' }
    : { tone: 'good', text: 'Can scan' }
}

export function countAllowed(abilities: readonly Ability[], area: Ability['area']): string {
  const some = abilities.filter((one) => one.area === area)
  return `${some.filter(({ state }) => state === 'allowed').length} of ${some.length}`
}
