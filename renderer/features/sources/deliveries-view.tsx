import type { Delivery } from '../../../analytics/contract/restatements'
import { Chip } from '../../components/chip'
import { Moment } from '../../components/moment'
import { Money } from '../../components/money'
import { Answered } from '../../components/panel'
import { Skeleton } from '../../components/skeleton'
import { counted, formatCount } from '../../format/money'
import { formatInstant } from '../../format/time'
import { useChannel } from '../../queries/use-channel'
import type { MonthOfSource } from './month-of-source'
import { RestatedLines } from './restated-lines'

function OneDelivery({ delivery }: { readonly delivery: Delivery }) {
  const { firstSeen, lastSeen, inForce, afterClose, replaced, changeCount, totals } = delivery
  return (
    <li className="border-b border-hairline py-3">
      <div className="mb-1 flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="font-semibold">{formatInstant(firstSeen)}</h3>
        {inForce ? <Chip tone="good">in force</Chip> : <Chip>former</Chip>}
        {afterClose && changeCount > 0 ? <Chip tone="warn">after close</Chip> : null}
        <span className="text-12 text-muted">
          {counted(delivery.rows, 'row', 'rows')} · {counted(delivery.files, 'file', 'files')} · first seen{' '}
          <Moment instant={firstSeen} />
          {lastSeen === null ? '' : `, until ${formatInstant(lastSeen)}`}
        </span>
      </div>
      {totals.map((total) => (
        <p key={total.currency} className="mb-1">
          <Money value={total.billed} currency={total.currency} /> {total.currency} billed
          {replaced ? (
            <>
              {' '}
              (<Money value={total.billedChange} currency={total.currency} sign="always" />
              ), effective <Money value={total.effectiveChange} currency={total.currency} sign="always" />
            </>
          ) : null}
        </p>
      ))}
      {replaced ? (
        <RestatedLines delivery={delivery} caption={`Changes of ${formatInstant(firstSeen)}`} />
      ) : (
        <p className="text-muted">The first delivery of the month.</p>
      )}
    </li>
  )
}

/** Every version of a month that came, newest first. */
export function DeliveriesView({ of: { source, period, payer } }: { readonly of: MonthOfSource }) {
  const answer = useChannel('sources/restatements', { source, period })
  return (
    <Answered answer={answer} skeleton={<Skeleton className="h-40" />}>
      {(data) => {
        const month = data.months.find((one) => one.payer === payer)
        return month === undefined ? (
          <p className="py-2 text-muted">This month has come once: nothing has changed since.</p>
        ) : (
          <>
            <p className="text-muted">{formatCount(month.deliveries.length)} deliveries, newest first.</p>
            <ul aria-label="Deliveries">
              {month.deliveries.map((delivery) => (
                <OneDelivery key={delivery.importId} delivery={delivery} />
              ))}
            </ul>
          </>
        )
      }}
    </Answered>
  )
}
