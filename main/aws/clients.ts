import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3'
import type { S3Draft } from '../../analytics/contract/s3-sources'
import { configuredS3Endpoint } from './profile-settings'

/** Asks the user for the code of a multi-factor device; the answer is used once and kept nowhere. */
export type AskMfaCode = (serial: string) => Promise<string>

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
  readonly settings?: Partial<ClientSettings>
}

export type BucketPlace = Pick<S3Draft, 'bucket' | 'prefix' | 'profile' | 'region'>

/** The SDK is loaded when somebody first asks for S3: a start must not pay for it. */
export async function openS3(place: BucketPlace, ports: ClientPorts): Promise<S3Client> {
  // The version is pinned to one that supports this Node; its advice to upgrade is not for the user of the program.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'
  const [{ S3Client: Client }, { fromIni, fromNodeProviderChain }] = await Promise.all([
    import('@aws-sdk/client-s3'),
    import('@aws-sdk/credential-providers'),
  ])
  const settings = { ...clientSettings, ...ports.settings }
  const mfa = ports.askMfaCode ? { mfaCodeProvider: ports.askMfaCode } : {}
  const endpoint = place.profile === null ? null : await configuredS3Endpoint(place.profile, ports.env)
  const config: S3ClientConfig = {
    // A named profile is that profile and nothing else: no other identity of this machine takes its place.
    credentials:
      place.profile === null
        ? fromNodeProviderChain(mfa)
        : fromIni({ profile: place.profile, ignoreCache: true, ...mfa }),
    ...(place.profile === null ? {} : { profile: place.profile }),
    ...(place.region === null ? {} : { region: place.region }),
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
  const client = new Client(config)
  if (place.region !== null || (await hasRegion(client))) return withChecksums(client)
  client.destroy()
  return withChecksums(new Client({ ...config, region: 'us-east-1' }))
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
