import type { CommitmentPlan, Payment } from '../../../analytics/contract/commitments'
import { changeView, useRoute } from '../../app/route'
import { ChoiceMenu } from '../../components/choice-menu'
import { Answered, Panel } from '../../components/panel'
import { Segmented } from '../../components/segmented'
import { Skeleton } from '../../components/skeleton'
import { compareDecimals } from '../../format/decimal'
import { formatMoney, formatPercent } from '../../format/money'
import { formatDays } from '../../format/time'
import { useChannel } from '../../queries/use-channel'
import { offeringWords, paymentWords, percentOf } from './commitment-words'
import { MixTable } from './mix-table'
import { PurchaseDetail } from './purchase-detail'
import { PurchaseTable } from './purchase-table'

const lookBacks = ['30', '60', '90', '365'] as const
const falls = ['10', '20', '30', '50'] as const
const interruptibles = ['0', '25', '50', '75'] as const
const payments: readonly Payment[] = ['no-upfront', 'partial-upfront', 'all-upfront']
const terms = [
  { value: '1', title: '1 year' },
  { value: '3', title: '3 years' },
] as const

/** What to buy: every offering on the hours of the bill, and what it would be worth. */
export function Plan() {
  const { view } = useRoute()
  const days = lookBacks.find((one) => one === view.back) ?? '60'
  const fall = falls.find((one) => one === view.fall) ?? '30'
  const interruptible = interruptibles.find((one) => one === view.spot) ?? '0'
  const term = view.term === '3' ? '3' : '1'
  const payment = payments.find((one) => one === view.payment) ?? 'no-upfront'
  const answer = useChannel('commitments/plan', {
    days: Number(days),
    fall: Number(fall) / 100,
    interruptible: Number(interruptible) / 100,
    term: term === '3' ? 3 : 1,
    payment,
  })
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-2">
        <Segmented
          label="Term"
          value={term}
          options={terms}
          onChange={(value) => changeView({ term: value })}
        />
        <ChoiceMenu
          label="Payment"
          value={payment}
          options={payments.map((value) => ({ value, title: paymentWords[value] }))}
          onChange={(value) => changeView({ payment: value })}
        />
        <ChoiceMenu
          label="Look back"
          value={days}
          options={lookBacks.map((value) => ({ value, title: `${value} days` }))}
          onChange={(value) => changeView({ back: value })}
        />
        <ChoiceMenu
          label="If traffic falls by"
          value={fall}
          options={falls.map((value) => ({ value, title: `${value} %` }))}
          onChange={(value) => changeView({ fall: value })}
        />
        <ChoiceMenu
          label="May be interrupted"
          value={interruptible}
          options={interruptibles.map((value) => ({ value, title: `${value} %` }))}
          onChange={(value) => changeView({ spot: value })}
        />
      </div>
      <Answered answer={answer} skeleton={<Skeleton className="h-96" />}>
        {(plan) => <Found plan={plan} />}
      </Answered>
    </div>
  )
}

function Found({ plan }: { readonly plan: CommitmentPlan }) {
  const { view } = useRoute()
  const { purchases, unplanned, mix, replay, window, hourly, currency, monthlySaving } = plan
  const shown = purchases.find(({ id }) => id === view.buy) ?? purchases[0]
  const isReplayed = compareDecimals(replay.bill, '0') > 0
  return (
    <div className="flex flex-col gap-6">
      <Panel
        title="Purchases"
        hint={`What is marked saves ${formatMoney(monthlySaving, { digits: 0 })} ${currency ?? ''} a month at list prices`}
      >
        {purchases.length === 0 ? (
          <p className="py-4 text-muted">
            No commitment of this term and payment would have saved anything, or none has a known rate.
          </p>
        ) : (
          <PurchaseTable plan={plan} shown={shown?.id ?? ''} />
        )}
        <p className="mt-1 text-12 text-muted">
          {formatDays(window.from, window.to)}, {hourly ? 'hour by hour' : 'partly day by day'}, after what is
          held. Savings from rightsizing and schedules are not taken off.{' '}
          {isReplayed
            ? `A replay of what is held covers ${formatPercent(percentOf(Number(replay.replayed) / Number(replay.bill)))} of what the bill says.`
            : ''}
        </p>
      </Panel>
      {shown === undefined ? null : <PurchaseDetail purchase={shown} currency={currency ?? ''} />}
      {mix === null ? null : (
        <Panel
          title="Committed, on demand, spot"
          hint="Of compute that is on demand, by what may be lost when traffic falls"
        >
          <MixTable mix={mix} currency={currency ?? ''} />
        </Panel>
      )}
      {unplanned.length === 0 ? null : (
        <Panel title="Not planned" hint="No rate is known: neither the bill nor the catalogue has one">
          <ul className="flex flex-col gap-1 text-12">
            {unplanned.map(({ offering, scope }) => (
              <li key={`${offering} ${scope}`}>
                <span className="text-muted">{offeringWords[offering]}</span> {scope}
              </li>
            ))}
          </ul>
          <p className="mt-1 text-12 text-muted">
            A discount that is known otherwise can be stated in a terminal: finops commitments --plan --rate
            database-plan=20
          </p>
        </Panel>
      )}
    </div>
  )
}
