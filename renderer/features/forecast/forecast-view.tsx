import { useCallback, useMemo, useState } from 'react'
import type { Settings } from '../../../analytics/contract/application'
import type { SpendForecast } from '../../../analytics/contract/forecast'
import { changeView } from '../../app/route'
import { ChoiceMenu } from '../../components/choice-menu'
import { Answered, Panel } from '../../components/panel'
import { Skeleton } from '../../components/skeleton'
import { formatPercent } from '../../format/money'
import { formatDay } from '../../format/time'
import { useChannel } from '../../queries/use-channel'
import { AccuracyCard } from './accuracy-card'
import { driverDoor } from './driver-door'
import { FanChart } from './fan-chart'
import {
  byOptions,
  type ForecastChoice,
  type ForecastQuestions,
  horizonOptions,
  modelTitles,
  recordQuestion,
} from './forecast-choice'
import { MonthTable } from './month-table'
import { PartsTable } from './parts-table'
import { ProjectionBand } from './projection-band'
import { ScenarioPanel } from './scenario-panel'
import { TrackRecord } from './track-record'

interface ForecastViewProps {
  readonly forecast: SpendForecast
  readonly questions: ForecastQuestions
  readonly choice: ForecastChoice
  readonly settings: Settings
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

export function ForecastView({ forecast, questions, choice, settings }: ForecastViewProps) {
  const months = useChannel('forecast/run', questions.months)
  const without = useChannel('forecast/run', questions.without ?? questions.months)
  const [isComparing, setComparing] = useState(false)
  const record = useChannel('forecast/accuracy', recordQuestion(settings, isComparing))
  const { data: accounts } = useChannel(
    'spend/query',
    { measure: settings.basis, by: ['account'], period: 'everything' },
    { enabled: choice.by === 'account' },
  )
  const names = accounts?.accountNames
  const nameOf = useCallback(
    (id: string) => (choice.by === 'account' ? (names?.[id] ?? id) : id),
    [choice.by, names],
  )
  const doorOf = useCallback((id: string) => driverDoor(choice.by, id), [choice.by])
  const models = useMemo(() => {
    const offBy = new Map(forecast.models.map(({ name, wape }) => [name, wape]))
    return Object.entries(modelTitles).map(([value, title]) => {
      const wape = offBy.get(value) ?? null
      return { value, title, ...(wape === null ? {} : { hint: `off by ${formatPercent(wape * 100)}` }) }
    })
  }, [forecast.models])
  const what = capital(byOptions.find(({ value }) => value === choice.by)?.title ?? choice.by)
  return (
    <div className="flex flex-col gap-6">
      <ProjectionBand forecast={forecast} />
      <div className="flex flex-wrap items-center gap-1.5">
        <ChoiceMenu
          label="Ahead"
          value={choice.horizon.value}
          options={horizonOptions}
          onChange={(ahead) => changeView({ ahead: ahead === '90-days' ? '' : ahead })}
        />
        <ChoiceMenu
          label="Apart by"
          value={choice.by}
          options={byOptions}
          onChange={(by) => changeView({ by: by === 'none' ? '' : by })}
        />
        <ChoiceMenu
          label="Model"
          value={choice.model}
          options={models}
          onChange={(model) => changeView({ model: model === 'auto' ? '' : model })}
        />
        <span className="text-12 text-muted">
          Data through {formatDay(forecast.dataThrough)}; the forecast begins on the next day.
        </span>
      </div>
      <div className="grid grid-cols-1 gap-x-8 gap-y-6 xl:grid-cols-[minmax(0,1fr)_26rem]">
        <div className="flex min-w-0 flex-col gap-6">
          <Panel
            title="Spend ahead"
            hint={`${forecast.currency} by ${choice.horizon.grain}, UTC billing days; ${forecast.total.model}`}
          >
            <FanChart
              forecast={forecast}
              settings={settings}
              horizon={choice.horizon}
              past={record.data?.past ?? null}
            />
          </Panel>
          <ScenarioPanel choice={choice} currency={forecast.currency} />
        </div>
        <div className="flex min-w-0 flex-col gap-6">
          <Panel title="Months" hint="the first is part actual">
            <Answered answer={months} skeleton={<Skeleton className="h-72" />}>
              {(data) => (
                <MonthTable
                  forecast={data}
                  without={questions.without === null ? null : (without.data ?? null)}
                />
              )}
            </Answered>
          </Panel>
          <AccuracyCard forecast={forecast} choice={choice} />
          <TrackRecord answer={record} isComparing={isComparing} onCompare={() => setComparing(true)} />
        </div>
      </div>
      {choice.by === 'none' ? null : (
        <Panel
          title={`By ${what.toLowerCase()}`}
          hint="what carries the change; the parts come to the total, to the last digit"
        >
          <Answered answer={months} skeleton={<Skeleton className="h-72" />}>
            {/* Parts of another dimension under this one's name would be wrong, even for a moment. */}
            {(data) =>
              months.isStale && months.failure === null ? (
                <Skeleton className="h-72" />
              ) : (
                <PartsTable forecast={data} what={what} nameOf={nameOf} doorOf={doorOf} />
              )
            }
          </Answered>
        </Panel>
      )}
    </div>
  )
}
