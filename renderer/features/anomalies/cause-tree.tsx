import type { Anomaly, Cause } from '../../../analytics/contract/anomalies'
import { Chip } from '../../components/chip'
import { Money } from '../../components/money'
import { forDrawing } from '../../format/decimal'
import { type AccountNames, dimensionTitle, narrowness, valueName } from './anomaly-words'
import { explorerLink } from './explorer-link'

interface CauseTreeProps {
  readonly anomaly: Anomaly
  readonly names: AccountNames
}

interface Level {
  readonly dimension: string
  readonly causes: readonly Cause[]
}

/** The same change by one dimension after the other, from the widest to the narrowest. */
export function levelsOf(causes: readonly Cause[]): readonly Level[] {
  const dimensions = [...new Set(causes.map(({ dimension }) => dimension))]
  return dimensions
    .toSorted((left, right) => narrowness(left) - narrowness(right))
    .map((dimension) => ({ dimension, causes: causes.filter((cause) => cause.dimension === dimension) }))
}

export function CauseTree({ anomaly, names }: CauseTreeProps) {
  const { causes, currency } = anomaly
  const [main] = causes
  if (main === undefined) {
    return <p className="text-muted">No single account, service, usage type or resource stands out.</p>
  }
  const largest = Math.max(...causes.map(({ impact }) => Math.abs(forDrawing(impact))))
  return (
    <ul aria-label="Causes" className="flex flex-col" data-testid="causes">
      {levelsOf(causes).map(({ dimension, causes: ofLevel }, depth) => (
        <li key={dimension} className="flex flex-col" style={{ paddingLeft: depth * 12 }}>
          <ul aria-label={dimensionTitle(dimension)}>
            {ofLevel.map((cause) => (
              <li
                key={cause.value}
                className="relative flex h-(--row) items-center gap-2 border-hairline border-b"
              >
                <span className="w-20 shrink-0 text-12 text-muted">{dimensionTitle(dimension)}</span>
                <a
                  href={explorerLink(anomaly, cause)}
                  className={`min-w-0 truncate rounded hover:text-accent hover:underline ${cause === main ? 'font-medium' : ''}`}
                  title={`${cause.value}: open in Explorer`}
                >
                  {valueName(cause, names)}
                </a>
                {cause === main ? <Chip>main cause</Chip> : null}
                <span className="ml-auto flex shrink-0 items-center gap-2">
                  <span aria-hidden className="flex h-1.5 w-16 rounded-full bg-sunken">
                    <span
                      className="rounded-full bg-accent"
                      style={{
                        width: `${largest === 0 ? 0 : (Math.abs(forDrawing(cause.impact)) / largest) * 100}%`,
                      }}
                    />
                  </span>
                  <span className="w-24 text-right">
                    <Money value={cause.impact} currency={currency} sign="always" />
                  </span>
                </span>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  )
}
