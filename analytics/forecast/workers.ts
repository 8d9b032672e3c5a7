import { inThreads, threadFile } from '../engine/threads'
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

const batchSize = 8
/** A few series are forecast sooner than a thread starts. */
const worthAThread = 6

/** Forecasts all series, in their order, in worker threads; a cancelled run ends them at once. */
export async function forecastAll(
  tasks: readonly SeriesTask[],
  { signal, onDone }: ForecastRun,
): Promise<readonly SeriesForecast[]> {
  const work = tasks.reduce((steps, { history }) => steps + history.length, 0)
  const few = tasks.length < worthAThread && work < 2_000
  const file = few ? null : threadFile('forecast-worker')
  if (file === null) return await inThisThread(tasks, signal, onDone)
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
  await inThreads(file, batches, take, signal)
  return forecasts
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
