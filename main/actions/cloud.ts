import type { Gated } from '../aws/change-gate'
import type { AwsSession, ClientConfig } from '../aws/inventory/session'
import { type RetryPolicy, retrying } from '../sync/retry'
import { kindOfAnswer } from './call-outcome'
import { type InputOf, type Service, services } from './services'

/** An answer as JSON: times as text, and nothing of the SDK's own. */
export type Answer = Readonly<Record<string, unknown>>

interface SdkClient extends Gated {
  send(command: object, options: { readonly abortSignal: AbortSignal }): Promise<object>
}

export interface Answered {
  readonly answer: Answer
  readonly requestId: string | null
}

/** AWS as the actions see it: one identity, one region, operations by name. */
export class Cloud {
  constructor(
    private readonly session: AwsSession,
    readonly region: string,
    private readonly policy: RetryPolicy,
    private readonly signal: AbortSignal,
  ) {}

  /** Looks. What fails on the way is tried again: looking twice does no harm. */
  async read<S extends Service, O extends string>(
    service: S,
    operation: O,
    input: InputOf<S, O>,
  ): Promise<Answer> {
    return await retrying(this.policy, this.signal, async () => {
      const { answer } = await this.send(service, operation, input as object)
      return answer
    })
  }

  /** The same where "there is none" is an answer: null. */
  async readIfThere<S extends Service, O extends string>(
    service: S,
    operation: O,
    input: InputOf<S, O>,
  ): Promise<Answer | null> {
    try {
      return await this.read(service, operation, input)
    } catch (error) {
      if (kindOfAnswer(error) === 'missing') return null
      throw error
    }
  }

  /** Asks once, whatever becomes of it: who asks for a change decides what follows. */
  async send(service: Service, operation: string, input: object): Promise<Answered> {
    const module: object = await services[service].load()
    const client = await this.session.client(services[service].files, this.region, async (config) =>
      opened(module, services[service].client, config),
    )
    const Command: unknown = Reflect.get(module, `${operation}Command`)
    if (typeof Command !== 'function') throw new Error(`${service} has no ${operation}`)
    const output = await client.send(Reflect.construct(Command, [input]) as object, {
      abortSignal: this.signal,
    })
    const { $metadata, ...answer } = output as { readonly $metadata?: { readonly requestId?: string } }
    return { answer: plain(answer), requestId: $metadata?.requestId ?? null }
  }
}

function opened(module: object, name: string, config: ClientConfig): SdkClient {
  const Client: unknown = Reflect.get(module, name)
  if (typeof Client !== 'function') throw new Error(`the SDK has no ${name}`)
  // Every client takes this configuration and has `send`; TypeScript cannot see it through a name.
  return Reflect.construct(Client, [config]) as SdkClient
}

function plain(value: object): Answer {
  return JSON.parse(JSON.stringify(value))
}
