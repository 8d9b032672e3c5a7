import { useMemo } from 'react'
import type { UnitCosts, UnitGrain } from '../../../analytics/contract/unit-costs'
import { useTheme } from '../../app/theme'
import { Chart } from '../../charts/chart'
import type { Mark } from '../../charts/model'
import { coloursFor } from '../../colours/assign'
import { useSettings } from '../../queries/settings'
import { chartPoints, unitDigits } from './unit-words'

/** So many lines can be told apart. */
const mostLines = 8

interface UnitChartProps {
  readonly costs: UnitCosts
  readonly grain: UnitGrain
  /** The label that is shown alone; null for all. */
  readonly label: string | null
}

/** The cost of a unit over time. A point without units is a gap and not nothing. */
export function UnitChart({ costs, grain, label }: UnitChartProps) {
  const { settings } = useSettings()
  const theme = useTheme(settings)
  const { driver, currency, points, labels } = costs
  const lines = useMemo(() => {
    if (labels.length === 0) {
      return [
        {
          name: `Per ${driver.unit}`,
          colour: 'var(--accent)',
          values: points.map(({ unitCost }) => unitCost),
        },
      ]
    }
    const shown = label === null ? labels.slice(0, mostLines) : labels.filter((one) => one.label === label)
    const colours = coloursFor(
      labels.slice(0, mostLines).map((one) => one.label),
      theme,
    )
    return shown.map((one) => ({
      name: one.label,
      colour: colours.get(one.label) ?? 'var(--accent)',
      values: one.points.map(({ unitCost }) => unitCost),
    }))
  }, [labels, points, driver, label, theme])
  const marks = useMemo((): readonly Mark[] => [{ kind: 'lines', series: lines }], [lines])
  const axis = useMemo(() => chartPoints(points, grain, driver), [points, grain, driver])
  const digits = unitDigits(lines.flatMap(({ values }) => values))
  return (
    <div className="flex flex-col gap-1">
      <div className="h-64">
        <Chart
          title={`Cost per ${driver.unit}`}
          points={axis}
          marks={marks}
          unit={{ kind: 'number', name: `${currency ?? ''} per ${driver.unit}`.trim(), digits }}
        />
      </div>
      {labels.length === 0 ? null : (
        <ul className="flex flex-wrap gap-x-4 gap-y-1 text-12" aria-label="Lines">
          {lines.map(({ name, colour }) => (
            <li key={name} className="inline-flex items-center gap-1.5">
              <span aria-hidden className="h-0.5 w-4" style={{ background: colour }} />
              {name}
            </li>
          ))}
          {label === null && labels.length > mostLines ? (
            <li className="text-muted">The {mostLines} with most cost are drawn; the table has all.</li>
          ) : null}
        </ul>
      )}
    </div>
  )
}
