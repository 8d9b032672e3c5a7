import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3'
import type { S3Draft } from '../../analytics/contract/s3-sources'
import { closedGate, withGate } from './change-gate'
import { kindOfError } from './failures'
import { type FindKept, type Kept, keptRegion, settingsProfile } from './kept'
import { type AskMfaCode, MfaSessions, type SessionKeys } from './mfa'
import { configuredEndpoint } from './profile-settings'

export interface ClientSettings {
  readonly retryMode: 'adaptive' | 'standard'
  /** Tries of one request, the first included; the SDK waits longer each time. */
  readonly maxAttempts: number
  readonly connectionMs: number
  /** Until the answer begins; how long a body may pause is watched by who reads it. */
  readonly requestMs: number
  /** A socket on which nothing moves for so long is given up. */
  readonly idleMs: number
}

export const clientSettings: ClientSettings = {
  retryMode: 'adaptive',
  maxAttempts: 5,
  connectionMs: 10_000,
  requestMs: 30_000,
  idleMs: 60_000,
}

export interface ClientPorts {
  readonly env: NodeJS.ProcessEnv
  readonly askMfaCode?: AskMfaCode
  /** Of the application, so that one code serves several clients; absent: each client for itself. */
  readonly sessions?: MfaSessions
  /** What names stand for that the AWS files do not have. */
  readonly kept?: FindKept
  /** Ends the wait for a code. */
  readonly signal?: AbortSignal
  readonly settings?: Partial<ClientSettings>
}

export type BucketPlace = Pick<S3Draft, 'bucket' | 'prefix' | 'profile' | 'region'>

/** The SDK is loaded when somebody first asks for S3: a start must not pay for it. */
export async function openS3(place: BucketPlace, ports: ClientPorts): Promise<S3Client> {
  // The version is pinned to one that supports this Node; its advice to upgrade is not for the user of the program.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'
  const { S3Client: Client } = await import('@aws-sdk/client-s3')
  const settings = { ...clientSettings, ...ports.settings }
  const { sessions = new MfaSessions() } = ports
  const { profile } = place
  const ofFiles = await settingsProfile(profile, ports.kept)
  const endpoint = ofFiles === null ? null : await configuredEndpoint(ofFiles, 's3', ports.env)
  const region = place.region ?? (await keptRegion(profile, ports.kept))
  const config: S3ClientConfig = {
    credentials: credentialsOf(profile, { ...ports, sessions }),
    ...(ofFiles === null ? {} : { profile: ofFiles }),
    ...(region === null ? {} : { region }),
    ...(endpoint === null ? {} : { endpoint }),
    // Who names a region is told when it is the wrong one; who names none is led to the right one.
    followRegionRedirects: place.region === null,
    retryMode: settings.retryMode,
    maxAttempts: settings.maxAttempts,
    requestHandler: {
      connectionTimeout: settings.connectionMs,
      requestTimeout: settings.requestMs,
      throwOnRequestTimeout: true,
      socketTimeout: settings.idleMs,
    },
    // Checked over the whole file by the sync itself, which also knows the part fetched before a cut.
    responseChecksumValidation: 'WHEN_REQUIRED',
  }
  const ready = (client: S3Client) =>
    withGate(forgettingRefused(withChecksums(client), sessions, profile), closedGate)
  const client = new Client(config)
  if (region !== null || (await hasRegion(client))) return ready(client)
  client.destroy()
  return ready(new Client({ ...config, region: 'us-east-1' }))
}

/** The keys of a profile, asked for when a request is signed; null: the default credentials of this machine. */
export function credentialsOf(profile: string | null, ports: ClientPorts): () => Promise<SessionKeys> {
  const { askMfaCode, sessions = new MfaSessions(), signal = new AbortController().signal } = ports
  /** A named profile is that profile and nothing else: no other identity of this machine takes its place. */
  const openSession = async (onAsked: () => void): Promise<SessionKeys> => {
    const { fromIni, fromNodeProviderChain } = await import('@aws-sdk/credential-providers')
    const ask = (device: string, from: AskMfaCode) => {
      onAsked()
      return from({ device, profile, signal })
    }
    const mfa = askMfaCode ? { mfaCodeProvider: (device: string) => ask(device, askMfaCode) } : {}
    const kept = profile === null ? null : await ports.kept?.(profile)
    if (kept?.kind === 'keys') return kept.keys
    if (kept?.kind === 'role') return await takeOnRole(kept, ports)
    return profile === null
      ? await fromNodeProviderChain(mfa)()
      : await fromIni({ profile, ignoreCache: true, ...mfa })()
  }
  return () => sessions.keys(profile, openSession)
}

async function takeOnRole(
  { via, role, externalId, region }: Extract<Kept, { kind: 'role' }>,
  ports: ClientPorts,
): Promise<SessionKeys> {
  const { fromTemporaryCredentials } = await import('@aws-sdk/credential-providers')
  const ofFiles = await settingsProfile(via, ports.kept)
  const endpoint = ofFiles === null ? null : await configuredEndpoint(ofFiles, 'sts', ports.env)
  const provider = fromTemporaryCredentials({
    masterCredentials: credentialsOf(via, ports),
    params: {
      RoleArn: role,
      RoleSessionName: 'finops-autopilot',
      ...(externalId === null ? {} : { ExternalId: externalId }),
    },
    clientConfig: {
      ...(region === null ? {} : { region }),
      ...(endpoint === null ? {} : { endpoint }),
      ...(ofFiles === null ? {} : { profile: ofFiles }),
    },
  })
  return await provider()
}

/** A session that was ended early must not be refused again and again until its time is up. */
function forgettingRefused(client: S3Client, sessions: MfaSessions, profile: string | null): S3Client {
  client.middlewareStack.add(
    (next) => async (args) => {
      try {
        return await next(args)
      } catch (error) {
        if (kindOfError(error) === 'credentials') sessions.forget(profile)
        throw error
      }
    },
    { step: 'initialize', name: 'forgetRefused' },
  )
  return client
}

/** A profile without a region is no reason to fail: S3 says where the bucket is. */
async function hasRegion(client: S3Client): Promise<boolean> {
  try {
    return (await client.config.region()) !== ''
  } catch (error) {
    if (error instanceof Error && /region is missing/i.test(error.message)) return false
    throw error
  }
}

/** Asks S3 to send the checksums it holds, without the SDK computing them a second time. */
function withChecksums(client: S3Client): S3Client {
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const { request } = args
      if (context.commandName === 'GetObjectCommand' && hasHeaders(request)) {
        request.headers['x-amz-checksum-mode'] = 'ENABLED'
      }
      return await next(args)
    },
    { step: 'build', name: 'askForChecksums' },
  )
  return client
}

function hasHeaders(request: unknown): request is { headers: Record<string, string> } {
  return (
    typeof request === 'object' &&
    request !== null &&
    'headers' in request &&
    typeof request.headers === 'object' &&
    request.headers !== null
  )
}
