import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { InterruptedError } from '../store/connection'

const mostThreads = 4

/** The built file of a thread; null where the engine runs from its sources and has none beside it. */
export function threadFile(name: string): string | null {
  // Built files lie side by side, whatever chunk this one was put into.
  const folder = dirname(fileURLToPath(import.meta.url)).replace(/[\\/]chunks$/, '')
  const file = join(folder, `${name}.js`)
  return existsSync(file) ? file : null
}

/** Gives batches to threads of their own, one after the other; a cancelled run ends them at once. */
export async function inThreads<Batch, Done>(
  file: string,
  batches: readonly Batch[],
  take: (done: Done) => void,
  signal: AbortSignal,
  most = mostThreads,
): Promise<void> {
  const waiting = batches.toReversed()
  const count = Math.min(most, availableParallelism(), batches.length)
  const workers = Array.from({ length: count }, () => new Worker(file))
  try {
    await Promise.all(workers.map((worker) => feed(worker, waiting, take, signal)))
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
}

/** Gives a worker one batch after the other until none is left. */
function feed<Batch, Done>(
  worker: Worker,
  waiting: Batch[],
  take: (done: Done) => void,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => settle(() => reject(new InterruptedError()))
    const settle = (end: () => void) => {
      signal.removeEventListener('abort', stop)
      end()
    }
    const next = () => {
      const batch = waiting.pop()
      if (batch !== undefined) worker.postMessage(batch)
      else settle(resolve)
    }
    signal.addEventListener('abort', stop, { once: true })
    worker.on('message', (done: Done) => {
      take(done)
      next()
    })
    worker.once('error', (error) => settle(() => reject(error)))
    worker.once('exit', (code) => settle(() => reject(new Error(`A thread ended with ${code}.`))))
    if (signal.aborted) stop()
    else next()
  })
}
