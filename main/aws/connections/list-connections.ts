import type {
  AwsConnection,
  AwsConnections,
  KeptConnection,
  KeptConnections,
  Writing,
} from '../../../analytics/contract/connections'
import { takenTwice } from './kept-keys'
import { listLocalProfiles } from './local-profiles'

const none = {
  account: null,
  accountName: '',
  region: null,
  mfaDevice: null,
  signIn: null,
  trouble: null,
} as const

/** Every connection there is, without anybody being asked: the AWS files, and what was added here. */
export async function listConnections(
  { kept, writing, checks }: KeptConnections,
  env: NodeJS.ProcessEnv,
  now: number,
): Promise<AwsConnections> {
  const { profiles, files } = await listLocalProfiles(env, now)
  const told = (profile: string | null) => ({
    profile,
    ...writingOf(writing, profile),
    check: checks.find((one) => one.profile === profile) ?? null,
  })
  const names = new Set(profiles.map(({ name }) => name))
  const connections: AwsConnection[] = [
    ...profiles.map(({ name, ...profile }) => ({ ...none, ...profile, ...told(name) })),
    ...kept.map((one) => {
      const trouble = names.has(one.name) ? takenTwice(one.name) : null
      return {
        ...none,
        ...describeKept(one),
        ...told(one.name),
        trouble: trouble && { message: trouble.message, hint: trouble.hint ?? '' },
      }
    }),
    {
      ...none,
      ...told(null),
      kind: 'default',
      origin: defaultOrigin(
        env,
        profiles.some(({ name, trouble }) => name === 'default' && trouble === null),
      ),
    },
  ]
  return { connections: connections.map(withAccount), files: [files.config, files.credentials] }
}

function describeKept(
  kept: KeptConnection,
): Pick<AwsConnection, 'kind' | 'origin' | 'account' | 'accountName' | 'region'> {
  const { account, region } = kept
  return kept.kind === 'keys'
    ? {
        kind: 'kept-keys',
        origin: `Keys in the keychain of this system, their id ending in ${kept.keyEnding}.`,
        account,
        accountName: '',
        region,
      }
    : {
        kind: 'kept-role',
        origin: `The role ${kept.role}, taken on by ${kept.via === null ? 'the default credentials' : kept.via}.`,
        account,
        accountName: kept.accountName,
        region,
      }
}

function writingOf(
  all: readonly Writing[],
  profile: string | null,
): Pick<AwsConnection, 'writing' | 'writingSince'> {
  const since = all.find((one) => one.profile === profile)?.since ?? null
  return { writing: since !== null, writingSince: since }
}

/** The AWS files do not say whose keys are in them; the last look did. */
function withAccount(connection: AwsConnection): AwsConnection {
  return { ...connection, account: connection.account ?? connection.check?.account ?? null }
}

/** In the order in which the SDK looks, as far as it can be told without asking. */
function defaultOrigin(env: NodeJS.ProcessEnv, hasDefault: boolean): string {
  if (env.AWS_PROFILE) return `The profile ${env.AWS_PROFILE}, which AWS_PROFILE names.`
  if (env.AWS_ACCESS_KEY_ID) return 'Keys in the environment of this program.'
  if (hasDefault) return 'The profile default.'
  return 'A role of this machine, if it has one.'
}
