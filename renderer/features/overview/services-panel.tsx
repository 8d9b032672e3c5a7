import { useMemo, useRef, useState } from 'react'
import type { SpendForecast } from '../../../analytics/contract/forecast'
import type { Overview } from '../../../analytics/contract/overview'
import { changeView, useRoute } from '../../app/route'
import { useTheme } from '../../app/theme'
import { Legend } from '../../charts/legend'
import { coloursFor } from '../../colours/assign'
import { Panel } from '../../components/panel'
import { Segmented } from '../../components/segmented'
import { formatMonth } from '../../format/time'
import { useSettings } from '../../queries/settings'
import type { ChannelAnswer } from '../../queries/use-channel'
import { useRegisteredCommands } from '../../stores/screen-commands'
import { SaveChart } from './save-chart'
import { isolate, readChoice, toggle } from './series-choice'
import { ServicesChart } from './services-chart'
import { ServicesTable } from './services-table'
import { summaryOf } from './summary'

const views = [
  { value: 'chart', title: 'Chart' },
  { value: 'table', title: 'Table' },
] as const

function toggleView(): void {
  const isTable = new URLSearchParams(window.location.hash.split('?')[1] ?? '').get('view') === 'table'
  changeView({ view: isTable ? '' : 'table' })
}

const screenCommands = [
  {
    id: 'overview-view',
    title: 'Chart or table',
    group: 'This screen',
    keys: 't',
    run: toggleView,
  },
] as const

interface ServicesPanelProps {
  readonly overview: Overview
  readonly forecast: ChannelAnswer<SpendForecast>
}

export function ServicesPanel({ overview, forecast }: ServicesPanelProps) {
  const { settings } = useSettings()
  const { view } = useRoute()
  const theme = useTheme(settings)
  useRegisteredCommands(screenCommands)
  const services = useMemo(() => overview.series.map((series) => series.service), [overview.series])
  const colours = useMemo(() => coloursFor(services, theme), [services, theme])
  const isTable = view.view === 'table'
  const choice = useMemo(() => readChoice(view, services), [view, services])
  const [hovered, setHovered] = useState<string | null>(null)
  const drawing = useRef<SVGSVGElement>(null)
  // In the order of the stack, top first.
  const legend = useMemo(
    () =>
      services.toReversed().map((name) => ({
        name,
        colour: colours.get(name) ?? 'var(--other)',
        swatch: 'fill' as const,
      })),
    [services, colours],
  )
  const isPartial = overview.month.days < overview.month.daysInMonth
  return (
    <Panel
      title="Spend by service"
      hint={`${overview.currency} by month, UTC billing days${
        isPartial && !isTable
          ? `; ${formatMonth(overview.month.period)} is hatched: ${overview.month.days} of ${overview.month.daysInMonth} days`
          : ''
      }${forecast.data === undefined || isTable ? '' : '; dashed is the forecast with its 80 % band'}`}
      actions={
        <>
          {isTable ? null : (
            <SaveChart
              overview={overview}
              drawing={drawing}
              legend={legend.filter(({ name }) => !choice.hidden.has(name))}
            />
          )}
          <Segmented
            label="Show as"
            value={isTable ? 'table' : 'chart'}
            options={views}
            onChange={(next) => changeView({ view: next === 'table' ? 'table' : '' })}
          />
        </>
      }
    >
      {isTable ? (
        <>
          <p className="sr-only">{summaryOf(overview)}</p>
          <ServicesTable overview={overview} colours={colours} />
        </>
      ) : (
        <div
          className="flex flex-col gap-x-6 gap-y-2 lg:h-72 lg:flex-row 2xl:h-104"
          data-testid="chart-services"
        >
          <div className="h-72 min-w-0 lg:h-full lg:grow">
            <ServicesChart
              overview={overview}
              colours={colours}
              hidden={choice.hidden}
              highlighted={choice.hidden.has(hovered ?? '') ? null : hovered}
              forecast={forecast.data ?? (forecast.failure === null ? null : undefined)}
              drawing={drawing}
            />
          </div>
          <Legend
            label="Services"
            entries={legend}
            hidden={choice.leftOut}
            isolated={choice.isolated}
            onToggle={(service) => toggle(service, choice)}
            onIsolate={isolate}
            onHover={setHovered}
            className="max-lg:flex-row max-lg:flex-wrap lg:w-68 lg:shrink-0"
          />
        </div>
      )}
    </Panel>
  )
}
