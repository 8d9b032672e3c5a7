import { CircleAlert, CircleCheck, CircleHelp, Clock, LoaderCircle } from 'lucide-react'
import type { EngineState } from '../../analytics/contract/application'
import type { Holdings } from '../../analytics/contract/spend'
import { useBridge } from '../bridge/context'
import { Moment } from '../components/moment'
import { percentDone } from '../features/tasks/task-words'
import { counted } from '../format/money'
import { formatDay, formatMonth } from '../format/time'
import { useChannel } from '../queries/use-channel'
import { useConnection } from '../stores/connection'
import { openLayer } from '../stores/layers'
import { runningTask, useTasks } from '../stores/tasks'
import { restartEngine } from './restart-engine'
import { writeRoute } from './route'

const engineWords: Readonly<Record<EngineState['state'], string>> = {
  starting: 'Engine is starting',
  ready: 'Engine is ready',
  restarting: 'Engine is restarting',
  failed: 'Engine has stopped',
}

function DataAsOf({ holdings }: { readonly holdings: Holdings | undefined }) {
  if (holdings === undefined) return null
  if (holdings.lastDay === null || holdings.lastImportAt === null) return <span>No data yet</span>
  return (
    <span className="inline-flex items-center gap-1.5">
      <Clock size={12} aria-hidden />
      <span>
        Data up to {formatDay(holdings.lastDay)} UTC
        <span className="max-lg:hidden">
          , imported <Moment instant={holdings.lastImportAt} />
        </span>
      </span>
    </span>
  )
}

function SourceState({ holdings }: { readonly holdings: Holdings | undefined }) {
  if (holdings === undefined || holdings.lastDay === null) return null
  const { estimatedPeriods, failedChecks } = holdings
  return (
    <a href={writeRoute('sources')} className="inline-flex items-center gap-1.5 rounded hover:text-ink">
      {failedChecks > 0 ? (
        <>
          <CircleAlert size={12} className="text-bad" aria-hidden />
          {counted(failedChecks, 'failed check', 'failed checks')}
        </>
      ) : (
        <>
          <CircleCheck size={12} className="text-good" aria-hidden />
          Checks passed
        </>
      )}
      {estimatedPeriods.length === 0 ? null : (
        <span title={estimatedPeriods.map(formatMonth).join(', ')}>
          · {counted(estimatedPeriods.length, 'month', 'months')} estimated
        </span>
      )}
    </a>
  )
}

function EngineNotice() {
  const bridge = useBridge()
  const engine = useConnection((state) => state.engine)
  const connection = useConnection((state) => state.connection)
  if (connection === 'lost') {
    return (
      <span className="inline-flex items-center gap-1.5 font-medium text-bad">
        <CircleAlert size={12} aria-hidden />
        No connection to the application; trying again
      </span>
    )
  }
  if (engine === null || engine.state === 'ready') return null
  const failed = engine.state === 'failed'
  const Icon = failed ? CircleAlert : LoaderCircle
  return (
    <span
      className={
        failed ? 'inline-flex items-center gap-1.5 font-medium text-bad' : 'inline-flex items-center gap-1.5'
      }
      {...(engine.message === null ? {} : { title: engine.message })}
    >
      <Icon size={12} aria-hidden />
      {engineWords[engine.state]}
      {failed ? (
        <button
          type="button"
          className="rounded underline underline-offset-2"
          onClick={() => void restartEngine(bridge)}
        >
          Restart it
        </button>
      ) : null}
    </span>
  )
}

function RunningTask() {
  const task = useTasks((state) => runningTask(state.tasks))
  if (task === undefined) return null
  const percent = percentDone(task)
  return (
    <button
      type="button"
      className="inline-flex min-w-0 items-center gap-1.5 rounded hover:text-ink"
      onClick={() => openLayer('tasks')}
    >
      <LoaderCircle size={12} className="shrink-0" aria-hidden />
      <span className="truncate">{task.title}</span>
      {percent === null ? null : <span className="figures">{percent}&nbsp;%</span>}
    </button>
  )
}

export function StatusLine() {
  const { data: holdings } = useChannel('holdings/read', {})
  return (
    <footer className="flex h-7 shrink-0 items-center gap-5 overflow-hidden whitespace-nowrap border-t border-hairline bg-rail px-6 text-12 text-muted">
      <DataAsOf holdings={holdings} />
      <SourceState holdings={holdings} />
      <EngineNotice />
      <RunningTask />
      <button
        type="button"
        className="ml-auto inline-flex shrink-0 items-center gap-1.5 rounded hover:text-ink"
        onClick={() => openLayer('keyboard')}
      >
        <CircleHelp size={12} aria-hidden />
        Keyboard
      </button>
    </footer>
  )
}
