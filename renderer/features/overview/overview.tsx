import { LoaderCircle } from 'lucide-react'
import { ErrorBoundary } from '../../components/error-boundary'
import { Answered } from '../../components/panel'
import { Skeleton } from '../../components/skeleton'
import { overviewQuestion } from '../../queries/ask-ahead'
import { useSettings } from '../../queries/settings'
import { useChannel } from '../../queries/use-channel'
import { useWorkTask } from '../../stores/work'
import { ChangesPanel } from './changes-panel'
import { FigureBand } from './figure-band'
import { OverviewEmpty } from './overview-empty'
import { ServicesPanel } from './services-panel'

function OverviewSkeleton() {
  return (
    <div className="flex flex-col gap-6">
      <Skeleton className="h-20" />
      <Skeleton className="h-80" />
      <Skeleton className="h-40" />
    </div>
  )
}

export function Overview() {
  const { settings, isSettled } = useSettings()
  const task = useWorkTask()
  const holdings = useChannel('holdings/read', {})
  const isFilled = holdings.data !== undefined && holdings.data.rows > 0
  // Asking before the cost basis is known would ask twice, and show figures that jump.
  const overview = useChannel(
    'overview/read',
    overviewQuestion(settings),
    // Asked beside the holdings, which nearly always say that there is something.
    { enabled: isSettled && (holdings.data === undefined || isFilled) },
  )
  if (holdings.data === undefined || !isFilled) {
    return (
      <Answered answer={holdings} skeleton={<OverviewSkeleton />}>
        {() => <OverviewEmpty />}
      </Answered>
    )
  }
  if (!isSettled) return <OverviewSkeleton />
  return (
    <Answered answer={overview} skeleton={<OverviewSkeleton />}>
      {(data) => (
        <div className="flex flex-col gap-6">
          {task === undefined ? null : (
            <p className="-mb-2 flex items-center gap-2 rounded-md bg-accent-soft px-3 py-1">
              <LoaderCircle size={14} className="text-accent" aria-hidden />
              {task.title} is running. The figures are those of the periods read so far.
            </p>
          )}
          <ErrorBoundary name="Figures">
            <FigureBand overview={data} />
          </ErrorBoundary>
          <ServicesPanel overview={data} />
          <div className="grid grid-cols-1 gap-x-8 gap-y-6 xl:grid-cols-2">
            <ChangesPanel
              title="Top movers"
              what="Service"
              testId="movers"
              changes={data.movers}
              overview={data}
            />
            <ChangesPanel
              title="Accounts"
              what="Account"
              testId="accounts"
              changes={data.accounts}
              overview={data}
            />
          </div>
        </div>
      )}
    </Answered>
  )
}
