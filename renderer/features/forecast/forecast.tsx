import { TrendingUp } from 'lucide-react'
import { useMemo } from 'react'
import { useRoute, writeRoute } from '../../app/route'
import { EmptyState } from '../../components/empty-state'
import { Answered } from '../../components/panel'
import { Skeleton } from '../../components/skeleton'
import { useSettings } from '../../queries/settings'
import { useChannel } from '../../queries/use-channel'
import { SampleButton } from '../sources/sample-button'
import { forecastQuestions, readForecastChoice } from './forecast-choice'
import { ForecastView } from './forecast-view'

function ForecastSkeleton() {
  return (
    <div className="flex flex-col gap-6">
      <p className="text-muted">Trying each model on the history and forecasting with those that did well.</p>
      <Skeleton className="h-20" />
      <Skeleton className="h-80" />
    </div>
  )
}

function NoData() {
  return (
    <EmptyState icon={TrendingUp} title="No billing data yet">
      <p>
        Forecast tells what the coming days and months will cost and how sure that is. It needs a billing
        export with at least two days.
      </p>
      <div className="flex items-center gap-3">
        <SampleButton kind="primary" />
        <a
          href={writeRoute('sources', { focus: 'import' })}
          className="rounded font-medium text-accent underline underline-offset-2"
        >
          Import a billing export
        </a>
      </div>
    </EmptyState>
  )
}

export function Forecast() {
  const { settings, isSettled } = useSettings()
  const { view } = useRoute()
  const choice = useMemo(() => readForecastChoice(view), [view])
  const questions = forecastQuestions(settings, choice)
  const holdings = useChannel('holdings/read', {})
  const isFilled = holdings.data !== undefined && holdings.data.rows > 0
  const ahead = useChannel('forecast/run', questions.ahead, { enabled: isSettled && isFilled })
  if (holdings.data === undefined || !isFilled) {
    return (
      <Answered answer={holdings} skeleton={<ForecastSkeleton />}>
        {() => <NoData />}
      </Answered>
    )
  }
  if (!isSettled) return <ForecastSkeleton />
  return (
    <Answered answer={ahead} skeleton={<ForecastSkeleton />}>
      {(forecast) => (
        <ForecastView forecast={forecast} questions={questions} choice={choice} settings={settings} />
      )}
    </Answered>
  )
}
