import { type ChangeGate, closedGate, type Gated, withGate } from '../change-gate'
import { type ClientPorts, type ClientSettings, clientSettings, credentialsOf } from '../clients'
import { keptRegion, settingsProfile } from '../kept'
import { MfaSessions, type SessionKeys } from '../mfa'
import { configuredEndpoint } from '../profile-settings'
import { GuardedHandler } from './foreign-answer'

/** What every client of the SDK is opened with. */
export interface ClientConfig {
  readonly region: string
  readonly credentials: () => Promise<SessionKeys>
  readonly endpoint?: string
  readonly profile?: string
  readonly retryMode: ClientSettings['retryMode']
  readonly maxAttempts: number
  readonly requestHandler: GuardedHandler
}

/** One identity at work in one account: its clients, one a service and region, over shared connections. */
export class AwsSession {
  private readonly clients = new Map<string, Promise<unknown>>()
  private readonly settings: ClientSettings
  private readonly credentials: () => Promise<SessionKeys>
  private readonly handler: GuardedHandler

  constructor(
    readonly profile: string | null,
    private readonly ports: ClientPorts,
    /** Opened by the executor alone; whoever else has a session can only look. */
    private readonly gate: ChangeGate = closedGate,
  ) {
    // The version is pinned to one that supports this Node; its advice is not for the user of the program.
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'
    this.settings = { ...clientSettings, ...ports.settings }
    this.credentials = credentialsOf(profile, { ...ports, sessions: ports.sessions ?? new MfaSessions() })
    this.handler = new GuardedHandler({
      connectionTimeout: this.settings.connectionMs,
      requestTimeout: this.settings.requestMs,
      throwOnRequestTimeout: true,
      socketTimeout: this.settings.idleMs,
    })
  }

  /**
   * The client of a service in a region. `service` is its name in the AWS files; the SDK's package is loaded by
   * `make`, when somebody first asks: a start must not pay for it.
   */
  async client<Client extends Gated>(
    service: string,
    region: string,
    make: (config: ClientConfig) => Promise<Client>,
  ): Promise<Client> {
    const key = `${service}/${region}`
    let client = this.clients.get(key) as Promise<Client> | undefined
    if (!client) {
      client = this.config(service, region)
        .then(make)
        .then((made) => withGate(made, this.gate))
      this.clients.set(key, client)
    }
    return await client
  }

  /** The region of the profile, where it has one. */
  async defaultRegion(): Promise<string> {
    const given = await keptRegion(this.profile, this.ports.kept)
    if (given !== null) return given
    const profile = await settingsProfile(this.profile, this.ports.kept)
    const { S3Client } = await import('@aws-sdk/client-s3')
    const client = new S3Client(profile === null ? {} : { profile })
    try {
      return await client.config.region()
    } catch {
      // A profile without a region is no reason to fail.
      return 'us-east-1'
    } finally {
      client.destroy()
    }
  }

  close(): void {
    this.handler.end()
  }

  private async config(service: string, region: string): Promise<ClientConfig> {
    const { settings } = this
    const profile = await settingsProfile(this.profile, this.ports.kept)
    const endpoint = profile === null ? null : await configuredEndpoint(profile, service, this.ports.env)
    return {
      region,
      credentials: this.credentials,
      ...(profile === null ? {} : { profile }),
      ...(endpoint === null ? {} : { endpoint }),
      retryMode: settings.retryMode,
      maxAttempts: settings.maxAttempts,
      requestHandler: this.handler,
    }
  }
}
