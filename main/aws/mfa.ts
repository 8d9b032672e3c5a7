export interface MfaRequest {
  /** Serial or ARN of the device. */
  readonly device: string
  readonly profile: string | null
  readonly signal: AbortSignal
}

/** Asks the user for the code of a multi-factor device; the answer is used once and kept nowhere. */
export type AskMfaCode = (request: MfaRequest) => Promise<string>

export class NoMfaCodeError extends Error {
  constructor(readonly reason: 'nobody-there' | 'too-late' | 'not-given') {
    super(`No multi-factor code: ${reason}`)
    this.name = 'NoMfaCodeError'
  }
}

export interface SessionKeys {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
  readonly expiration?: Date
}

/** With less than this left, a session is not begun anything with. */
const spareMs = 5 * 60_000

/**
 * A device shows a code twice a minute and AWS takes each once, so testing a source, saving and syncing it must not
 * ask three times: what a code opened is kept by profile until it ends, in memory and on no disk.
 */
export class MfaSessions {
  private readonly sessions = new Map<string, Promise<SessionKeys>>()

  constructor(private readonly now: () => number = Date.now) {}

  /** Keeps what `open` answers if a code was asked for on the way; everything else is read anew each time. */
  async keys(
    profile: string | null,
    open: (onAsked: () => void) => Promise<SessionKeys>,
  ): Promise<SessionKeys> {
    const key = profile ?? ''
    for (;;) {
      const held = this.sessions.get(key)
      if (held === undefined) break
      // Requests made side by side wait for one code, and share it when none was given.
      const keys = await held
      if (this.lasts(keys)) return keys
      if (this.sessions.get(key) === held) this.sessions.delete(key)
    }
    let asked = false
    const opening = open(() => {
      asked = true
    })
    this.sessions.set(key, opening)
    try {
      const keys = await opening
      if (!asked) this.sessions.delete(key)
      return keys
    } catch (error) {
      this.sessions.delete(key)
      throw error
    }
  }

  /** AWS refused what was kept: the next request begins anew. */
  forget(profile: string | null): void {
    this.sessions.delete(profile ?? '')
  }

  private lasts({ expiration }: SessionKeys): boolean {
    return expiration !== undefined && expiration.getTime() - this.now() > spareMs
  }
}
