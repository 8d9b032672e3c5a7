import { useMemo } from 'react'
import type { CommitmentReport } from '../../../analytics/contract/commitments'
import { useTheme } from '../../app/theme'
import { Chart } from '../../charts/chart'
import type { Mark } from '../../charts/model'
import { dayPoints } from '../../charts/points'
import { Swatch } from '../../charts/swatch'
import { coloursFor } from '../../colours/assign'
import { useSettings } from '../../queries/settings'

const ways = [
  { way: 'reserved', name: 'Reserved' },
  { way: 'planned', name: 'Savings Plans' },
  { way: 'spot', name: 'Spot' },
  { way: 'onDemand', name: 'On demand' },
] as const

/** How usage that can be covered was paid for, day by day. */
export function CoverageChart({ report }: { readonly report: CommitmentReport }) {
  const { settings } = useSettings()
  const theme = useTheme(settings)
  const { days, currency } = report
  const series = useMemo(() => {
    const colours = coloursFor(
      ways.map(({ name }) => name),
      theme,
    )
    return ways.map(({ way, name }) => ({
      name,
      colour: colours.get(name) ?? 'var(--accent)',
      values: days.map((day) => day[way]),
    }))
  }, [days, theme])
  const marks = useMemo((): readonly Mark[] => [{ kind: 'bars', series }], [series])
  const points = useMemo(() => dayPoints(days.map(({ day }) => day)), [days])
  return (
    <div className="flex flex-col gap-1">
      <div className="h-56">
        <Chart
          title="Coverage by day"
          points={points}
          marks={marks}
          unit={{ kind: 'money', currency: currency ?? '' }}
        />
      </div>
      <ul className="flex flex-wrap gap-x-4 gap-y-1 text-12" aria-label="Ways to pay">
        {series.map(({ name, colour }) => (
          <li key={name} className="inline-flex items-center gap-1.5">
            <Swatch colour={colour} kind="fill" />
            {name}
          </li>
        ))}
      </ul>
    </div>
  )
}
