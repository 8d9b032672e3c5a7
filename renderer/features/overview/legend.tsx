import type { Overview } from '../../../analytics/contract/spend'
import { classNames } from '../../components/class-names'

interface LegendProps {
  readonly overview: Overview
  readonly colours: ReadonlyMap<string, string>
  readonly highlighted: string | null
  readonly onHighlight: (service: string | null) => void
}

/** In the order of the stack, top first. A click sets one service apart from the others. */
export function Legend({ overview, colours, highlighted, onHighlight }: LegendProps) {
  return (
    <ul className="flex w-68 shrink-0 flex-col self-start" aria-label="Services">
      {[...overview.series].reverse().map(({ service }) => (
        <li key={service}>
          <button
            type="button"
            aria-pressed={highlighted === service}
            onClick={() => onHighlight(highlighted === service ? null : service)}
            className={classNames(
              'flex h-6.5 w-full items-center gap-2 rounded px-1.5 text-left hover:bg-hover',
              highlighted === service && 'bg-hover font-medium',
            )}
          >
            <span
              aria-hidden
              className="size-2.5 shrink-0 rounded-xs"
              style={{ background: colours.get(service) }}
            />
            <span
              className={classNames(
                'truncate',
                highlighted !== null && highlighted !== service && 'text-muted',
              )}
            >
              {service}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}
