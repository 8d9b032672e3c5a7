import type { ReactNode } from 'react'
import type { Anomaly } from '../../../analytics/contract/anomalies'
import type { CostMeasure } from '../../../analytics/contract/spend'
import { Chip } from '../../components/chip'
import { CopyButton } from '../../components/copy-button'
import { Money } from '../../components/money'
import { counted } from '../../format/money'
import { daysBetween, formatDay, formatDays } from '../../format/time'
import {
  type AccountNames,
  dimensionTitle,
  kindMeanings,
  kindTitles,
  labelTitles,
  placeNames,
  severityTitles,
  severityTones,
} from './anomaly-words'
import { CauseTree } from './cause-tree'
import { ContextChart } from './context-chart'
import { explorerLink } from './explorer-link'
import { Split } from './split'

interface AnomalyContextProps {
  readonly anomaly: Anomaly
  readonly measure: CostMeasure
  readonly reach: { readonly firstDay: string; readonly lastDay: string }
  readonly names: AccountNames
  readonly verdict: ReactNode
}

interface FactProps {
  readonly term: string
  readonly children: ReactNode
}

function Fact({ term, children }: FactProps) {
  return (
    <div className="min-w-0 border-hairline border-l py-0.5 pl-3">
      <dt className="text-12 text-muted">{term}</dt>
      <dd className="font-semibold text-14">{children}</dd>
    </div>
  )
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="flex min-w-0 flex-col gap-1">
      <h3 className="font-semibold">{title}</h3>
      {children}
    </section>
  )
}

/** Everything known of one anomaly, and the words somebody may say of it. */
export function AnomalyContext({ anomaly, measure, reach, names, verdict }: AnomalyContextProps) {
  const { start, end, detected, currency, firstSeen } = anomaly
  const [place = 'The whole bill', ...around] = placeNames(anomaly.scope, names)
  const days = daysBetween(start, end)
  return (
    <section aria-label="The anomaly" className="flex min-w-0 flex-col gap-4" data-testid="anomaly-context">
      <header className="flex flex-col gap-2">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <h2 className="min-w-0 truncate font-semibold text-16" title={place}>
            {place}
          </h2>
          <Chip title={kindMeanings[anomaly.kind]}>{kindTitles[anomaly.kind]}</Chip>
          <Chip tone={severityTones[anomaly.severity]}>{severityTitles[anomaly.severity]}</Chip>
          {anomaly.restated ? (
            <Chip tone="warn" title="The month was delivered again with other totals">
              restated
            </Chip>
          ) : null}
          {anomaly.label === null ? null : <Chip tone="good">{labelTitles[anomaly.label]}</Chip>}
          <a
            href={explorerLink(anomaly)}
            className="ml-auto shrink-0 rounded font-medium text-accent hover:underline"
          >
            Open in Explorer
          </a>
        </div>
        <p className="text-muted">
          {around.length === 0 ? '' : `${around.join(' · ')}. `}
          {kindMeanings[anomaly.kind]}
        </p>
        {verdict}
      </header>
      <dl className="grid grid-cols-[1fr_1fr_1fr_1.5fr]">
        <Fact term={`Impact (${currency})`}>
          <span data-testid="anomaly-impact" data-value={anomaly.impact}>
            <Money value={anomaly.impact} currency={currency} sign="always" />
          </span>
        </Fact>
        <Fact term="Actual">
          <Money value={anomaly.actual} currency={currency} />
        </Fact>
        <Fact term="Expected">
          <Money value={anomaly.expected} currency={currency} />
        </Fact>
        <Fact term={counted(days, 'day', 'days')}>
          <span className="font-medium text-13">{formatDays(start, end)}</span>
          <span className="block font-normal text-12 text-muted">alarm on {formatDay(detected)}</span>
        </Fact>
      </dl>
      <ContextChart anomaly={anomaly} measure={measure} reach={reach} />
      {anomaly.restated ? (
        <p className="rounded-md bg-warn-soft px-3 py-1.5">
          The bill of this month was delivered again with other totals. Part of the change may be the
          restatement and not usage; Data sources shows what changed.
        </p>
      ) : null}
      <Part title="What moved">
        <CauseTree anomaly={anomaly} names={names} />
      </Part>
      <Part title="Price, usage, new">
        <Split anomaly={anomaly} />
      </Part>
      {firstSeen.length === 0 ? null : (
        <Part title="First seen in these days">
          <ul className="flex flex-col" data-testid="first-seen">
            {firstSeen.map(({ dimension, value }) => (
              <li key={`${dimension} ${value}`} className="flex items-center gap-2">
                <span className="w-20 shrink-0 text-12 text-muted">{dimensionTitle(dimension)}</span>
                <code className="min-w-0 truncate font-mono text-12" title={value}>
                  {value}
                </code>
                <span className="ml-auto shrink-0">
                  <CopyButton label="Copy" text={() => value} />
                </span>
              </li>
            ))}
          </ul>
        </Part>
      )}
    </section>
  )
}
