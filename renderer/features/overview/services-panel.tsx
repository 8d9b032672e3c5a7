import { lazy, Suspense, useMemo } from 'react'
import type { Overview } from '../../../analytics/contract/spend'
import { changeView, useRoute } from '../../app/route'
import { useTheme } from '../../app/theme'
import { coloursFor } from '../../colours/assign'
import { Panel } from '../../components/panel'
import { Segmented } from '../../components/segmented'
import { Skeleton } from '../../components/skeleton'
import { formatMonth } from '../../format/time'
import { useSettings } from '../../queries/settings'
import { useRegisteredCommands } from '../../stores/screen-commands'
import { Legend } from './legend'
import { ServicesTable } from './services-table'
import { summaryOf } from './summary'

// Fetched with the screen, not after its figures: the chart is the largest part of it.
const chart = import('./services-chart')
const ServicesChart = lazy(() => chart.then((file) => ({ default: file.ServicesChart })))

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

export function ServicesPanel({ overview }: { readonly overview: Overview }) {
  const { settings } = useSettings()
  const { view } = useRoute()
  const theme = useTheme(settings)
  useRegisteredCommands(screenCommands)
  const services = useMemo(() => overview.series.map((series) => series.service), [overview.series])
  const colours = useMemo(() => coloursFor(services, theme), [services, theme])
  const isTable = view.view === 'table'
  const highlighted = services.includes(view.highlight ?? '') ? (view.highlight ?? null) : null
  const isPartial = overview.month.days < overview.month.daysInMonth
  return (
    <Panel
      title="Spend by service"
      hint={`${overview.currency} by month, UTC billing days${
        isPartial && !isTable
          ? `; ${formatMonth(overview.month.period)} is hatched: ${overview.month.days} of ${overview.month.daysInMonth} days`
          : ''
      }`}
      actions={
        <Segmented
          label="Show as"
          value={isTable ? 'table' : 'chart'}
          options={views}
          onChange={(next) => changeView({ view: next === 'table' ? 'table' : '' })}
        />
      }
    >
      <p className="sr-only" data-testid="services-summary">
        {summaryOf(overview)}
      </p>
      {isTable ? (
        <ServicesTable overview={overview} colours={colours} />
      ) : (
        <div className="flex gap-6" data-testid="chart-services">
          <div className="h-72 min-w-0 grow 2xl:h-104">
            <Suspense fallback={<Skeleton className="h-full" />}>
              <ServicesChart overview={overview} colours={colours} highlighted={highlighted} />
            </Suspense>
          </div>
          <Legend
            overview={overview}
            colours={colours}
            highlighted={highlighted}
            onHighlight={(service) => changeView({ highlight: service ?? '' })}
          />
        </div>
      )}
    </Panel>
  )
}
