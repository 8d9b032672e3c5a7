import { ChevronRight, X } from 'lucide-react'
import { asked, type ExplorerState, withoutStep } from './state'
import { goTo } from './use-explorer'
import { filterWords } from './words'

interface CrumbsProps {
  readonly state: ExplorerState
  readonly nameOf: (dimension: string, value: string) => string
}

/** The way down from all spend: a step is gone back to by its name, and taken out by its cross. */
export function Crumbs({ state, nameOf }: CrumbsProps) {
  const { drill } = state
  if (drill.length === 0) return null
  const first = drill[0]
  return (
    <nav aria-label="Drill" className="flex flex-wrap items-center gap-1 text-12">
      <button
        type="button"
        className="h-6 rounded-md px-1.5 text-accent hover:bg-hover"
        onClick={() => goTo(asked(state, { drill: [], by: first?.by ?? state.by }))}
      >
        All
      </button>
      {drill.map(({ filters }, at) => {
        const words = filters
          .map((filter) => filterWords(filter, (value) => nameOf(filter.dimension, value)))
          .join(', ')
        const isLast = at === drill.length - 1
        const next = drill[at + 1]
        return (
          <span key={JSON.stringify(filters)} className="inline-flex min-w-0 items-center gap-1">
            <ChevronRight size={12} className="shrink-0 text-muted" aria-hidden />
            <span className="inline-flex h-6 min-w-0 items-center rounded-md bg-sunken">
              <button
                type="button"
                disabled={isLast}
                className="h-6 max-w-80 truncate rounded-md pr-0.5 pl-2 font-medium enabled:hover:bg-hover"
                title={isLast ? words : `Back to ${words}`}
                onClick={() =>
                  goTo(asked(state, { drill: drill.slice(0, at + 1), by: next?.by ?? state.by }))
                }
              >
                {words}
              </button>
              <button
                type="button"
                aria-label={`Take out: ${words}`}
                title="Take this step out"
                className="inline-flex size-6 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink"
                onClick={() => goTo(withoutStep(state, at))}
              >
                <X size={12} aria-hidden />
              </button>
            </span>
          </span>
        )
      })}
    </nav>
  )
}
