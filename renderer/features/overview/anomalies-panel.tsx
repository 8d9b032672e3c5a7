import type { Anomalies } from '../../../analytics/contract/anomalies'
import type { Overview } from '../../../analytics/contract/overview'
import { writeRoute } from '../../app/route'
import { Chip } from '../../components/chip'
import { Money } from '../../components/money'
import { Panel } from '../../components/panel'
import { addDays, formatDay } from '../../format/time'
import type { ChannelAnswer } from '../../queries/use-channel'
import { kindTitles, placeNames, severityTitles, severityTones } from '../anomalies/anomaly-words'
import { anomalyDoor } from './doors'
import { openAnomalies, openDays } from './open-anomalies'

const shownAnomalies = 5

interface AnomaliesPanelProps {
  readonly overview: Overview
  readonly answer: ChannelAnswer<Anomalies>
}

/** The largest that nobody has judged. The list keeps its room while it is being found. */
export function AnomaliesPanel({ overview, answer }: AnomaliesPanelProps) {
  const { data, failure } = answer
  const lastDay = addDays(overview.month.to, -1)
  const names = Object.fromEntries(overview.accounts.map(({ value, label }) => [value, label ?? value]))
  const open = data === undefined ? [] : openAnomalies(data, lastDay).anomalies
  return (
    <Panel
      title="Anomalies to judge"
      hint={`${overview.currency}, of the last ${openDays} days`}
      actions={
        <a
          href={writeRoute('anomalies')}
          className="rounded text-12 text-accent underline underline-offset-2"
        >
          All anomalies
        </a>
      }
    >
      <div className="min-h-38" data-testid="open-anomalies">
        {data === undefined ? (
          <p className="py-1 text-muted">
            {failure === null ? 'The days of the whole history are gone through.' : failure.message}
          </p>
        ) : open.length === 0 ? (
          <p className="py-1 text-muted">Nothing out of the ordinary.</p>
        ) : (
          <ul>
            {open.slice(0, shownAnomalies).map(({ id, kind, severity, start, impact, scope, currency }) => (
              <li key={id} className="border-hairline border-b">
                <a
                  href={anomalyDoor(id)}
                  className="-mx-1 flex h-7.5 items-center gap-2 rounded px-1 hover:bg-hover"
                >
                  <Chip tone={severityTones[severity]}>{severityTitles[severity]}</Chip>
                  <span className="min-w-0 grow truncate">
                    {kindTitles[kind]}: {placeNames(scope, names).join(' · ') || 'the whole bill'}
                  </span>
                  <span className="shrink-0 text-12 text-muted">{formatDay(start)}</span>
                  <span className="w-24 shrink-0 text-right">
                    <Money value={impact} currency={currency} sign="always" />
                  </span>
                </a>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Panel>
  )
}
