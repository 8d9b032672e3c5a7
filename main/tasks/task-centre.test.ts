import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type AppEvent, appEventSchema } from '../../analytics/contract/events'
import { fail, type Result, succeed } from '../../analytics/contract/result'
import type { Progress } from '../../analytics/contract/tasks'
import { TaskCentre } from './task-centre'

interface Work {
  readonly signal: AbortSignal
  readonly progress: (progress: Progress) => void
  readonly end: (result: Result<unknown>) => void
}

function centre() {
  const events: AppEvent[] = []
  const tasks = new TaskCentre((event) => events.push(appEventSchema.parse(event)))
  const begin = (title: string, signal?: AbortSignal) => {
    let work: Work | undefined
    const result = tasks.run(
      'import/run',
      title,
      signal,
      (inner, progress) =>
        new Promise<Result<unknown>>((end) => {
          work = { signal: inner, progress, end }
        }),
    )
    if (!work) throw new Error('the work did not begin at once')
    const id = tasks.list()[0]?.id ?? ''
    return { ...work, id, result }
  }
  const told = () => events.flatMap((event) => (event.type === 'task' ? [event.task] : []))
  return { events, tasks, begin, told }
}

const step = (done: number): Progress => ({ stage: 'Reading', done, total: 10, unit: 'periods' })

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('the task centre', () => {
  it('lists the newest first, and keeps how each ended', async () => {
    const { tasks, begin } = centre()
    const works = ['first', 'second', 'third'].map((title) => begin(title))
    expect(tasks.running).toBe(3)
    works[0]?.end(succeed(1))
    works[1]?.end(fail('disk-full', 'The disk is full.', 'Free some space.'))
    works[2]?.end(fail('cancelled', 'Cancelled.'))
    expect(await works[0]?.result).toEqual(succeed(1))
    await Promise.all(works.map(({ result }) => result))
    expect(tasks.list().map(({ title, state }) => [title, state])).toEqual([
      ['third', 'cancelled'],
      ['second', 'failed'],
      ['first', 'done'],
    ])
    expect(tasks.list().map(({ failure }) => failure?.code ?? null)).toEqual([null, 'disk-full', null])
    expect(tasks.list().every(({ endedAt }) => endedAt !== null)).toBe(true)
    expect(tasks.running).toBe(0)
  })

  it('passes a cancellation on, from the list and from whoever asked', async () => {
    const { tasks, begin } = centre()
    const one = begin('one')
    expect(tasks.cancel(one.id)).toMatchObject({ ok: true, value: { id: one.id, state: 'running' } })
    expect(one.signal.aborted).toBe(true)

    const abort = new AbortController()
    const other = begin('other', abort.signal)
    expect(other.signal.aborted).toBe(false)
    abort.abort()
    expect(other.signal.aborted).toBe(true)

    expect(begin('too late', abort.signal).signal.aborted).toBe(true)
    expect(tasks.cancel('nobody')).toMatchObject({ ok: false, failure: { code: 'no-such-task' } })
  })

  it('dismisses what has ended and nothing that runs', async () => {
    const { events, tasks, begin } = centre()
    const work = begin('one')
    expect(tasks.dismiss(work.id)).toMatchObject({ ok: false, failure: { code: 'task-running' } })
    work.end(succeed(null))
    await work.result
    expect(tasks.dismiss(work.id)).toEqual(succeed({}))
    expect(tasks.list()).toEqual([])
    expect(events.at(-1)).toEqual({ type: 'task-dismissed', id: work.id })
    expect(tasks.dismiss(work.id)).toMatchObject({ ok: false, failure: { code: 'no-such-task' } })
  })

  it('tells of progress ten times a second at most, and always the last word', async () => {
    const { begin, told } = centre()
    const work = begin('one')
    expect(told()).toHaveLength(1)
    for (let done = 0; done < 1_000; done += 1) {
      work.progress(step(done / 100))
      await vi.advanceTimersByTimeAsync(1)
    }
    expect(told().length).toBeGreaterThanOrEqual(10)
    expect(told().length).toBeLessThanOrEqual(12)
    work.progress(step(9.995))
    work.end(succeed(null))
    await work.result
    expect(told().at(-1)).toMatchObject({ state: 'done', progress: step(9.995) })
    const count = told().length
    await vi.advanceTimersByTimeAsync(1_000)
    expect(told()).toHaveLength(count)
  })

  it('tells of the newest progress also when nothing follows it', async () => {
    const { begin, told } = centre()
    const work = begin('one')
    work.progress(step(1))
    work.progress(step(2))
    expect(told().at(-1)?.progress).toBeNull()
    await vi.advanceTimersByTimeAsync(100)
    expect(told()).toHaveLength(2)
    expect(told().at(-1)).toMatchObject({ state: 'running', progress: step(2) })
  })

  it('forgets the oldest that have ended, says so, and never one that runs', async () => {
    const { events, tasks, begin } = centre()
    const running = begin('still running')
    const ids: string[] = []
    for (let at = 0; at < 55; at += 1) {
      const work = begin(`ended ${at}`)
      ids.push(work.id)
      work.end(succeed(null))
      await work.result
    }
    expect(tasks.list()).toHaveLength(50)
    expect(tasks.list().at(-1)?.id).toBe(running.id)
    expect(tasks.list()[0]?.title).toBe('ended 54')
    const dismissed = events.flatMap((event) => (event.type === 'task-dismissed' ? [event.id] : []))
    expect(dismissed).toEqual(ids.slice(0, 6))
  })
})
