import type { AnomaliesRequest } from '../../../analytics/contract/anomalies'
import { Answered, Panel } from '../../components/panel'
import { Skeleton } from '../../components/skeleton'
import { counted, formatCount, formatPercent } from '../../format/money'
import { useChannel } from '../../queries/use-channel'

/** How often the alarms were right: by what people said of them, and nothing while nobody has. */
export function TrackRecord({ question }: { readonly question: AnomaliesRequest }) {
  const answer = useChannel('anomalies/replay', question)
  return (
    <Panel title="How often it was right" hint="all history, day by day">
      <Answered answer={answer} skeleton={<Skeleton className="h-12" />}>
        {({ alarms, labelled, real, expected, notUseful, precision, alarmsAYear, days }) => (
          <div data-testid="track-record">
            <p className="font-semibold text-20">
              {precision === null ? 'Not known yet' : formatPercent(precision * 100)}
            </p>
            <p className="text-muted">
              {labelled === 0
                ? 'Nothing has been judged. The share of real alarms is told here once something is.'
                : `Of ${counted(labelled, 'judged alarm', 'judged alarms')} ${formatCount(real)} real, ${formatCount(expected)} expected, ${formatCount(notUseful)} not useful.`}
            </p>
            <p className="text-muted">
              {counted(alarms, 'alarm', 'alarms')} in {counted(days, 'day', 'days')}, which is{' '}
              {alarmsAYear.toFixed(0)} a year, right ones among them.
            </p>
          </div>
        )}
      </Answered>
    </Panel>
  )
}
