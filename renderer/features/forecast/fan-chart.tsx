import { useMemo } from 'react'
import type { Settings } from '../../../analytics/contract/application'
import type { CostSeries } from '../../../analytics/contract/cost-series'
import type { SpendForecast } from '../../../analytics/contract/forecast'
import type { Accuracy } from '../../../analytics/contract/forecast-accuracy'
import { Chart } from '../../charts/chart'
import { Swatch } from '../../charts/swatch'
import { Answered } from '../../components/panel'
import { Skeleton } from '../../components/skeleton'
import { useChannel } from '../../queries/use-channel'
import { fanOf } from './fan'
import { type Horizon, historyQuestion } from './forecast-choice'

interface FanChartProps {
  readonly forecast: SpendForecast
  readonly settings: Settings
  readonly horizon: Horizon
  /** What had been forecast of the days or months that are drawn, where that is known already. */
  readonly past: Accuracy['past'] | null
}

const legend = [
  { name: 'Actual', kind: 'line', colour: 'var(--accent)' },
  { name: 'Forecast', kind: 'dashed', colour: 'var(--accent)' },
  { name: '80 % and 95 % bands', kind: 'band', colour: 'var(--accent)' },
  { name: 'What was said before the month began', kind: 'dashed', colour: 'var(--muted)' },
] as const

/** Marks that are there without a past: two bands and two lines. */
const drawnAlways = 4

export function FanChart({ forecast, settings, horizon, past }: FanChartProps) {
  const answer = useChannel('spend/series', historyQuestion(settings, horizon, forecast.dataThrough))
  return (
    <Answered answer={answer} skeleton={<Skeleton className="h-72 2xl:h-104" />}>
      {(history) => (
        <DrawnFan
          history={history}
          forecast={forecast}
          settings={settings}
          grain={history.grain}
          past={past}
        />
      )}
    </Answered>
  )
}

interface DrawnFanProps {
  readonly history: CostSeries
  readonly forecast: SpendForecast
  readonly settings: Settings
  readonly grain: CostSeries['grain']
  readonly past: Accuracy['past'] | null
}

function DrawnFan({ history, forecast, settings, grain, past }: DrawnFanProps) {
  const fan = useMemo(() => {
    const step = grain === 'month' ? 'month' : 'day'
    return fanOf(history, settings.basis, forecast, step, past?.[step])
  }, [history, settings.basis, forecast, grain, past])
  const unit = useMemo(() => ({ kind: 'money', currency: forecast.currency }) as const, [forecast.currency])
  return (
    <div data-testid="chart-forecast">
      <div className="h-72 2xl:h-104">
        <Chart
          title={grain === 'month' ? 'Spend and forecast by month' : 'Spend and forecast by day'}
          points={fan.points}
          marks={fan.marks}
          unit={unit}
        />
      </div>
      <ul aria-label="What is drawn" className="mt-1 flex flex-wrap gap-4 text-12 text-muted">
        {legend
          .slice(0, fan.marks.length > drawnAlways ? legend.length : -1)
          .map(({ name, kind, colour }) => (
            <li key={name} className="flex items-center gap-1.5">
              <Swatch colour={colour} kind={kind} /> {name}
            </li>
          ))}
      </ul>
    </div>
  )
}
