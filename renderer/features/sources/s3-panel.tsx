import { useQueryClient } from '@tanstack/react-query'
import { Plus, RefreshCw } from 'lucide-react'
import { useState } from 'react'
import type { S3Source } from '../../../analytics/contract/s3-sources'
import type { Task } from '../../../analytics/contract/tasks'
import { useBridge } from '../../bridge/context'
import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { Answered, Panel } from '../../components/panel'
import { Skeleton } from '../../components/skeleton'
import { useChannel } from '../../queries/use-channel'
import { CancelTask, TaskProgress } from '../tasks/task-card'
import { S3Form } from './s3-form'
import { S3Row } from './s3-row'
import { runSync, useSync, useSyncTask } from './s3-sync'
import { SyncResult } from './s3-sync-result'

function AddButton({ onClick }: { readonly onClick: () => void }) {
  return (
    <Button onClick={onClick}>
      <Plus size={14} aria-hidden />
      Add an S3 source…
    </Button>
  )
}

function SyncInProgress({ task }: { readonly task: Task | undefined }) {
  return (
    <section aria-label="Sync in progress" className="mt-3 flex max-w-2xl items-start gap-4">
      <div className="min-w-0 grow">
        <p>{task?.progress?.stage ?? 'Starting'}</p>
        {task === undefined ? null : <TaskProgress task={task} />}
      </div>
      {task === undefined ? null : <CancelTask task={task} />}
    </section>
  )
}

function S3List({ sources }: { readonly sources: readonly S3Source[] }) {
  const bridge = useBridge()
  const client = useQueryClient()
  const task = useSyncTask()
  const isRunning = useSync((state) => state.isRunning)
  const ended = useSync((state) => state.ended)
  const isSyncing = isRunning || task !== undefined
  const failed = ended.state === 'failed' && ended.failure.code !== 'cancelled' ? ended : null
  const report = ended.state === 'done' ? ended.report : null
  return (
    <>
      <ul aria-label="S3 sources">
        {sources.map((source) => (
          <S3Row
            key={source.name}
            source={source}
            isSyncing={isSyncing}
            synced={report?.sources.find(({ name }) => name === source.name)}
            failure={failed?.name === source.name ? failed.failure : null}
            onSync={() => void runSync(bridge, client, source.name)}
          />
        ))}
      </ul>
      {sources.length < 2 ? null : (
        <div className="mt-2">
          <Button disabled={isSyncing} onClick={() => void runSync(bridge, client, null)}>
            <RefreshCw size={14} aria-hidden />
            Sync all
          </Button>
        </div>
      )}
      {isSyncing ? <SyncInProgress task={task} /> : null}
      {failed?.name === null ? (
        <div className="mt-2">
          <FailureNotice failure={failed.failure} />
        </div>
      ) : null}
      {report === null || isSyncing ? null : <SyncResult report={report} />}
    </>
  )
}

/** Buckets that exports are fetched from. Nothing is contacted until a button asks for it. */
export function S3Panel() {
  const answer = useChannel('s3/list', {})
  const [isAdding, setAdding] = useState(false)
  const sources = answer.data?.sources ?? []
  const add = () => setAdding(true)
  return (
    <Panel
      title="S3"
      hint="Fetched when asked for, with the AWS credentials of this machine. Only what changed comes over the network."
      actions={isAdding || sources.length === 0 ? null : <AddButton onClick={add} />}
    >
      <Answered answer={answer} skeleton={<Skeleton className="h-12" />}>
        {(data) =>
          data.sources.length > 0 ? (
            <S3List sources={data.sources} />
          ) : isAdding ? null : (
            <div className="flex items-center gap-4">
              <p>Exports in an S3 bucket can be fetched from there, once it is added as a source.</p>
              <AddButton onClick={add} />
            </div>
          )
        }
      </Answered>
      {isAdding ? (
        <div className="mt-3">
          <S3Form sources={sources} onClose={() => setAdding(false)} />
        </div>
      ) : null}
    </Panel>
  )
}
