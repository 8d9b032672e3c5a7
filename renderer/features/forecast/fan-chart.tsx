import { useMemo } from 'react'
import type { Settings } from '../../../analytics/contract/application'
import type { CostSeries } from '../../../analytics/contract/cost-series'
import type { SpendForecast } from '../../../analytics/contract/forecast'
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
}

const legend = [
  { name: 'Actual', kind: 'line' },
  { name: 'Forecast', kind: 'dashed' },
  { name: '80 % and 95 % bands', kind: 'band' },
] as const

export function FanChart({ forecast, settings, horizon }: FanChartProps) {
  const answer = useChannel('spend/series', historyQuestion(settings, horizon, forecast.dataThrough))
  return (
    <Answered answer={answer} skeleton={<Skeleton className="h-72 2xl:h-104" />}>
      {(history) => (
        <DrawnFan history={history} forecast={forecast} settings={settings} grain={history.grain} />
      )}
    </Answered>
  )
}

interface DrawnFanProps {
  readonly history: CostSeries
  readonly forecast: SpendForecast
  readonly settings: Settings
  readonly grain: CostSeries['grain']
}

function DrawnFan({ history, forecast, settings, grain }: DrawnFanProps) {
  const fan = useMemo(
    () => fanOf(history, settings.basis, forecast, grain === 'month' ? 'month' : 'day'),
    [history, settings.basis, forecast, grain],
  )
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
        {legend.map(({ name, kind }) => (
          <li key={name} className="flex items-center gap-1.5">
            <Swatch colour="var(--accent)" kind={kind} /> {name}
          </li>
        ))}
      </ul>
    </div>
  )
}
