import { Activity } from 'lucide-react'
import type { Anomalies as Found } from '../../../analytics/contract/anomalies'
import { useRoute, writeRoute } from '../../app/route'
import { EmptyState } from '../../components/empty-state'
import { Answered } from '../../components/panel'
import { Skeleton } from '../../components/skeleton'
import { useSettings } from '../../queries/settings'
import { useChannel } from '../../queries/use-channel'
import { SampleButton } from '../sources/sample-button'
import { AnomalyDesk } from './anomaly-desk'
import { anomaliesQuestion, readInboxChoice } from './inbox-choice'

function AnomaliesSkeleton() {
  return (
    <div className="flex flex-col gap-2">
      <p className="text-muted">Going through the daily cost of the whole history, at every level.</p>
      <div className="grid grid-cols-[22rem_minmax(0,1fr)] gap-6">
        <Skeleton className="h-120" />
        <Skeleton className="h-120" />
      </div>
    </div>
  )
}

function NoData() {
  return (
    <EmptyState icon={Activity} title="No billing data yet">
      <p>
        Anomalies finds days on which spend was not as it should be, and what caused it. It needs a billing
        export with a few weeks of days.
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

export function Anomalies() {
  const { settings, isSettled } = useSettings()
  const { view } = useRoute()
  const holdings = useChannel('holdings/read', {})
  const reach =
    holdings.data?.firstDay && holdings.data.lastDay
      ? { firstDay: holdings.data.firstDay, lastDay: holdings.data.lastDay }
      : null
  const question = anomaliesQuestion(settings, readInboxChoice(view))
  const found = useChannel('anomalies/find', question, { enabled: isSettled && reach !== null })
  if (holdings.data === undefined || reach === null) {
    return (
      <Answered answer={holdings} skeleton={<AnomaliesSkeleton />}>
        {() => <NoData />}
      </Answered>
    )
  }
  if (!isSettled) return <AnomaliesSkeleton />
  return (
    <Answered answer={found} skeleton={<AnomaliesSkeleton />}>
      {(data: Found) => (
        <AnomalyDesk found={data} question={question} measure={settings.basis} reach={reach} />
      )}
    </Answered>
  )
}
