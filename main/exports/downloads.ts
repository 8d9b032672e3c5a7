import { randomUUID } from 'node:crypto'
import type { FileContent } from './file-content'

const lifetimeMs = 60_000
const mostWaiting = 32

interface Waiting {
  readonly content: FileContent
  readonly until: number
}

/** Files a browser was promised, each under an address that works once and not for long. */
export class Downloads {
  private readonly waiting = new Map<string, Waiting>()

  constructor(private readonly now: () => number = Date.now) {}

  offer(content: FileContent): string {
    this.forget()
    const [oldest] = this.waiting.keys()
    if (this.waiting.size >= mostWaiting && oldest !== undefined) this.waiting.delete(oldest)
    const token = randomUUID()
    this.waiting.set(token, { content, until: this.now() + lifetimeMs })
    return token
  }

  take(token: string): FileContent | null {
    this.forget()
    const found = this.waiting.get(token)
    this.waiting.delete(token)
    return found?.content ?? null
  }

  private forget(): void {
    for (const [token, { until }] of this.waiting) if (until < this.now()) this.waiting.delete(token)
  }
}
