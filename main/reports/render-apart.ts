import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { ReportFormat, ReportPreview, ReportStyle } from '../../analytics/contract/report-files'
import type { Report } from '../../analytics/contract/reports'
import type { Differences } from './compare-reports'
import type { RenderJob } from './render-report'

/** Far more than four thousand rows take, and an end for what has no bounds. */
const mostMegabytes = 640

export async function renderFile(
  report: Report,
  style: ReportStyle,
  format: ReportFormat,
  signal: AbortSignal,
): Promise<Uint8Array> {
  return (await renderApart({ as: format, report, style }, signal)) as Uint8Array
}

export async function renderPreview(
  report: Report,
  style: ReportStyle,
  signal: AbortSignal,
): Promise<ReportPreview> {
  return (await renderApart({ as: 'preview', report, style }, signal)) as ReportPreview
}

export async function compareApart(
  before: string,
  report: Report,
  signal: AbortSignal,
): Promise<Differences> {
  return (await renderApart({ as: 'differences', before, report }, signal)) as Differences
}

/** In a thread of its own, so that nothing waits for it; where there is no built file for one, here. */
async function renderApart(job: RenderJob, signal: AbortSignal): Promise<unknown> {
  const file = join(dirname(fileURLToPath(import.meta.url)).replace(/[\\/]chunks$/, ''), 'report-worker.js')
  if (!existsSync(file)) {
    const { renderReport } = await import('./render-report')
    return await renderReport(job)
  }
  const worker = new Worker(file, { resourceLimits: { maxOldGenerationSizeMb: mostMegabytes } })
  const stop = () => void worker.terminate()
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await new Promise((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
      worker.once('exit', () => reject(new Error('the thread that makes reports ended')))
      worker.postMessage(job)
    })
  } finally {
    signal.removeEventListener('abort', stop)
    await worker.terminate()
  }
}
