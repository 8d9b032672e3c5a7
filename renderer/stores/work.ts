import { create } from 'zustand'
import type { DemoReport, ImportReport } from '../../analytics/contract/imports'
import type { Failure } from '../../analytics/contract/result'
import type { Task } from '../../analytics/contract/tasks'
import { runningTask, useTasks } from './tasks'

/**
 * The long work a person started here and its answer. Kept outside of the screen, since one may look elsewhere
 * while it runs.
 */
export type Work =
  | { readonly state: 'none' }
  | { readonly state: 'running' }
  | { readonly state: 'done'; readonly report: ImportReport | DemoReport }
  | { readonly state: 'failed'; readonly failure: Failure }

interface WorkStore {
  readonly work: Work
}

export const useWork = create<WorkStore>()(() => ({ work: { state: 'none' } }))

const workChannels = ['import/run', 'uploads/import', 'demo/fill', 'warehouse/rebuild']

/** Work that brings data in, also when it was started before this page was opened. */
export function useWorkTask(): Task | undefined {
  return useTasks((state) => runningTask(state.tasks, workChannels))
}

export function useIsWorking(): boolean {
  const task = useWorkTask()
  return useWork((state) => state.work.state === 'running') || task !== undefined
}

export function setWork(work: Work): void {
  useWork.setState({ work })
}
