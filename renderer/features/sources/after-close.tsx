import type { DeliveredMonth, Delivery } from '../../../analytics/contract/restatements'
import { changeView } from '../../app/route'
import { Button } from '../../components/button'
import { Moment } from '../../components/moment'
import { Money } from '../../components/money'
import { formatMonth } from '../../format/time'
import { RestatedLines } from './restated-lines'

interface Restatement {
  readonly month: DeliveredMonth
  readonly delivery: Delivery
}

function restatementsIn(months: readonly DeliveredMonth[]): readonly Restatement[] {
  return months.flatMap((month) =>
    month.deliveries
      .filter(({ afterClose, changeCount }) => afterClose && changeCount > 0)
      .map((delivery) => ({ month, delivery })),
  )
}

/** Everything that changed in months that were final, whichever source it came from. */
export function AfterClose({ months }: { readonly months: readonly DeliveredMonth[] }) {
  const restatements = restatementsIn(months)
  if (restatements.length === 0) {
    return <p className="py-2 text-muted">No month has changed after it was final.</p>
  }
  return (
    <ul aria-label="Changed after close" className="flex flex-col gap-6">
      {restatements.map(({ month: { source, period, payer }, delivery }) => (
        <li key={delivery.importId}>
          <div className="mb-1 flex flex-wrap items-center gap-x-3 gap-y-1">
            <h3 className="font-semibold">
              {formatMonth(period)} · {source}
            </h3>
            <span className="text-12 text-muted">
              came <Moment instant={delivery.firstSeen} />
            </span>
            {delivery.totals.map((total) => (
              <span key={total.currency}>
                <Money value={total.billedChange} currency={total.currency} sign="always" /> {total.currency}{' '}
                billed, <Money value={total.effectiveChange} currency={total.currency} sign="always" />{' '}
                effective
              </span>
            ))}
            <Button
              kind="quiet"
              aria-label={`All deliveries of ${formatMonth(period)}, ${source}`}
              onClick={() => changeView({ source, period, payer, part: 'changes' })}
            >
              All deliveries
            </Button>
          </div>
          <RestatedLines delivery={delivery} caption={`Changes of ${formatMonth(period)}, ${source}`} />
        </li>
      ))}
    </ul>
  )
}
