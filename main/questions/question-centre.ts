import { randomUUID } from 'node:crypto'
import type { AppEvent } from '../../analytics/contract/events'
import type { Question, QuestionAnswer, Reply } from '../../analytics/contract/questions'
import { fail, type Result, succeed } from '../../analytics/contract/result'

export type Unanswered = 'too-late' | 'cancelled'

type Asked =
  | Omit<Extract<Question, { kind: 'mfa-code' }>, 'id' | 'askedAt' | 'until'>
  | Omit<Extract<Question, { kind: 'import' }>, 'id' | 'askedAt' | 'until'>

interface Entry {
  readonly question: Question
  readonly settle: (reply: Reply | Unanswered) => void
}

/** What waits for a person's answer. Every door shows it; whoever answers first has answered. */
export class QuestionCentre {
  private readonly open = new Map<string, Entry>()

  constructor(private readonly tell: (event: AppEvent) => void) {}

  list(): readonly Question[] {
    return [...this.open.values()].map(({ question }) => question)
  }

  /** Resolves with the answer, or with why there is none. Without a limit it waits as long as the application runs. */
  async ask(asked: Asked, limitMs: number | null, signal?: AbortSignal): Promise<Reply | Unanswered> {
    if (signal?.aborted) return 'cancelled'
    const id = randomUUID()
    const now = Date.now()
    const question: Question = {
      ...asked,
      id,
      askedAt: new Date(now).toISOString(),
      until: limitMs === null ? null : new Date(now + limitMs).toISOString(),
    }
    let timer: NodeJS.Timeout | undefined
    const answered = new Promise<Reply | Unanswered>((resolve) => {
      this.open.set(id, { question, settle: resolve })
      if (limitMs !== null) timer = setTimeout(() => resolve('too-late'), limitMs)
    })
    const cancel = () => this.open.get(id)?.settle('cancelled')
    signal?.addEventListener('abort', cancel, { once: true })
    this.tell({ type: 'question', question })
    try {
      return await answered
    } finally {
      clearTimeout(timer)
      signal?.removeEventListener('abort', cancel)
      this.open.delete(id)
      this.tell({ type: 'question-closed', id })
    }
  }

  answer({ id, reply }: QuestionAnswer): Result<Record<string, never>> {
    const entry = this.open.get(id)
    if (entry === undefined) {
      return fail(
        'no-such-question',
        'Nobody waits for this answer any more.',
        'It was answered elsewhere, or the work ended.',
      )
    }
    if (!fits(entry.question, reply)) {
      return fail('wrong-answer', 'This is no answer to that question.', 'Answer what was asked.')
    }
    entry.settle(reply)
    return succeed({})
  }

  /** At the end of the application nobody answers any more. */
  close(): void {
    for (const { settle } of this.open.values()) settle('cancelled')
  }
}

function fits(question: Question, reply: Reply): boolean {
  if (reply.kind === 'no') return true
  return question.kind === 'mfa-code' ? reply.kind === 'code' : reply.kind === 'yes'
}
