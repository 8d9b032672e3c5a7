import { basename } from 'node:path'
import type { ConnectionKind, SignIn } from '../../../analytics/contract/connections'
import { type AwsFiles, awsFiles, readSections, type Section } from '../profile-settings'
import { signInOf } from './sso-sign-in'

/** A profile of the AWS files, as far as they tell without anybody being asked. Nothing in it is secret. */
export interface LocalProfile {
  readonly name: string
  readonly kind: ConnectionKind
  readonly origin: string
  readonly account: string | null
  readonly region: string | null
  readonly mfaDevice: string | null
  readonly signIn: SignIn | null
  readonly trouble: { readonly message: string; readonly hint: string } | null
}

export type Profiles = ReadonlyMap<string, Section>

/** Both files together: the credentials file wins, as it does in the SDK. */
export async function readProfiles(env: NodeJS.ProcessEnv): Promise<{
  readonly profiles: Profiles
  readonly sessions: Profiles
  readonly files: AwsFiles
}> {
  const files = awsFiles(env)
  const [config, credentials] = await Promise.all([
    readSections(files.config),
    readSections(files.credentials),
  ])
  const profiles = new Map<string, Section>()
  const sessions = new Map<string, Section>()
  for (const [heading, section] of config) {
    // The config file keeps more than profiles: services, plugins.
    const profile = heading === 'default' ? heading : /^profile\s+(.+)$/.exec(heading)?.[1]
    const session = /^sso-session\s+(.+)$/.exec(heading)?.[1]
    if (profile !== undefined) profiles.set(profile, section)
    if (session !== undefined) sessions.set(session, section)
  }
  for (const [name, section] of credentials)
    profiles.set(name, new Map([...(profiles.get(name) ?? []), ...section]))
  return { profiles, sessions, files }
}

export async function listLocalProfiles(
  env: NodeJS.ProcessEnv,
  now: number,
): Promise<{ readonly profiles: readonly LocalProfile[]; readonly files: AwsFiles }> {
  const { profiles, sessions, files } = await readProfiles(env)
  const found: LocalProfile[] = []
  for (const [name, section] of profiles) found.push(await describeProfile(name, section))
  return { profiles: found.sort((one, other) => (one.name < other.name ? -1 : 1)), files }

  async function describeProfile(name: string, section: Section): Promise<LocalProfile> {
    const base = {
      name,
      account: null,
      region: section.get('region') ?? null,
      mfaDevice: null,
      signIn: null,
      trouble: null,
    }
    // In the order in which the SDK looks.
    if (section.has('aws_access_key_id')) {
      const origin = section.has('aws_session_token')
        ? 'Temporary keys in the AWS files.'
        : 'Keys in the AWS files.'
      return { ...base, kind: 'static', origin }
    }
    const role = section.get('role_arn')
    if (role !== undefined && (section.has('source_profile') || section.has('credential_source'))) {
      const chain = chainOf(name, profiles)
      const source = chain.names.at(-1) ?? name
      const from =
        section.get('credential_source') ??
        (chain.names.length > 0 ? `the profile ${chain.names.join(', which gets its keys from ')}` : source)
      return {
        ...base,
        kind: 'role',
        origin: `The role ${
          role
            .split(':')
            .at(-1)
            ?.replace(/^role\//, '') ?? role
        }, taken on by ${from}.`,
        account: /^arn:[\w-]+:iam::(\d{12}):/.exec(role)?.[1] ?? null,
        mfaDevice:
          [name, ...chain.names].map((one) => profiles.get(one)?.get('mfa_serial')).find(Boolean) ?? null,
        signIn: await signInOf(source, profiles.get(source), sessions, env, now),
        trouble: chain.trouble,
      }
    }
    if (role !== undefined && section.has('web_identity_token_file'))
      return { ...base, kind: 'web-identity', origin: 'A role taken on with a token from a file.' }
    const signIn = await signInOf(name, section, sessions, env, now)
    if (signIn !== null) {
      const session = section.get('sso_session')
      const isKnown = session === undefined || sessions.has(session)
      return {
        ...base,
        kind: 'sso',
        origin: `Single sign-on${session === undefined ? '' : ` ${session}`}${section.has('sso_role_name') ? `, as ${section.get('sso_role_name')}` : ''}.`,
        account: /^\d{12}$/.exec(section.get('sso_account_id') ?? '')?.[0] ?? null,
        signIn: isKnown ? signIn : null,
        trouble: isKnown
          ? null
          : {
              message: `The profile ${name} names the sign-on session ${session}, which the AWS config file does not have.`,
              hint: 'Run: aws configure sso-session',
            },
      }
    }
    if (section.has('login_session')) return { ...base, kind: 'login', origin: 'Signed in with aws login.' }
    const process = section.get('credential_process')
    if (process !== undefined) {
      // Only the program: people do write secrets among its arguments.
      const program = /^"([^"]+)"|^(\S+)/.exec(process)
      return {
        ...base,
        kind: 'process',
        origin: `The program ${basename(program?.[1] ?? program?.[2] ?? '')} gives the keys.`,
      }
    }
    return {
      ...base,
      kind: 'unknown',
      origin: 'The AWS files do not say where its keys come from.',
      trouble: {
        message: `The profile ${name} has no keys, role, sign-on or program to get them.`,
        hint: `Run: aws configure sso --profile ${/^[\w.@/+-]+$/.test(name) ? name : `'${name}'`}`,
      },
    }
  }
}

interface Chain {
  /** From the first source to the last, which has the keys. */
  readonly names: readonly string[]
  readonly trouble: LocalProfile['trouble']
}

/** A role can be taken on by a profile that itself takes on a role. */
function chainOf(name: string, profiles: Profiles): Chain {
  const names: string[] = []
  let at = name
  for (;;) {
    const section = profiles.get(at)
    const source = section?.get('role_arn') === undefined ? undefined : section.get('source_profile')
    // A profile that names itself has the keys beside the role.
    if (source === undefined || source === at) return { names, trouble: null }
    if (!profiles.has(source)) {
      return {
        names: [...names, source],
        trouble: {
          message: `The profile ${at} gets its keys from the profile ${source}, which the AWS files do not have.`,
          hint: `Add the profile ${source} to the AWS files, or correct source_profile of ${at}.`,
        },
      }
    }
    if (names.includes(source) || source === name) {
      return {
        names: [...names, source],
        trouble: {
          message: `The profiles ${[name, ...names].join(', ')} get their keys from each other in a circle.`,
          hint: `Correct source_profile of ${at} in the AWS config file.`,
        },
      }
    }
    names.push(source)
    if (profiles.get(source)?.has('aws_access_key_id')) return { names, trouble: null }
    at = source
  }
}
