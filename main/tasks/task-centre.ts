import { randomUUID } from 'node:crypto'
import type { AppEvent } from '../../analytics/contract/events'
import { fail, failureCodes, type Result, succeed } from '../../analytics/contract/result'
import type { Progress, Task } from '../../analytics/contract/tasks'

const kept = 50
/** Screens are told of progress at most this often; the last word always arrives. */
const quietMs = 100

interface Entry {
  task: Task
  readonly abort: AbortController
  toldAt: number
  /** Set while progress waits to be told. */
  later: NodeJS.Timeout | null
}

/** Long work, running and recent, in the order in which it began. */
export class TaskCentre {
  private readonly tasks = new Map<string, Entry>()

  constructor(private readonly tell: (event: AppEvent) => void) {}

  list(): readonly Task[] {
    return [...this.tasks.values()].map(({ task }) => task).reverse()
  }

  get running(): number {
    return [...this.tasks.values()].filter(({ task }) => task.state === 'running').length
  }

  async run<T>(
    channel: string,
    title: string,
    signal: AbortSignal | undefined,
    work: (signal: AbortSignal, progress: (progress: Progress) => void) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    const id = randomUUID()
    const abort = new AbortController()
    const cancel = () => abort.abort()
    if (signal?.aborted) cancel()
    signal?.addEventListener('abort', cancel, { once: true })
    const task: Task = {
      id,
      channel,
      title,
      state: 'running',
      startedAt: new Date().toISOString(),
      endedAt: null,
      progress: null,
      failure: null,
    }
    this.tasks.set(id, { task, abort, toldAt: 0, later: null })
    this.forgetOldest()
    this.update(id, {})
    try {
      const result = await work(abort.signal, (progress) => this.update(id, { progress }, true))
      this.update(id, { ...ending(result), endedAt: new Date().toISOString() })
      return result
    } finally {
      signal?.removeEventListener('abort', cancel)
    }
  }

  cancel(id: string): Result<Task> {
    const entry = this.tasks.get(id)
    if (!entry) return noSuchTask
    entry.abort.abort()
    return succeed(entry.task)
  }

  dismiss(id: string): Result<Record<string, never>> {
    const entry = this.tasks.get(id)
    if (!entry) return noSuchTask
    if (entry.task.state === 'running') {
      return fail('task-running', 'The task is still running.', 'Cancel it first.')
    }
    this.tasks.delete(id)
    this.tell({ type: 'task-dismissed', id })
    return succeed({})
  }

  private update(id: string, change: Partial<Task>, mayBeQuiet = false): void {
    const entry = this.tasks.get(id)
    if (!entry) return
    entry.task = { ...entry.task, ...change }
    const wait = mayBeQuiet ? entry.toldAt + quietMs - Date.now() : 0
    if (wait <= 0) this.tellOf(entry)
    else entry.later ??= setTimeout(() => this.tellOf(entry), wait)
  }

  private tellOf(entry: Entry): void {
    if (entry.later !== null) clearTimeout(entry.later)
    entry.later = null
    entry.toldAt = Date.now()
    this.tell({ type: 'task', task: entry.task })
  }

  private forgetOldest(): void {
    for (const [id, { task }] of this.tasks) {
      if (this.tasks.size <= kept) return
      if (task.state === 'running') continue
      this.tasks.delete(id)
      this.tell({ type: 'task-dismissed', id })
    }
  }
}

const noSuchTask = fail('no-such-task', 'There is no such task any more.')

function ending(result: Result<unknown>): Pick<Task, 'state' | 'failure'> {
  if (result.ok) return { state: 'done', failure: null }
  if (result.failure.code === failureCodes.cancelled) return { state: 'cancelled', failure: null }
  return { state: 'failed', failure: result.failure }
}
