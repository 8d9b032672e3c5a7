import { randomUUID } from 'node:crypto'
import type { EngineState } from '../../analytics/contract/application'
import type { EngineChannelName } from '../../analytics/contract/channels'
import { type Failure, failure, failureCodes, type Result } from '../../analytics/contract/result'
import type { Progress } from '../../analytics/contract/tasks'
import type { FromEngine } from '../../analytics/engine/protocol'
import type { EngineLink, StartEngine } from './link'

export interface SupervisorOptions {
  readonly entry: string
  readonly home: string
  readonly startEngine: StartEngine
  readonly onState: (state: EngineState) => void
  readonly onData: (dataVersion: number) => void
  /** Set aside and rebuilt: what the user is told, and what makes the application rebuild. */
  readonly onRecovered: (recovery: string) => void
  /** Waits between restarts in ms; as many entries as restarts are tried. */
  readonly backOff?: readonly number[]
}

interface InFlight {
  readonly resolve: (result: Result<unknown>) => void
  readonly onProgress: ((progress: Progress) => void) | undefined
}

const stopped = failure(
  failureCodes.engineStopped,
  'The engine stopped while working on this. What was half done was taken back.',
  'Try again; if it happens again, copy the details from About.',
)

const closed = failure(failureCodes.engineStopped, 'The application is closing.')

/** A run of this length clears the count of crashes: three in a row are a fault, three in a month are not. */
const steadyMs = 60_000

/** Keeps one engine process alive: starts it, restarts it after a crash, and settles what was in flight. */
export class EngineSupervisor {
  private link: EngineLink | null = null
  private ready = false
  private restarts = 0
  private closing = false
  private readyAt = 0
  private recover: string | null = null
  /** What was set aside since the engine last answered: a second time would move a good file away. */
  private readonly setAside = new Set<string>()
  private readonly inFlight = new Map<string, InFlight>()
  private readonly waiting = new Set<(state: EngineState) => void>()
  private current: EngineState = { state: 'starting', message: null, since: new Date().toISOString() }
  private lastFailure: Failure | null = null
  private duckdb = ''

  constructor(private readonly options: SupervisorOptions) {}

  get state(): EngineState {
    return this.current
  }

  get duckdbVersion(): string {
    return this.duckdb
  }

  /** Why the engine is not there; null while it is. */
  get failure(): Failure | null {
    return this.lastFailure
  }

  /** Starts and waits until the engine answers or is given up. */
  async start(): Promise<EngineState> {
    this.restarts = 0
    this.lastFailure = null
    this.recover = null
    this.setAside.clear()
    this.launch('starting')
    return await this.settled()
  }

  /** Ends a process that no longer answers; the one that follows it is started as after any crash. */
  async restart(): Promise<EngineState> {
    if (this.current.state === 'failed') return await this.start()
    this.restarts = 0
    const link = this.link
    if (link === null) return await this.settled()
    const gone = new Promise<void>((resolve) => link.onExit(() => resolve()))
    link.kill()
    await gone
    return await this.settled()
  }

  async request(
    channel: EngineChannelName,
    input: unknown,
    signal?: AbortSignal,
    onProgress?: (progress: Progress) => void,
  ): Promise<Result<unknown>> {
    const state = await this.settled()
    if (this.closing) return { ok: false, failure: closed }
    const link = this.link
    if (state.state !== 'ready' || link === null) {
      return { ok: false, failure: this.lastFailure ?? unavailable(state) }
    }
    if (signal?.aborted) return { ok: false, failure: failure(failureCodes.cancelled, 'Cancelled.') }
    const id = randomUUID()
    const cancel = () => link.send({ type: 'cancel', id })
    signal?.addEventListener('abort', cancel, { once: true })
    try {
      return await new Promise<Result<unknown>>((resolve) => {
        this.inFlight.set(id, { resolve, onProgress })
        link.send({ type: 'request', id, channel, input })
      })
    } finally {
      signal?.removeEventListener('abort', cancel)
      this.inFlight.delete(id)
    }
  }

  /** Asks it to checkpoint and leave; what does not leave in time is ended, and the log carries the data. */
  async close(limitMs = 4_500): Promise<void> {
    this.closing = true
    this.release()
    const link = this.link
    if (link === null) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        link.kill()
        resolve()
      }, limitMs)
      link.onExit(() => {
        clearTimeout(timer)
        resolve()
      })
      link.send({ type: 'shutdown' })
    })
  }

  private launch(state: 'starting' | 'restarting'): void {
    this.ready = false
    this.become(state, null)
    const link = this.options.startEngine({
      entry: this.options.entry,
      home: this.options.home,
      ...(this.recover === null ? {} : { recover: this.recover }),
    })
    this.link = link
    link.onMessage((message) => this.receive(message, link))
    link.onExit((code) => this.lost(code, link))
  }

  private receive(message: FromEngine, link: EngineLink): void {
    if (link !== this.link) return
    switch (message.type) {
      case 'ready':
        this.ready = true
        this.readyAt = Date.now()
        this.duckdb = message.duckdb
        this.recover = null
        this.setAside.clear()
        this.lastFailure = null
        this.become('ready', message.recovery)
        if (message.recovery !== null) this.options.onRecovered(message.recovery)
        return
      case 'refused':
        this.refused(message.failure)
        return
      case 'reply':
        this.inFlight.get(message.id)?.resolve(message.result)
        return
      case 'progress':
        this.inFlight.get(message.id)?.onProgress?.(message.progress)
        return
      case 'data':
        this.options.onData(message.dataVersion)
        return
    }
  }

  /** It could not open the workspace. Damage is worth one fresh process that sets the file aside. */
  private refused(why: Failure): void {
    const link = this.link
    this.link = null
    link?.kill()
    const damaged = why.code === 'warehouse-damaged' || why.code === 'state-damaged'
    if (damaged && !this.setAside.has(why.code)) {
      this.setAside.add(why.code)
      this.recover = why.code
      this.launch('restarting')
      return
    }
    this.lastFailure = why
    this.become('failed', why.message)
  }

  private lost(code: number | null, link: EngineLink): void {
    if (link !== this.link) return
    this.link = null
    for (const { resolve } of this.inFlight.values()) resolve({ ok: false, failure: stopped })
    if (this.closing) return
    if (this.ready && Date.now() - this.readyAt > steadyMs) this.restarts = 0
    const waits = this.options.backOff ?? [100, 500, 2_000]
    const wait = waits[this.restarts]
    if (wait === undefined) {
      this.lastFailure = failure(
        failureCodes.engineUnavailable,
        `The engine stopped ${waits.length + 1} times and was not started again.`,
        'Start it from About, or close and open the application. The data on disk is untouched.',
        `last exit code: ${code ?? 'none'}`,
      )
      this.become('failed', this.lastFailure.message)
      return
    }
    this.restarts += 1
    this.ready = false
    this.become('restarting', 'The engine stopped and is being started again.')
    setTimeout(() => {
      if (!this.closing) this.launch('restarting')
    }, wait)
  }

  private become(state: EngineState['state'], message: string | null): void {
    this.current = { state, message, since: new Date().toISOString() }
    this.options.onState(this.current)
    if (state === 'ready' || state === 'failed') this.release()
  }

  private release(): void {
    for (const resolve of this.waiting) resolve(this.current)
    this.waiting.clear()
  }

  private async settled(): Promise<EngineState> {
    const answers = this.current.state === 'ready' && this.link !== null
    if (this.closing || this.current.state === 'failed' || answers) return this.current
    return await new Promise((resolve) => this.waiting.add(resolve))
  }
}

function unavailable(state: EngineState): Failure {
  return failure(failureCodes.engineUnavailable, state.message ?? 'The engine is not running.')
}
