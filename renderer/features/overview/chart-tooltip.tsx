import type { Overview } from '../../../analytics/contract/spend'
import { Money } from '../../components/money'
import { signOf } from '../../format/decimal'
import { formatMonth } from '../../format/time'
import { monthTotals } from './summary'

interface ChartTooltipProps {
  readonly overview: Overview
  readonly colours: ReadonlyMap<string, string>
  /** null while the pointer is elsewhere. */
  readonly month: string | null
}

/** The exact figures of one month: from the answer, not from what was drawn. */
export function ChartTooltip({ overview, colours, month }: ChartTooltipProps) {
  const index = month === null ? -1 : overview.months.indexOf(month)
  if (month === null || index < 0) return null
  const isPartial = month === overview.month.period && overview.month.days < overview.month.daysInMonth
  const shown = [...overview.series].reverse().filter((series) => signOf(series.values[index] ?? '0') !== 0)
  return (
    <div className="rounded-md border border-hairline bg-raised px-3 py-2 text-12 shadow-float">
      <p className="mb-1 font-medium">
        {formatMonth(month)}
        {isPartial ? (
          <span className="font-normal text-muted">
            {' '}
            · {overview.month.days} of {overview.month.daysInMonth} days
          </span>
        ) : null}
      </p>
      <table>
        <tbody>
          {shown.map(({ service, values }) => (
            <tr key={service}>
              <td className="pr-6">
                <span
                  aria-hidden
                  className="mr-2 inline-block size-2 rounded-xs"
                  style={{ background: colours.get(service) }}
                />
                {service}
              </td>
              <td className="text-right">
                <Money value={values[index] ?? '0'} currency={overview.currency} />
              </td>
            </tr>
          ))}
          <tr className="font-semibold">
            <td className="pt-1">Total {overview.currency}</td>
            <td className="pt-1 text-right">
              <Money value={monthTotals(overview)[index] ?? '0'} currency={overview.currency} />
            </td>
          </tr>
        </tbody>
      </table>
    </div>
  )
}
