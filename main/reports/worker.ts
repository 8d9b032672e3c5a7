import { parentPort } from 'node:worker_threads'
import { type RenderJob, renderReport } from './render-report'

/** One report a thread: what it took is given back when the thread ends. */
parentPort?.once('message', (job: RenderJob) => {
  void renderReport(job).then((made) => parentPort?.postMessage(made))
})
