import { inspect } from 'node:util'
import { z } from 'zod'
import { channels, type EngineChannelName, isChannelName } from '../contract/channels'
import { fail, failureCodes, type Result } from '../contract/result'
import { InterruptedError } from '../store/connection'
import type { Store } from '../store/open-store'
import type { FromEngine } from './protocol'
import type { Work } from './work'

export type Answers = {
  readonly [C in EngineChannelName]: (input: never, work: Work) => Promise<Result<unknown>>
}

export interface DispatcherOptions {
  readonly store: Store
  readonly answers: Answers
  readonly recovery: string | null
  readonly post: (message: FromEngine) => void
  /** What is put in order after something was written: it gives way to the next writing, and is made up for later. */
  readonly upkeep?: (signal: AbortSignal) => Promise<void>
}

const messageSchema = z.union([
  z.object({
    type: z.literal('request'),
    id: z.string(),
    channel: z.string().catch(''),
    input: z.unknown(),
  }),
  z.object({ type: z.literal('cancel'), id: z.string() }),
])

/**
 * Turns messages into work and results into messages. Reads run side by side; what writes the warehouse waits
 * its turn, so that two imports never see each other half done.
 */
export class Dispatcher {
  private readonly running = new Map<string, AbortController>()
  private writing: Promise<unknown> = Promise.resolve()
  private upkeep: AbortController | null = null
  private closing = false

  constructor(private readonly options: DispatcherOptions) {}

  /** Takes whatever arrives; what has no id is dropped, for nobody waits for an answer to it. */
  receive(arrived: unknown): void {
    const parsed = messageSchema.safeParse(arrived)
    if (!parsed.success) return
    const message = parsed.data
    if (message.type === 'cancel') {
      this.running.get(message.id)?.abort()
      return
    }
    void this.answer(message.id, message.channel, message.input)
  }

  /** Puts in order what an earlier run has left undone. */
  keepUp(): void {
    this.writing = this.writing.then(() => this.putInOrder())
  }

  /** Stops taking work and waits until what runs has noticed. */
  async close(): Promise<void> {
    this.closing = true
    this.upkeep?.abort()
    for (const controller of this.running.values()) controller.abort()
    while (this.running.size > 0 || this.upkeep !== null)
      await new Promise((resolve) => setTimeout(resolve, 10))
  }

  private async answer(id: string, channel: string, input: unknown): Promise<void> {
    const controller = new AbortController()
    this.running.set(id, controller)
    try {
      const result = await this.run(id, channel, input, controller.signal)
      this.options.post({ type: 'reply', id, result })
    } finally {
      this.running.delete(id)
    }
  }

  private async run(
    id: string,
    channel: string,
    input: unknown,
    signal: AbortSignal,
  ): Promise<Result<unknown>> {
    if (this.closing) return fail(failureCodes.engineStopped, 'The engine is closing.')
    if (!isChannelName(channel) || channels[channel].answeredBy !== 'engine') {
      return fail(failureCodes.unknownChannel, `The engine does not answer ${channel.slice(0, 64)}.`)
    }
    // Checked at the application's boundary too; here it costs little and guards the figures.
    const parsed = channels[channel].input.safeParse(input)
    if (!parsed.success)
      return fail(failureCodes.invalidInput, parsed.error.issues[0]?.message ?? 'Invalid input.')
    const answer = this.options.answers[channel as EngineChannelName]
    const work: Work = {
      store: this.options.store,
      signal,
      recovery: this.options.recovery,
      progress: (progress) => this.options.post({ type: 'progress', id, progress }),
      dataChanged: (dataVersion) => this.options.post({ type: 'data', dataVersion }),
    }
    const go = () => settle(() => answer(parsed.data as never, work), signal)
    return writes(channel as EngineChannelName) ? await this.inTurn(go) : await go()
  }

  private async inTurn(go: () => Promise<Result<unknown>>): Promise<Result<unknown>> {
    this.upkeep?.abort()
    const mine = this.writing.then(go)
    this.writing = mine.then(() => this.putInOrder())
    return await mine
  }

  private async putInOrder(): Promise<void> {
    if (this.closing || !this.options.upkeep) return
    const controller = new AbortController()
    this.upkeep = controller
    try {
      await this.options.upkeep(controller.signal)
    } catch (error) {
      // Figures are right without it, only slower; the next writing or the next start tries again.
      if (!controller.signal.aborted) process.stderr.write(`engine: upkeep: ${inspect(error)}\n`)
    } finally {
      this.upkeep = null
    }
  }
}

function writes(channel: EngineChannelName): boolean {
  return channels[channel].long || channel === 'sources/remove' || channel === 'sources/prefer'
}

async function settle(answer: () => Promise<Result<unknown>>, signal: AbortSignal): Promise<Result<unknown>> {
  try {
    if (signal.aborted) throw new InterruptedError()
    return await answer()
  } catch (error) {
    if (error instanceof InterruptedError || signal.aborted) {
      return fail(failureCodes.cancelled, 'Cancelled. What was half done was taken back.')
    }
    return unexpected(error)
  }
}

/** As much as a failure may carry. */
const mostDetails = 20_000

function unexpected(error: unknown): Result<never> {
  const text = (error instanceof Error ? (error.stack ?? error.message) : inspect(error)).slice(
    0,
    mostDetails,
  )
  if (/No space left on device|ENOSPC|disk is full/i.test(text)) {
    return fail(
      'disk-full',
      'The disk is full. What was being written was taken back; everything from before is still there.',
      'Free some space and try again.',
      text,
    )
  }
  if (/Out of Memory Error/i.test(text)) {
    return fail(
      'out-of-memory',
      'The engine ran out of the memory it may use. Nothing was changed.',
      'Narrow the question, or raise FINOPS_MEMORY (for example 4GB) and start again.',
      text,
    )
  }
  return fail(
    failureCodes.unexpected,
    'Something unexpected went wrong in the engine.',
    'Copy the details and report them.',
    text,
  )
}
