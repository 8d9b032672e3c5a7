import type { InvoiceBridge, TrueUp } from '../../../analytics/contract/invoice-bridge'
import { Money } from '../../components/money'
import { Answered } from '../../components/panel'
import { Skeleton } from '../../components/skeleton'
import { useChannel } from '../../queries/use-channel'
import { CheckList } from './checks'
import { InvoiceAmounts } from './invoice-amounts'
import type { MonthOfSource } from './month-of-source'
import { Waterfall } from './waterfall'

/** unblended = amortised + upfront fees - their amortised part: the identity that ties cost to cash. */
function TrueUpLine({ trueUp, currency }: { readonly trueUp: TrueUp; readonly currency: string }) {
  const parts = [
    ['Unblended', trueUp.unblended],
    ['= amortised', trueUp.amortized],
    ['+ upfront fees', trueUp.upfront],
    ['\u2212 their share of this month', trueUp.spread],
    ['+ difference', trueUp.difference],
  ] as const
  return (
    <dl className="flex flex-wrap gap-x-6 gap-y-1" aria-label="Cash true-up">
      {parts.map(([title, amount]) => (
        <div key={title}>
          <dt className="text-12 text-muted">{title}</dt>
          <dd>
            <Money value={amount} currency={currency} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function OneBridge({ bridge }: { readonly bridge: InvoiceBridge }) {
  return (
    <section aria-label={`Bridge in ${bridge.currency}`} className="flex flex-col gap-5">
      <Waterfall bridge={bridge} />
      <div>
        <h3 className="mb-1 font-semibold">Invoices</h3>
        <InvoiceAmounts bridge={bridge} />
      </div>
      {bridge.trueUp === null ? null : (
        <div>
          <h3 className="mb-1 font-semibold">Cash true-up ({bridge.currency})</h3>
          <TrueUpLine trueUp={bridge.trueUp} currency={bridge.currency} />
        </div>
      )}
      <div>
        <h3 className="mb-1 font-semibold">Checks</h3>
        <CheckList checks={bridge.checks} />
      </div>
    </section>
  )
}

/** A month of a payer, from usage to what was invoiced; one for each currency, since they are never added. */
export function BridgeView({ of: { source, period, payer } }: { readonly of: MonthOfSource }) {
  const answer = useChannel('sources/bridge', { source, period })
  return (
    <Answered answer={answer} skeleton={<Skeleton className="h-80" />}>
      {(data) => (
        <div className="flex flex-col gap-8">
          {data.bridges
            .filter((bridge) => bridge.payer === payer)
            .map((bridge) => (
              <OneBridge key={bridge.currency} bridge={bridge} />
            ))}
        </div>
      )}
    </Answered>
  )
}
