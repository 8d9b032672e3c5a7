import type { DemoReport, ImportReport } from '../../analytics/contract/imports'
import type { Result } from '../../analytics/contract/result'
import type { Bridge, ChosenFile } from '../bridge/bridge'
import { setWork, useWork } from './work'

/** The work goes on in the application when this page is closed; the answer is for whoever stays. */
async function follow(ask: () => Promise<Result<ImportReport | DemoReport>>): Promise<void> {
  if (useWork.getState().work.state === 'running') return
  setWork({ state: 'running' })
  const result = await ask()
  setWork(result.ok ? { state: 'done', report: result.value } : { state: 'failed', failure: result.failure })
}

export function importPaths(bridge: Bridge, paths: readonly string[]): Promise<void> {
  return follow(() => bridge.call('import/run', { paths: [...paths] }))
}

export function importFiles(bridge: Bridge, files: readonly ChosenFile[]): Promise<void> {
  return follow(() => bridge.importFiles(files))
}

export function fillWithSampleData(bridge: Bridge): Promise<void> {
  return follow(() => bridge.call('demo/fill', {}))
}

export function rebuildFromSources(bridge: Bridge): Promise<void> {
  return follow(() => bridge.call('warehouse/rebuild', {}))
}
