import { type RefObject, useMemo } from 'react'
import type { SpendForecast } from '../../../analytics/contract/forecast'
import type { Overview } from '../../../analytics/contract/overview'
import { Chart } from '../../charts/chart'
import type { Mark } from '../../charts/model'
import { monthPoints } from '../../charts/points'
import { expectedMarks, monthsToCome } from './expected-months'
import { summaryOf } from './summary'

interface ServicesChartProps {
  readonly overview: Overview
  readonly colours: ReadonlyMap<string, string>
  readonly hidden: ReadonlySet<string>
  readonly highlighted: string | null
  /** Absent where there is none to be had; null while it is on its way. */
  readonly forecast: SpendForecast | null | undefined
  readonly drawing: RefObject<SVGSVGElement | null>
}

export function ServicesChart({
  overview,
  colours,
  hidden,
  highlighted,
  forecast,
  drawing,
}: ServicesChartProps) {
  const months = useMemo(
    () => (forecast === undefined ? overview.months : [...overview.months, ...monthsToCome(overview)]),
    [overview, forecast],
  )
  const points = useMemo(() => monthPoints(months, overview.month), [months, overview.month])
  const marks = useMemo(
    (): readonly Mark[] => [
      {
        kind: 'bars',
        series: overview.series.map(({ service, values }) => ({
          name: service,
          colour: colours.get(service) ?? 'var(--other)',
          // Nothing is known of the months to come, which is not zero.
          values: [...values, ...months.slice(values.length).map(() => null)],
        })),
      },
      ...(forecast ? expectedMarks(forecast, months) : []),
    ],
    [overview, colours, forecast, months],
  )
  const unit = useMemo(() => ({ kind: 'money', currency: overview.currency }) as const, [overview.currency])
  return (
    <Chart
      title="Spend by service and month"
      summary={summaryOf(overview)}
      points={points}
      marks={marks}
      unit={unit}
      hidden={hidden}
      highlighted={highlighted}
      drawing={drawing}
    />
  )
}
