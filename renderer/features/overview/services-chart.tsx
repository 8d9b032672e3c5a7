import { type RefObject, useMemo } from 'react'
import type { Overview } from '../../../analytics/contract/overview'
import { Chart } from '../../charts/chart'
import type { Mark } from '../../charts/model'
import { monthPoints } from '../../charts/points'
import { summaryOf } from './summary'

interface ServicesChartProps {
  readonly overview: Overview
  readonly colours: ReadonlyMap<string, string>
  readonly hidden: ReadonlySet<string>
  readonly highlighted: string | null
  readonly drawing: RefObject<SVGSVGElement | null>
}

export function ServicesChart({ overview, colours, hidden, highlighted, drawing }: ServicesChartProps) {
  const points = useMemo(() => monthPoints(overview.months, overview.month), [overview])
  const marks = useMemo(
    (): readonly Mark[] => [
      {
        kind: 'bars',
        series: overview.series.map(({ service, values }) => ({
          name: service,
          colour: colours.get(service) ?? 'var(--other)',
          values,
        })),
      },
    ],
    [overview, colours],
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
