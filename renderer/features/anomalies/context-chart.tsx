import { useMemo } from 'react'
import type { Anomaly } from '../../../analytics/contract/anomalies'
import type { CostSeries } from '../../../analytics/contract/cost-series'
import type { CostMeasure, CostQuery, Filter } from '../../../analytics/contract/spend'
import { Chart } from '../../charts/chart'
import type { Mark } from '../../charts/model'
import { dayPoints } from '../../charts/points'
import { Answered } from '../../components/panel'
import { Skeleton } from '../../components/skeleton'
import { partOf } from '../../format/decimal'
import { addDays, daysBetween } from '../../format/time'
import { useChannel } from '../../queries/use-channel'

const daysBefore = 42
const daysAfter = 14
const mostDays = 120

interface Reach {
  readonly firstDay: string
  readonly lastDay: string
}

/** The scope of an anomaly as a question: its own filters, and usage alone, as it was found. */
export function scopeFilters({ scope, currency }: Anomaly): Filter[] {
  return [
    { dimension: 'charge-category', operator: '=', value: 'Usage' },
    { dimension: 'currency', operator: '=', value: currency },
    ...scope.map(({ dimension, value }): Filter => ({ dimension, operator: '=', value })),
  ]
}

function earlier(left: string, right: string): string {
  return left < right ? left : right
}

export function contextQuestion(
  anomaly: Anomaly,
  measure: CostMeasure,
  { firstDay, lastDay }: Reach,
): CostQuery {
  const before = addDays(anomaly.start, -daysBefore)
  const from = before < firstDay ? firstDay : before
  const to = [addDays(anomaly.end, daysAfter), addDays(lastDay, 1), addDays(from, mostDays)].reduce(earlier)
  return { measure, grain: 'day', from, to, where: scopeFilters(anomaly) }
}

/** No charge on a day that the data covers is no cost; beyond the data nothing is known. */
function dailyCost({ times, total }: CostSeries, measure: CostMeasure): readonly (string | null)[] {
  return times.map(({ covered }, index) => {
    const value = total.points[measure]?.[index] ?? null
    if (value !== null) return String(value)
    return covered > 0 ? '0' : null
  })
}

export function contextMarks(anomaly: Anomaly, series: CostSeries, measure: CostMeasure): readonly Mark[] {
  const days = series.times.map(({ time }) => time)
  const actual = dailyCost(series, measure)
  const expectedADay = partOf(anomaly.expected, daysBetween(anomaly.start, anomaly.end))
  const ringed = [
    { day: anomaly.start, title: anomaly.start === anomaly.detected ? 'Begins, alarm' : 'Begins' },
    ...(anomaly.start === anomaly.detected ? [] : [{ day: anomaly.detected, title: 'Alarm' }]),
  ]
  return [
    { kind: 'lines', series: [{ name: 'Actual', colour: 'var(--accent)', values: actual }] },
    {
      kind: 'lines',
      isDashed: true,
      series: [
        {
          name: 'Expected',
          colour: 'var(--muted)',
          values: days.map((day) => (day >= anomaly.start && day < anomaly.end ? expectedADay : null)),
        },
      ],
    },
    {
      kind: 'rings',
      name: 'Anomaly',
      colour: 'var(--bad)',
      at: ringed.flatMap(({ day, title }) => {
        const index = days.indexOf(day)
        const value = actual[index] ?? null
        return value === null ? [] : [{ index, value, title }]
      }),
    },
  ]
}

interface ContextChartProps {
  readonly anomaly: Anomaly
  readonly measure: CostMeasure
  readonly reach: Reach
}

export function ContextChart({ anomaly, measure, reach }: ContextChartProps) {
  const answer = useChannel('spend/series', contextQuestion(anomaly, measure, reach))
  return (
    <Answered answer={answer} skeleton={<Skeleton className="h-48 2xl:h-72" />}>
      {(series) => <DrawnContext anomaly={anomaly} measure={measure} series={series} />}
    </Answered>
  )
}

interface DrawnContextProps {
  readonly anomaly: Anomaly
  readonly measure: CostMeasure
  readonly series: CostSeries
}

function DrawnContext({ anomaly, measure, series }: DrawnContextProps) {
  const points = useMemo(() => dayPoints(series.times.map(({ time }) => time)), [series])
  const marks = useMemo(() => contextMarks(anomaly, series, measure), [anomaly, series, measure])
  const unit = useMemo(() => ({ kind: 'money', currency: anomaly.currency }) as const, [anomaly.currency])
  return (
    <div className="h-48 2xl:h-72" data-testid="chart-anomaly">
      <Chart title="Daily cost around the anomaly" points={points} marks={marks} unit={unit} />
    </div>
  )
}
