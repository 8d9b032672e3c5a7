import { Eye, EyeOff } from 'lucide-react'
import { classNames } from '../components/class-names'
import type { ReadoutRow } from './readout'
import { Swatch } from './swatch'

export interface LegendEntry {
  readonly name: string
  readonly colour: string
  readonly swatch: ReadoutRow['swatch']
}

interface LegendProps {
  readonly label: string
  readonly entries: readonly LegendEntry[]
  readonly hidden: ReadonlySet<string>
  readonly isolated: string | null
  readonly onToggle: (name: string) => void
  /** null shows all again. */
  readonly onIsolate: (name: string | null) => void
  readonly onHover?: (name: string | null) => void
  readonly className?: string
}

/** In the order of the stack, top first. A name sets its series apart from the others, the eye leaves it out. */
export function Legend(props: LegendProps) {
  const { label, entries, hidden, isolated, onToggle, onIsolate, onHover, className } = props
  return (
    <ul className={classNames('flex min-h-0 flex-col overflow-y-auto', className)} aria-label={label}>
      {entries.map(({ name, colour, swatch }) => {
        const isOut = hidden.has(name) || (isolated !== null && isolated !== name)
        return (
          <li
            key={name}
            className="group flex h-6.5 shrink-0 items-center rounded hover:bg-hover"
            onPointerEnter={() => onHover?.(name)}
            onPointerLeave={() => onHover?.(null)}
          >
            <button
              type="button"
              aria-pressed={isolated === name}
              title={isolated === name ? 'Show all series' : `Show ${name} alone`}
              onClick={() => onIsolate(isolated === name ? null : name)}
              className={classNames(
                'flex h-full min-w-0 grow items-center gap-2 rounded px-1.5 text-left',
                isolated === name && 'bg-hover font-medium',
              )}
            >
              <Swatch colour={isOut ? 'var(--hairline)' : colour} kind={swatch} />
              <span
                className={classNames('truncate', isOut && 'text-muted', hidden.has(name) && 'line-through')}
              >
                {name}
              </span>
            </button>
            <button
              type="button"
              aria-pressed={hidden.has(name)}
              aria-label={`Leave out ${name}`}
              title={hidden.has(name) ? 'Show again' : 'Leave out'}
              onClick={() => onToggle(name)}
              className={classNames(
                'flex size-6 shrink-0 items-center justify-center rounded text-muted hover:text-ink',
                !hidden.has(name) && 'opacity-0 group-hover:opacity-100 focus-visible:opacity-100',
              )}
            >
              {hidden.has(name) ? <EyeOff size={13} aria-hidden /> : <Eye size={13} aria-hidden />}
            </button>
          </li>
        )
      })}
    </ul>
  )
}
