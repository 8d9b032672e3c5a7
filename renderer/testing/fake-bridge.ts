import type { ChannelInput, ChannelName, ChannelOutput } from '../../analytics/contract/channels'
import type { AppEvent } from '../../analytics/contract/events'
import type { ImportReport } from '../../analytics/contract/imports'
import type { Failure, Result } from '../../analytics/contract/result'
import type { Bridge, BridgeListener, CallOptions, ChosenFile } from '../bridge/bridge'

type Answer<C extends ChannelName> =
  | { readonly value: ChannelOutput<C> }
  | { readonly failure: Failure }
  | { readonly later: (signal: AbortSignal | undefined) => Promise<Result<ChannelOutput<C>>> }

export type Answers = { [C in ChannelName]?: Answer<C> }

interface Call {
  readonly channel: ChannelName
  readonly input: unknown
  readonly signal: AbortSignal | undefined
}

/** An application that answers what a test told it to. What it was not told is a failure, not a crash. */
export class FakeBridge implements Bridge {
  readonly door: 'web' | 'desktop'
  readonly calls: Call[] = []
  readonly importedFiles: (readonly string[])[] = []
  answers: Answers
  private readonly listeners = new Set<BridgeListener>()

  constructor(answers: Answers, door: 'web' | 'desktop' = 'web') {
    this.answers = answers
    this.door = door
  }

  async call<C extends ChannelName>(
    channel: C,
    input: ChannelInput<C>,
    options?: CallOptions,
  ): Promise<Result<ChannelOutput<C>>> {
    this.calls.push({ channel, input, signal: options?.signal })
    const answer: Answer<C> | undefined = this.answers[channel]
    if (answer === undefined) {
      return { ok: false, failure: { code: 'untold', message: `The test has no answer for ${channel}.` } }
    }
    if ('later' in answer) return answer.later(options?.signal)
    return 'failure' in answer ? { ok: false, failure: answer.failure } : { ok: true, value: answer.value }
  }

  async importFiles(files: readonly ChosenFile[]): Promise<Result<ImportReport>> {
    this.importedFiles.push(files.map(({ path }) => path))
    return await this.call('uploads/import', { id: 'upload' })
  }

  subscribe(listener: BridgeListener): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  tell(event: AppEvent): void {
    for (const listener of this.listeners) listener.onEvent(event)
  }

  connection(state: 'open' | 'lost' | 'session-lost'): void {
    for (const listener of this.listeners) listener.onConnection(state)
  }

  inputsOf(channel: ChannelName): readonly unknown[] {
    return this.calls.filter((call) => call.channel === channel).map((call) => call.input)
  }
}
