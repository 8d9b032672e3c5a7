import { LayoutDashboard, LoaderCircle } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { Overview as Read } from '../../../analytics/contract/overview'
import type { Holdings } from '../../../analytics/contract/spend'
import { Button } from '../../components/button'
import { ErrorBoundary } from '../../components/error-boundary'
import { Answered } from '../../components/panel'
import { Skeleton } from '../../components/skeleton'
import { overviewQuestion } from '../../queries/ask-ahead'
import { useSettings } from '../../queries/settings'
import { useChannel } from '../../queries/use-channel'
import { useRegisteredCommands } from '../../stores/screen-commands'
import { useWorkTask } from '../../stores/work'
import { AnomaliesPanel } from './anomalies-panel'
import { Arrangement } from './arranging'
import { DataPanel } from './data-panel'
import { FigureBand } from './figure-band'
import { useLaterQuestions } from './later-questions'
import { MoversPanel } from './movers-panel'
import { OverviewEmpty } from './overview-empty'
import { ServicesPanel } from './services-panel'
import { arrangedWidgets, type Widget, type WidgetId } from './widgets'

function OverviewSkeleton() {
  return (
    <div className="flex flex-col gap-6">
      <Skeleton className="h-61 2xl:h-29" />
      <Skeleton className="h-80 2xl:h-112" />
      <Skeleton className="h-40" />
    </div>
  )
}

export function Overview() {
  const { settings, isSettled } = useSettings()
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
  const { data } = holdings
  if (!isSettled) return <OverviewSkeleton />
  return (
    <Answered answer={overview} skeleton={<OverviewSkeleton />}>
      {(read) => <Filled overview={read} holdings={data} />}
    </Answered>
  )
}

interface FilledProps {
  readonly overview: Read
  readonly holdings: Holdings
}

function Filled({ overview, holdings }: FilledProps) {
  const { settings, change } = useSettings()
  const task = useWorkTask()
  const later = useLaterQuestions(overview)
  const [isArranging, setArranging] = useState(false)
  // What was arranged here is newer than what the workspace answers while it is writing it.
  const [draft, setDraft] = useState<readonly Widget[] | null>(null)
  const saved = draft ?? settings.overviewWidgets
  const widgets = useMemo(() => arrangedWidgets(saved), [saved])
  useRegisteredCommands(
    useMemo(
      () => [
        {
          id: 'overview-arrange',
          title: 'Arrange Overview',
          group: 'This screen' as const,
          run: () => setArranging(true),
        },
      ],
      [],
    ),
  )
  const render = (id: WidgetId) => {
    switch (id) {
      case 'figures':
        return (
          <ErrorBoundary name="Figures">
            <FigureBand overview={overview} later={later} />
          </ErrorBoundary>
        )
      case 'chart':
        return <ServicesPanel overview={overview} forecast={later.forecast} />
      case 'movers':
        return <MoversPanel overview={overview} movers={later.movers} />
      case 'anomalies':
        return <AnomaliesPanel overview={overview} answer={later.anomalies} />
      case 'data':
        return <DataPanel holdings={holdings} />
    }
  }
  return (
    <div>
      {task === undefined ? null : (
        <p className="mb-4 flex items-center gap-2 rounded-md bg-accent-soft px-3 py-1">
          <LoaderCircle size={14} className="text-accent" aria-hidden />
          {task.title} is running. The figures are those of the periods read so far.
        </p>
      )}
      <Arrangement
        widgets={widgets}
        isArranging={isArranging}
        onChange={(next) => {
          setDraft(next)
          change({ overviewWidgets: next })
        }}
        onDone={() => setArranging(false)}
        render={render}
      />
      {isArranging ? null : (
        <div className="mt-4 flex justify-end">
          <Button kind="quiet" onClick={() => setArranging(true)}>
            <LayoutDashboard size={14} aria-hidden />
            Arrange
          </Button>
        </div>
      )}
    </div>
  )
}
