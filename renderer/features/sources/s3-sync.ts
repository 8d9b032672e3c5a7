import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { create } from 'zustand'
import type { Failure } from '../../../analytics/contract/result'
import type { SyncedSource, SyncReport } from '../../../analytics/contract/s3-sources'
import type { Task } from '../../../analytics/contract/tasks'
import type { Bridge } from '../../bridge/bridge'
import { runningTask, useTasks } from '../../stores/tasks'
import { showToast, type Toast } from '../../stores/toasts'

interface SyncStore {
  readonly isRunning: boolean
  /** The answer to the sync that was asked for last, and for which source; null: for all. */
  readonly ended:
    | { readonly state: 'none' }
    | { readonly state: 'done'; readonly report: SyncReport }
    | { readonly state: 'failed'; readonly name: string | null; readonly failure: Failure }
}

/** Outside of the screen, since one may look elsewhere while it runs. */
export const useSync = create<SyncStore>()(() => ({ isRunning: false, ended: { state: 'none' } }))

export function forgetSync(): void {
  useSync.setState({ ended: { state: 'none' } })
}

export async function runSync(bridge: Bridge, client: QueryClient, name: string | null): Promise<void> {
  if (useSync.getState().isRunning) return
  useSync.setState({ isRunning: true, ended: { state: 'none' } })
  const result = await bridge.call('sync/run', name === null ? {} : { name })
  if (result.ok) {
    useSync.setState({ isRunning: false, ended: { state: 'done', report: result.value } })
    tellEnd(result.value.sources)
  } else {
    useSync.setState({ isRunning: false, ended: { state: 'failed', name, failure: result.failure } })
    if (result.failure.code === 'cancelled') showToast('plain', 'The sync was cancelled.')
    else showToast('bad', result.failure.message, result.failure.hint ?? null)
  }
  await client.invalidateQueries({ queryKey: ['s3/list'] })
}

function toneOf(sources: readonly SyncedSource[]): Toast['tone'] {
  if (sources.some(({ state }) => state === 'failed')) return 'bad'
  return sources.some(({ state }) => state === 'partly') ? 'plain' : 'good'
}

function tellEnd(sources: readonly SyncedSource[]): void {
  const only = sources.length === 1 ? sources[0] : undefined
  if (only !== undefined) {
    showToast(toneOf(sources), `${only.name}: ${endWords[only.state]}.`, only.message)
    return
  }
  const whole = sources.filter(({ state }) => state === 'done').length
  const rest = sources.filter(({ state }) => state !== 'done')
  showToast(
    toneOf(sources),
    `${whole} of ${sources.length} S3 sources synced.`,
    rest.length === 0 ? null : rest.map(({ name, state }) => `${name}: ${endWords[state]}.`).join(' '),
  )
}

const endWords: Readonly<Record<SyncedSource['state'], string>> = {
  done: 'synced',
  partly: 'partly synced',
  failed: 'sync failed',
}

/** A sync that runs, also when it was started before this page was opened or through another door. */
export function useSyncTask(): Task | undefined {
  const client = useQueryClient()
  const task = useTasks((state) => runningTask(state.tasks, ['sync/run']))
  const before = useRef<string | undefined>(undefined)
  const id = task?.id
  useEffect(() => {
    if (before.current !== undefined && id === undefined) {
      void client.invalidateQueries({ queryKey: ['s3/list'] })
    }
    before.current = id
  }, [client, id])
  return task
}
