import { useMemo } from 'react'
import type { Purchase } from '../../../analytics/contract/commitments'
import { Chart } from '../../charts/chart'
import type { ChartPoint, Mark } from '../../charts/model'
import { type Column, DataTable } from '../../components/data-table'
import { Money } from '../../components/money'
import { Panel } from '../../components/panel'
import { formatMoney, formatPercent } from '../../format/money'
import { formatMonth } from '../../format/time'
import { offeringWords, paymentWords, percentOf } from './commitment-words'

interface PurchaseDetailProps {
  readonly purchase: Purchase
  readonly currency: string
}

/** The cost of every commitment that could have been made, the best of them, and how to get there. */
export function PurchaseDetail({ purchase, currency }: PurchaseDetailProps) {
  const { offering, scope, term, payment, rate, optimum, lowWater, regret, breakEven } = purchase
  const fall =
    breakEven.fall === null
      ? 'whatever traffic does'
      : `until traffic falls by ${formatPercent(percentOf(breakEven.fall))}`
  return (
    <div className="grid grid-cols-2 gap-6 max-xl:grid-cols-1">
      <Panel title={`${offeringWords[offering]}, ${scope}`} hint="Cost a month by what is committed an hour">
        <CostCurve purchase={purchase} currency={currency} />
        <p className="mt-1 text-12 text-muted">
          {term} yr, {paymentWords[payment].toLowerCase()}. {rate.origin} The optimum saves{' '}
          {formatMoney(optimum.monthlySaving, { digits: 0 })} {currency} a month, the low-water mark{' '}
          {formatMoney(lowWater.monthlySaving, { digits: 0 })}. It pays while{' '}
          {formatPercent(percentOf(breakEven.utilisation))} of it is used: {fall}. After a fall of{' '}
          {formatPercent(percentOf(regret.fall))} it costs {formatMoney(regret.besideBest, { digits: 0 })}{' '}
          {currency} a month more than what would then have been best.
        </p>
      </Panel>
      <Panel title="Monthly steps" hint="So much more an hour each month, so that not all ends at once">
        <Ladder purchase={purchase} currency={currency} />
      </Panel>
    </div>
  )
}

function CostCurve({
  purchase: { curve, optimum, lowWater, monthlyOnDemand },
  currency,
}: PurchaseDetailProps) {
  const points = useMemo(
    (): readonly ChartPoint[] =>
      curve.map(({ commitment, utilisation }, at) => ({
        key: commitment,
        short: formatMoney(commitment, { digits: 2 }),
        title: `${formatMoney(commitment, { digits: 3 })} ${currency} an hour`,
        ...(utilisation === null ? {} : { note: `${formatPercent(percentOf(utilisation))} used` }),
        rank: at % 5 === 0 ? 0 : 2,
      })),
    [curve, currency],
  )
  const marks = useMemo((): readonly Mark[] => {
    const ringAt = ({ commitment, monthlyCost }: typeof optimum, title: string) => ({
      index: curve.findIndex((point) => point.commitment === commitment),
      value: monthlyCost,
      title,
    })
    return [
      { kind: 'target', name: 'All on demand', value: monthlyOnDemand },
      {
        kind: 'lines',
        series: [
          {
            name: 'Cost a month',
            colour: 'var(--accent)',
            values: curve.map(({ monthlyCost }) => monthlyCost),
          },
        ],
      },
      {
        kind: 'rings',
        name: 'Marked',
        colour: 'var(--good)',
        at: [ringAt(optimum, 'Optimum'), ringAt(lowWater, 'Low-water mark')],
      },
    ]
  }, [curve, optimum, lowWater, monthlyOnDemand])
  return (
    <div className="h-64">
      <Chart
        title="Cost by commitment"
        points={points}
        marks={marks}
        unit={{ kind: 'money', currency }}
        baseline="data"
      />
    </div>
  )
}

type Step = Purchase['ladder'][number]

function Ladder({ purchase, currency }: PurchaseDetailProps) {
  const hourly = (value: string) => <span className="figures">{formatMoney(value, { digits: 3 })}</span>
  const columns: readonly Column<Step>[] = [
    { id: 'month', head: 'Month', cell: ({ month }) => formatMonth(month) },
    {
      id: 'ending',
      head: `Ends (${currency} an hour)`,
      isFigure: true,
      cell: ({ ending }) => hourly(ending),
    },
    { id: 'target', head: 'Optimum then', isFigure: true, cell: ({ target }) => hourly(target) },
    { id: 'buy', head: 'Buy', isFigure: true, cell: ({ buy }) => <strong>{hourly(buy)}</strong> },
    { id: 'bought', head: 'Bought by then', isFigure: true, cell: ({ bought }) => hourly(bought) },
  ]
  return (
    <>
      <DataTable
        caption="Monthly steps"
        testId="ladder"
        columns={columns}
        rows={purchase.ladder}
        rowKey={({ month }) => month}
      />
      <p className="mt-1 text-12 text-muted">
        On demand after what is held: <Money value={purchase.monthlyOnDemand} currency={currency} />{' '}
        {currency} a month.
      </p>
    </>
  )
}
