import type { Grain } from '../../../analytics/contract/periods'
import type { Measure } from '../../../analytics/contract/spend'
import { capitalised, dimensionTitle } from './dimension-words'
import { FilterChips } from './filter-chips'
import { GroupMenu } from './group-menu'
import { usePart } from './open-part'
import { OptionList } from './option-list'
import { PartMenu } from './part-menu'
import { PeriodMenu } from './period-menu'
import { leadOf, measuresOf, type Scope } from './questions'
import { asked, type ChartKind, type ExplorerState } from './state'
import { goTo } from './use-explorer'
import { compareWords, grainWords, isRate, measureWords, periodWords } from './words'

interface QueryBarProps {
  readonly state: ExplorerState
  readonly scope: Scope
  /** The grain that was chosen where the question leaves it open. */
  readonly grain: Grain | null
}

const chartWords: Readonly<Record<ChartKind, string>> = {
  bars: 'stacked bars',
  area: 'stacked area',
  lines: 'lines',
  none: 'no chart',
}

const tops = [3, 5, 9, 15, 25, 50] as const

/** The question as a sentence. Every part of it is a menu, and every choice is asked at once. */
export function QueryBar({ state, scope, grain }: QueryBarProps) {
  const [open, setOpen] = usePart()
  const part = (name: string) => ({
    open: open === name,
    onOpen: (next: boolean) => setOpen(next ? name : null),
  })
  const say = (change: Partial<ExplorerState>) => {
    setOpen(null)
    goTo(asked(state, change))
  }
  const measures = measuresOf(state, scope)
  const toggleMeasure = (value: string) => {
    const measure = value as Measure
    const next = measures.includes(measure)
      ? measures.filter((each) => each !== measure)
      : [...measures, measure].slice(0, 8)
    goTo(asked(state, { measures: next.length === 1 && next[0] === scope.basis ? [] : next }))
  }
  return (
    <section aria-label="Question" className="flex flex-col gap-1">
      <div className="-ml-1.5 flex flex-wrap items-center gap-y-0.5 text-14" data-testid="question">
        <PartMenu
          label="Measure"
          value={measures.map((measure) => measureWords[measure].title).join(', ')}
          {...part('measure')}
        >
          <OptionList
            label="Measures"
            placeholder="Choose one or several measures"
            chosen={measures}
            onChoose={toggleMeasure}
            options={Object.entries(measureWords).map(([value, words]) => ({ value, ...words }))}
          />
        </PartMenu>
        <GroupMenu state={state} scope={scope} {...part('by')} />
        <Dot />
        <PartMenu
          label="Grain"
          value={
            state.grain !== null
              ? grainWords[state.grain]
              : grain === null
                ? 'automatic'
                : `${grainWords[grain]} (automatic)`
          }
          {...part('grain')}
        >
          <OptionList
            label="Grain"
            placeholder="Choose a grain"
            chosen={[state.grain ?? 'auto']}
            onChoose={(value) => say({ grain: value === 'auto' ? null : (value as Grain) })}
            options={[
              { value: 'auto', title: 'Automatic', hint: 'As the length of the period allows' },
              ...Object.entries(grainWords).map(([value, title]) => ({ value, title: capitalised(title) })),
            ]}
          />
        </PartMenu>
        <Dot />
        <PartMenu
          label="Period"
          value={periodWords(state.period)}
          className="w-[30rem] max-w-[90vw]"
          {...part('period')}
        >
          <PeriodMenu period={state.period} onChoose={(period) => say({ period })} />
        </PartMenu>
        <Dot />
        <PartMenu
          label="Comparison"
          value={compareWords[state.compare ?? 'none']}
          isQuiet={state.compare === null}
          {...part('compare')}
        >
          <OptionList
            label="Comparison"
            placeholder="Compare with"
            chosen={[state.compare ?? 'none']}
            onChoose={(value) => say({ compare: value === 'previous' || value === 'year' ? value : null })}
            options={Object.entries(compareWords).map(([value, title]) => ({
              value,
              title: capitalised(title),
            }))}
          />
        </PartMenu>
        <Dot />
        <PartMenu
          label="Chart"
          value={`${chartWords[state.chart]}${state.cumulative ? ', cumulative' : ''}`}
          isQuiet
          {...part('chart')}
        >
          <OptionList
            label="Chart"
            placeholder="Choose a chart"
            chosen={[state.chart, ...(state.cumulative ? ['cumulative'] : [])]}
            onChoose={(value) =>
              say(value === 'cumulative' ? { cumulative: !state.cumulative } : { chart: value as ChartKind })
            }
            options={[
              ...Object.entries(chartWords).map(([value, title]) => ({ value, title: capitalised(title) })),
              ...(isRate(leadOf(state, scope))
                ? []
                : [{ value: 'cumulative', title: 'Cumulative', hint: 'Each point holds all before it' }]),
            ]}
          />
        </PartMenu>
        {state.by.length === 0 ? null : (
          <>
            <Dot />
            <PartMenu
              label="Groups"
              value={state.top === null ? 'all groups' : `top ${state.top} and other`}
              isQuiet={state.top === null}
              {...part('top')}
            >
              <OptionList
                label="Groups"
                placeholder="How many groups"
                chosen={[String(state.top ?? 'all')]}
                onChoose={(value) => say({ top: value === 'all' ? null : Number(value) })}
                options={[
                  { value: 'all', title: 'All groups', hint: 'The chart draws nine and the rest' },
                  ...tops.map((count) => ({ value: String(count), title: `Top ${count} and other` })),
                ]}
              />
            </PartMenu>
          </>
        )}
      </div>
      <FilterChips state={state} scope={scope} {...part('filter')} />
      <p className="sr-only" aria-live="polite">
        {`Grouped by ${state.by.map(dimensionTitle).join(', ') || 'nothing'}`}
      </p>
    </section>
  )
}

function Dot() {
  return (
    <span aria-hidden className="px-0.5 text-muted">
      ·
    </span>
  )
}
