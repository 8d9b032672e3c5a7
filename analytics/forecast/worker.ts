import { parentPort } from 'node:worker_threads'
import { forecastSeries } from './forecast-series'
import type { Batch, BatchDone } from './workers'

/** A thread of the engine that does nothing but forecasts: the engine's own thread stays free for messages. */
parentPort?.on('message', ({ first, tasks }: Batch) => {
  const done: BatchDone = { first, forecasts: tasks.map(forecastSeries) }
  parentPort?.postMessage(done)
})
