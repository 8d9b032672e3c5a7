/**
 * The engine's part in the sleep of the machine. Long work asks here between its steps whether it may go on; a
 * statement of DuckDB cannot be halted, so within one there is nothing to ask.
 */
export class Rest {
  private awake: Promise<void> | null = null
  private resting = 0
  private wake: () => void = () => undefined
  private timer: NodeJS.Timeout | null = null

  /** A sleep that was announced and never came must not hold work for ever; the clock of timers stands still in sleep. */
  constructor(private readonly longestMs = 60_000) {}

  get isReached(): boolean {
    return this.resting > 0
  }

  begin(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = setTimeout(() => this.end(), this.longestMs)
    this.timer.unref()
    this.awake ??= new Promise((resolve) => {
      this.wake = resolve
    })
  }

  end(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
    this.awake = null
    this.wake()
  }

  /** Resolves at once unless the machine is about to sleep; a cancellation does not wait for the morning. */
  async over(signal: AbortSignal): Promise<void> {
    while (this.awake !== null && !signal.aborted) {
      const stopped = new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => resolve(), { once: true })
      })
      this.resting += 1
      await Promise.race([this.awake, stopped])
      this.resting -= 1
    }
  }
}
