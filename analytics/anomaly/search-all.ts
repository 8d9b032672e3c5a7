import { setImmediate } from 'node:timers/promises'
import { inThreads, threadFile } from '../engine/threads'
import { InterruptedError } from '../store/connection'
import { answerSeries, type SeriesAnswer, type SeriesTask } from './answer-series'
import type { DailyOptions } from './daily/daily-detector'
import { detectDaily } from './detect-daily'
import type { Finding } from './kinds'

/** The daily cost of a part of the bill. */
export interface CellTask {
  readonly kind: 'cell'
  readonly values: Float64Array
  readonly firstDay: number
  readonly options: DailyOptions
}

type Task = CellTask | SeriesTask
type Found =
  | { readonly kind: 'cell'; readonly findings: readonly Finding[] }
  | { readonly kind: 'series'; readonly answer: SeriesAnswer }

export interface Batch {
  readonly first: number
  readonly tasks: readonly Task[]
}

export interface BatchDone {
  readonly first: number
  readonly found: readonly Found[]
}

/** Days or readings of a batch; a thread is worth its start from a few of them on. */
const batchSize = 25_000
const worthAThread = 100_000
/** Without threads the engine answers other questions between two slices of this. */
const sliceMs = 25

export async function searchCells(
  tasks: readonly CellTask[],
  signal: AbortSignal,
  threads?: number,
): Promise<readonly (readonly Finding[])[]> {
  const found = await searchAll(tasks, signal, threads)
  return found.map((one) => (one.kind === 'cell' ? one.findings : []))
}

export async function searchSeries(
  tasks: readonly SeriesTask[],
  signal: AbortSignal,
): Promise<readonly SeriesAnswer[]> {
  const found = await searchAll(tasks, signal)
  return found.flatMap((one) => (one.kind === 'series' ? [one.answer] : []))
}

/** Looks for anomalies in each task, in threads when it is a lot, and answers in their order. */
async function searchAll(
  tasks: readonly Task[],
  signal: AbortSignal,
  threads?: number,
): Promise<readonly Found[]> {
  const found = new Array<Found>(tasks.length)
  const take = (done: BatchDone) => {
    for (const [at, one] of done.found.entries()) found[done.first + at] = one
  }
  const size = tasks.reduce((sum, task) => sum + sizeOf(task), 0)
  const file = size < worthAThread ? null : threadFile('anomaly-worker')
  if (file === null) await inSlices(tasks, take, signal)
  else await inThreads(file, batchesOf(tasks), take, signal, threads)
  return found
}

export function searchBatch({ first, tasks }: Batch): BatchDone {
  return { first, found: tasks.map(search) }
}

function search(task: Task): Found {
  switch (task.kind) {
    case 'cell':
      return { kind: 'cell', findings: detectDaily(task.values, task.firstDay, task.options).findings }
    case 'series':
      return { kind: 'series', answer: answerSeries(task) }
  }
}

function sizeOf(task: Task): number {
  return task.kind === 'cell' ? task.values.length : task.series.values.length
}

function batchesOf(tasks: readonly Task[]): readonly Batch[] {
  const batches: Batch[] = []
  let first = 0
  let size = 0
  for (const [at, task] of tasks.entries()) {
    size += sizeOf(task)
    if (size < batchSize && at < tasks.length - 1) continue
    batches.push({ first, tasks: tasks.slice(first, at + 1) })
    first = at + 1
    size = 0
  }
  return batches
}

async function inSlices(
  tasks: readonly Task[],
  take: (done: BatchDone) => void,
  signal: AbortSignal,
): Promise<void> {
  let sliceEnds = performance.now() + sliceMs
  for (const [first, task] of tasks.entries()) {
    take(searchBatch({ first, tasks: [task] }))
    if (performance.now() < sliceEnds) continue
    await setImmediate()
    if (signal.aborted) throw new InterruptedError()
    sliceEnds = performance.now() + sliceMs
  }
}
