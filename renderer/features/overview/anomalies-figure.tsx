import type { Anomalies } from '../../../analytics/contract/anomalies'
import type { Overview } from '../../../analytics/contract/overview'
import { writeRoute } from '../../app/route'
import { Figure } from '../../components/figure'
import { Money } from '../../components/money'
import { addDays } from '../../format/time'
import type { ChannelAnswer } from '../../queries/use-channel'
import { openAnomalies, openDays } from './open-anomalies'

interface AnomaliesFigureProps {
  readonly overview: Overview
  readonly answer: ChannelAnswer<Anomalies>
  /** Its turn has come. */
  readonly isNext: boolean
}

export function AnomaliesFigure({ overview, answer, isNext }: AnomaliesFigureProps) {
  const lastDay = addDays(overview.month.to, -1)
  const open = answer.data === undefined ? null : openAnomalies(answer.data, lastDay)
  return (
    <Figure
      label={`Anomalies to judge, last ${openDays} days`}
      testId="figure-anomalies"
      exact={open === null ? '' : String(open.anomalies.length)}
      shown={open === null ? '–' : String(open.anomalies.length)}
      href={writeRoute('anomalies')}
    >
      {open === null ? (
        (answer.failure?.message ?? (isNext ? 'Going through the days' : 'After the forecast'))
      ) : open.anomalies.length === 0 ? (
        'Nothing out of the ordinary'
      ) : (
        <span>
          Impact <Money value={open.impact} currency={overview.currency} sign="always" /> {overview.currency}
        </span>
      )}
    </Figure>
  )
}
