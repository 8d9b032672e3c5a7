import type { Anomaly, Cause } from '../../../analytics/contract/anomalies'
import type { Filter } from '../../../analytics/contract/spend'
import { writeRoute } from '../../app/route'
import { addDays, daysBetween } from '../../format/time'
import { writeAddress } from '../explorer/address'
import { startState } from '../explorer/state'

const fromWideToNarrow = ['account', 'service', 'region', 'usage-type', 'resource']
const daysAround = 14
const mostDays = 90

/** The usage an anomaly was found in, or one cause of it, day by day in Explorer and divided by what is narrower. */
export function explorerLink(
  { scope, start, end }: Pick<Anomaly, 'scope' | 'start' | 'end'>,
  cause?: Pick<Cause, 'dimension' | 'value'>,
): string {
  const more = cause && !scope.some(({ dimension }) => dimension === cause.dimension) ? [cause] : []
  const narrowed = [...scope, ...more]
  const known = narrowed.map(({ dimension }) => dimension)
  const by = fromWideToNarrow.find((dimension) => !known.includes(dimension)) ?? 'resource'
  const days = Math.min(mostDays, daysBetween(start, end) + 2 * daysAround)
  const from = addDays(start, -daysAround)
  return writeRoute(
    'explorer',
    writeAddress({
      ...startState,
      by: [by],
      grain: 'day',
      period: { from, to: addDays(from, days) },
      where: [
        { dimension: 'charge-category', operator: '=', value: 'Usage' },
        ...narrowed.map(({ dimension, value }): Filter => ({ dimension, operator: '=', value })),
      ],
    }),
  )
}
