import type { SpendForecast } from '../../../analytics/contract/forecast'
import { type Column, DataTable } from '../../components/data-table'
import { Panel } from '../../components/panel'
import { counted, formatPercent } from '../../format/money'
import { type ForecastChoice, modelTitles } from './forecast-choice'
import { offBy } from './parts-table'

type ModelShare = SpendForecast['models'][number]

/** A part of the mix that nobody can choose alone. */
const segmentTitle = 'Trend since the last jump'

export function modelTitle(name: string): string {
  if (name === 'segment') return segmentTitle
  return Object.entries(modelTitles).find(([known]) => known === name)?.[1] ?? name
}

const columns: readonly Column<ModelShare>[] = [
  { id: 'model', head: 'Model', cell: ({ name }) => modelTitle(name) },
  {
    id: 'weight',
    head: 'Weight',
    isFigure: true,
    cell: ({ weight }) => formatPercent(weight * 100),
    compare: (left, right) => left.weight - right.weight,
  },
  {
    id: 'wape',
    head: 'Off by, alone',
    isFigure: true,
    cell: ({ wape }) => offBy(wape),
    compare: (left, right) => (left.wape ?? 0) - (right.wape ?? 0),
  },
]

function inside(coverage: number | null, band: string): string | null {
  return coverage === null ? null : `${formatPercent(coverage * 100)} of what came lay in the ${band} band`
}

/** How well the same way of forecasting did at earlier points of this very bill. */
export function AccuracyCard({
  forecast,
  choice,
}: {
  readonly forecast: SpendForecast
  readonly choice: ForecastChoice
}) {
  const { backtest } = forecast.total
  const bands = [inside(backtest.coverage80, '80 %'), inside(backtest.coverage95, '95 %')].filter(
    (sentence) => sentence !== null,
  )
  return (
    <Panel title="Accuracy" hint="measured on this bill">
      <div data-testid="accuracy">
        <p className="font-semibold text-20">{offBy(backtest.wape)}</p>
        <p>
          {backtest.origins === 0 || backtest.wape === null
            ? 'There is too little history to try the forecast on. It can be measured once there is more.'
            : `off by, on average over the days, when asked again at ${counted(backtest.origins, 'earlier day', 'earlier days')} with what was known then.`}
        </p>
        {bands.length === 0 ? null : <p className="text-muted">{bands.join('; ')}.</p>}
        {choice.growth === 0 && choice.events.length === 0 ? null : (
          <p className="text-muted">Of the forecast without the scenario: nobody can try out a scenario.</p>
        )}
      </div>
      <h3 className="mt-3 mb-1 font-semibold">
        {choice.model === 'auto' ? 'Models in the mix' : `${modelTitles[choice.model]} alone`}
      </h3>
      <DataTable
        caption="Models"
        testId="forecast-models"
        columns={columns}
        rows={forecast.models}
        rowKey={({ name }) => name}
        className="max-h-60"
      />
    </Panel>
  )
}
