import type { Failure, Result } from '../../analytics/contract/result'
import type { ToEngine } from '../../analytics/engine/protocol'
import type { EngineLink, EngineStart, StartEngine } from '../engine/link'

/** An engine that does nothing of itself: the test says what it answers and when it dies. */
export class FakeEngine implements EngineLink {
  readonly pid: number
  readonly sent: ToEngine[] = []
  killed = false
  private gone = false
  private readonly messageListeners: ((message: never) => void)[] = []
  private readonly exitListeners: ((code: number | null) => void)[] = []

  constructor(
    readonly start: EngineStart,
    pid: number,
  ) {
    this.pid = pid
  }

  send(message: ToEngine): void {
    if (!this.gone) this.sent.push(message)
  }

  onMessage(listener: (message: never) => void): void {
    this.messageListeners.push(listener)
  }

  onExit(listener: (code: number | null) => void): void {
    this.exitListeners.push(listener)
  }

  kill(): void {
    this.killed = true
    this.exit(null)
  }

  ready(recovery: string | null = null): void {
    this.post({ type: 'ready', pid: this.pid, duckdb: '1.5.6', recovery })
  }

  refuse(failure: Failure): void {
    this.post({ type: 'refused', failure })
  }

  reply(id: string, result: Result<unknown>): void {
    this.post({ type: 'reply', id, result })
  }

  post(message: unknown): void {
    for (const listener of this.messageListeners) listener(message as never)
  }

  exit(code: number | null): void {
    if (this.gone) return
    this.gone = true
    for (const listener of this.exitListeners) listener(code)
  }

  get isGone(): boolean {
    return this.gone
  }

  /** Ids of the requests it was sent, in order. */
  get requests(): readonly string[] {
    return this.sent.flatMap((message) => (message.type === 'request' ? [message.id] : []))
  }
}

export interface FakeEngines {
  readonly startEngine: StartEngine
  readonly all: readonly FakeEngine[]
  readonly newest: FakeEngine
}

/** Every start gives a new one; `onStart` may have it answer by itself. */
export function fakeEngines(onStart: (engine: FakeEngine) => void = () => undefined): FakeEngines {
  const all: FakeEngine[] = []
  return {
    all,
    startEngine: (start) => {
      const engine = new FakeEngine(start, 1_000 + all.length)
      all.push(engine)
      onStart(engine)
      return engine
    },
    get newest() {
      const engine = all.at(-1)
      if (!engine) throw new Error('no engine was started')
      return engine
    },
  }
}
