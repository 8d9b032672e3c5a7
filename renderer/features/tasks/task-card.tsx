import { CircleAlert, CircleCheck, CircleSlash, LoaderCircle, X } from 'lucide-react'
import { useState } from 'react'
import type { Task } from '../../../analytics/contract/tasks'
import { useBridge } from '../../bridge/context'
import { Button, IconButton } from '../../components/button'
import { CopyButton } from '../../components/copy-button'
import { failureText } from '../../components/failure-notice'
import { Moment } from '../../components/moment'
import { formatDuration } from '../../format/time'
import { dropTask, useTasks } from '../../stores/tasks'
import { timeLeft } from '../../stores/time-left'
import { showToast } from '../../stores/toasts'
import { amountDone, percentDone, stateWords } from './task-words'

function StateIcon({ state }: { readonly state: Task['state'] }) {
  switch (state) {
    case 'running':
      return <LoaderCircle size={16} className="mt-0.5 shrink-0 text-accent" aria-hidden />
    case 'done':
      return <CircleCheck size={16} className="mt-0.5 shrink-0 text-good" aria-hidden />
    case 'failed':
      return <CircleAlert size={16} className="mt-0.5 shrink-0 text-bad" aria-hidden />
    case 'cancelled':
      return <CircleSlash size={16} className="mt-0.5 shrink-0 text-muted" aria-hidden />
  }
}

export function TaskProgress({ task }: { readonly task: Task }) {
  const samples = useTasks((state) => state.samples.get(task.id))
  const percent = percentDone(task)
  const left = samples === undefined ? null : timeLeft(samples)
  return (
    <>
      <div
        role="progressbar"
        aria-label={task.title}
        aria-valuemin={0}
        aria-valuemax={100}
        {...(percent === null ? {} : { 'aria-valuenow': percent })}
        className="my-1.5 h-1 overflow-hidden rounded-full bg-hover"
      >
        {percent === null ? (
          <div className="thin-bar h-full w-1/4 bg-accent" />
        ) : (
          <div className="h-full bg-accent" style={{ width: `${percent}%` }} />
        )}
      </div>
      <p className="figures flex justify-between gap-3 text-12 text-muted">
        <span>{task.progress === null ? 'Starting' : amountDone(task.progress)}</span>
        <span>{left === null ? null : `about ${formatDuration(left)} left`}</span>
      </p>
    </>
  )
}

export function CancelTask({ task }: { readonly task: Task }) {
  const bridge = useBridge()
  const [asked, setAsked] = useState(false)
  const cancel = async () => {
    setAsked(true)
    const result = await bridge.call('tasks/cancel', { id: task.id })
    if (result.ok) return
    setAsked(false)
    showToast('bad', `${task.title} was not cancelled.`, result.failure.message)
  }
  return (
    <Button disabled={asked} onClick={() => void cancel()}>
      {asked ? 'Cancelling…' : 'Cancel'}
    </Button>
  )
}

export function TaskCard({ task }: { readonly task: Task }) {
  const bridge = useBridge()
  const failure = task.failure
  const dismiss = async () => {
    const result = await bridge.call('tasks/dismiss', { id: task.id })
    if (result.ok) dropTask(task.id)
    else showToast('bad', 'The task was not removed from the list.', result.failure.message)
  }
  return (
    <li className="flex gap-2.5 border-b border-hairline py-2.5 last:border-b-0">
      <StateIcon state={task.state} />
      <div className="min-w-0 grow">
        <p className="font-medium break-words">{task.title}</p>
        {task.state === 'running' ? (
          <>
            {task.progress === null ? null : <p className="break-words">{task.progress.stage}</p>}
            <TaskProgress task={task} />
          </>
        ) : (
          <p className="text-muted">
            {stateWords[task.state]} <Moment instant={task.endedAt ?? task.startedAt} />
          </p>
        )}
        {failure === null || task.state !== 'failed' ? null : (
          <div className="mt-1">
            <p className="break-words">{failure.message}</p>
            {failure.hint === undefined ? null : <p className="text-muted break-words">{failure.hint}</p>}
            <div className="-ml-2.5">
              <CopyButton label="Copy details" text={() => failureText(failure)} />
            </div>
          </div>
        )}
      </div>
      {task.state === 'running' ? (
        <CancelTask task={task} />
      ) : (
        <IconButton label={`Dismiss ${task.title}`} onClick={() => void dismiss()}>
          <X size={14} aria-hidden />
        </IconButton>
      )}
    </li>
  )
}
