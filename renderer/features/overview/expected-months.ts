import type { SpendForecast } from '../../../analytics/contract/forecast'
import type { Overview } from '../../../analytics/contract/overview'
import type { Mark } from '../../charts/model'

/** So many months behind the present one are drawn; their room is there before their forecast is. */
const monthsAhead = 2

function monthAfter(period: string): string {
  const [year = 0, month = 1] = period.split('-').map(Number)
  return month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, '0')}`
}

export function monthsToCome({ month }: Overview): readonly string[] {
  const months: string[] = []
  for (let last = month.period; months.length < monthsAhead; ) {
    last = monthAfter(last)
    months.push(last)
  }
  return months
}

/** What the present month and those to come are expected to be, each at its place among all that are drawn. */
export function expectedMarks(forecast: SpendForecast, months: readonly string[]): readonly Mark[] {
  const points = new Map(forecast.total.points.map((point) => [point.t.slice(0, 7), point]))
  const at = (pick: 'mean' | 'lo80' | 'hi80') => months.map((month) => points.get(month)?.[pick] ?? null)
  return [
    { kind: 'band', name: '80 % band', colour: 'var(--accent)', low: at('lo80'), high: at('hi80') },
    {
      kind: 'lines',
      isDashed: true,
      series: [{ name: 'Forecast', colour: 'var(--accent)', values: at('mean') }],
    },
  ]
}
