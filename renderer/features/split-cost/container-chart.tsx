import { useMemo } from 'react'
import type { SplitDimension, SplitTable } from '../../../analytics/contract/split-cost'
import { useTheme } from '../../app/theme'
import { Chart } from '../../charts/chart'
import type { Mark } from '../../charts/model'
import { monthPoints } from '../../charts/points'
import { coloursFor } from '../../colours/assign'
import { otherSeries } from '../../colours/series'
import { compareDecimals, sumOf } from '../../format/decimal'
import { useSettings } from '../../queries/settings'
import { containerName } from './container-table'

const mostBars = 8

/** The biggest by month, and the rest of them together. */
export function seriesOf(table: SplitTable, months: readonly string[]) {
  const amounts = new Map<string, Map<string, string>>()
  for (const { values, time, total } of table.rows) {
    const name = containerName(values[0] ?? '')
    const own = amounts.get(name) ?? new Map<string, string>()
    amounts.set(name, own)
    own.set((time ?? '').slice(0, 7), total)
  }
  const sorted = [...amounts]
    .map(([name, own]) => ({ name, own, total: sumOf([...own.values()]) }))
    .sort((left, right) => compareDecimals(right.total, left.total) || left.name.localeCompare(right.name))
  const valuesOf = (parts: typeof sorted) =>
    months.map((month) => sumOf(parts.map(({ own }) => own.get(month) ?? '0')))
  const rest = sorted.slice(mostBars)
  return [
    ...sorted.slice(0, mostBars).map((one) => ({ name: one.name, values: valuesOf([one]) })),
    ...(rest.length === 0 ? [] : [{ name: otherSeries, values: valuesOf(rest) }]),
  ]
}

interface ContainerChartProps {
  readonly table: SplitTable
  readonly level: SplitDimension
}

export function ContainerChart({ table, level }: ContainerChartProps) {
  const { settings } = useSettings()
  const theme = useTheme(settings)
  const months = useMemo(
    () => [...new Set(table.rows.map(({ time }) => (time ?? '').slice(0, 7)))].sort(),
    [table],
  )
  const series = useMemo(() => seriesOf(table, months), [table, months])
  const colours = useMemo(
    () =>
      coloursFor(
        series.map(({ name }) => name),
        theme,
      ),
    [series, theme],
  )
  const marks = useMemo(
    (): readonly Mark[] => [
      {
        kind: 'bars',
        series: series.map(({ name, values }) => ({
          name,
          colour: colours.get(name) ?? 'var(--other)',
          values,
        })),
      },
    ],
    [series, colours],
  )
  const points = useMemo(() => monthPoints(months, null), [months])
  // One month is a table and no course of anything.
  if (months.length < 2) return null
  return (
    <div className="flex flex-col gap-1">
      <div className="h-56">
        <Chart
          title={`Cost of containers by ${level} and month`}
          points={points}
          marks={marks}
          unit={{ kind: 'money', currency: table.currency ?? '' }}
        />
      </div>
      <ul className="flex flex-wrap gap-x-4 gap-y-1 text-12" aria-label="Colours">
        {series.map(({ name }) => (
          <li key={name} className="inline-flex items-center gap-1.5">
            <span aria-hidden className="size-2.5 rounded-xs" style={{ background: colours.get(name) }} />
            {name}
          </li>
        ))}
      </ul>
    </div>
  )
}
