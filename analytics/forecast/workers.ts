import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { InterruptedError } from '../store/connection'
import { forecastSeries, type SeriesForecast, type SeriesTask } from './forecast-series'

export interface Batch {
  readonly first: number
  readonly tasks: readonly SeriesTask[]
}

export interface BatchDone {
  readonly first: number
  readonly forecasts: readonly SeriesForecast[]
}

export interface ForecastRun {
  readonly signal: AbortSignal
  readonly onDone: (done: number) => void
}

/** Built files lie side by side, whatever chunk this one was put into. */
const workerFile = join(
  dirname(fileURLToPath(import.meta.url)).replace(/[\\/]chunks$/, ''),
  'forecast-worker.js',
)
const batchSize = 8
const mostWorkers = 4
/** A few series are forecast sooner than a thread starts. */
const worthAThread = 6

/** Forecasts all series, in their order, in worker threads; a cancelled run ends them at once. */
export async function forecastAll(
  tasks: readonly SeriesTask[],
  { signal, onDone }: ForecastRun,
): Promise<readonly SeriesForecast[]> {
  const work = tasks.reduce((steps, { history }) => steps + history.length, 0)
  const few = tasks.length < worthAThread && work < 2_000
  // From its sources the engine has no built worker beside it.
  if (few || !existsSync(workerFile)) return await inThisThread(tasks, signal, onDone)
  const batches: Batch[] = []
  for (let first = 0; first < tasks.length; first += batchSize) {
    batches.push({ first, tasks: tasks.slice(first, first + batchSize) })
  }
  const forecasts = new Array<SeriesForecast>(tasks.length)
  let done = 0
  const take = (result: BatchDone) => {
    for (const [index, forecast] of result.forecasts.entries()) forecasts[result.first + index] = forecast
    done += result.forecasts.length
    onDone(done)
  }
  const waiting = batches.reverse()
  const count = Math.min(mostWorkers, availableParallelism(), batches.length)
  const workers = Array.from({ length: count }, () => new Worker(workerFile))
  try {
    await Promise.all(workers.map((worker) => feed(worker, waiting, signal, take)))
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
  return forecasts
}

/** Gives a worker one batch after the other until none is left. */
function feed(
  worker: Worker,
  waiting: Batch[],
  signal: AbortSignal,
  take: (result: BatchDone) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => settle(() => reject(new InterruptedError()))
    const settle = (end: () => void) => {
      signal.removeEventListener('abort', stop)
      end()
    }
    const next = () => {
      const batch = waiting.pop()
      if (batch) worker.postMessage(batch)
      else settle(resolve)
    }
    signal.addEventListener('abort', stop, { once: true })
    worker.on('message', (result: BatchDone) => {
      take(result)
      next()
    })
    worker.once('error', (error) => settle(() => reject(error)))
    worker.once('exit', (code) => settle(() => reject(new Error(`A forecast worker ended with ${code}.`))))
    if (signal.aborted) stop()
    else next()
  })
}

async function inThisThread(
  tasks: readonly SeriesTask[],
  signal: AbortSignal,
  onDone: (done: number) => void,
): Promise<readonly SeriesForecast[]> {
  const forecasts: SeriesForecast[] = []
  for (const task of tasks) {
    // Messages, a cancellation among them, get their turn between two series.
    await new Promise((resolve) => setImmediate(resolve))
    if (signal.aborted) throw new InterruptedError()
    forecasts.push(forecastSeries(task))
    onDone(forecasts.length)
  }
  return forecasts
}
