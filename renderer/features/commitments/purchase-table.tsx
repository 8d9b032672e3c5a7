import { Check } from 'lucide-react'
import type { CommitmentPlan, Purchase } from '../../../analytics/contract/commitments'
import { changeView } from '../../app/route'
import { Chip } from '../../components/chip'
import { type Column, DataTable } from '../../components/data-table'
import { Money } from '../../components/money'
import { compareDecimals } from '../../format/decimal'
import { formatMoney, formatPercent } from '../../format/money'
import { offeringWords, percentOf } from './commitment-words'

const sourceWords = { bill: 'bill', stated: 'stated', catalogue: 'catalogue' } as const

interface PurchaseTableProps {
  readonly plan: CommitmentPlan
  readonly shown: string
}

export function PurchaseTable({ plan, shown }: PurchaseTableProps) {
  const currency = plan.currency ?? ''
  const columns: readonly Column<Purchase>[] = [
    {
      id: 'scope',
      head: 'Buy',
      isElastic: true,
      cell: ({ id, offering, scope, chosen }) => (
        <button
          type="button"
          aria-pressed={id === shown}
          className={`inline-flex max-w-full items-center gap-1.5 rounded text-left hover:underline ${id === shown ? 'font-medium' : ''}`}
          onClick={() => changeView({ buy: id })}
        >
          <Check
            size={14}
            className={`shrink-0 text-good ${chosen ? '' : 'invisible'}`}
            {...(chosen ? { 'aria-label': 'Part of the plan' } : { 'aria-hidden': true })}
          />
          <span className="truncate">
            <span className="text-muted">{offeringWords[offering]}</span> {scope}
          </span>
        </button>
      ),
      compare: (left, right) => left.scope.localeCompare(right.scope),
    },
    {
      id: 'optimum',
      head: 'Optimum an hour',
      isFigure: true,
      cell: ({ optimum, units }) => (
        <span title={units === null ? '' : `${units} units`}>
          {formatMoney(optimum.commitment, { digits: 3 })}
        </span>
      ),
      compare: (left, right) => compareDecimals(left.optimum.commitment, right.optimum.commitment),
    },
    {
      id: 'low',
      head: 'Low water',
      isFigure: true,
      cell: ({ lowWater }) => formatMoney(lowWater.commitment, { digits: 3 }),
    },
    {
      id: 'saving',
      head: `Saves a month (${currency})`,
      isFigure: true,
      cell: ({ optimum }) => <Money value={optimum.monthlySaving} currency={currency} />,
      compare: (left, right) => compareDecimals(left.optimum.monthlySaving, right.optimum.monthlySaving),
    },
    {
      id: 'used',
      head: 'Used',
      isFigure: true,
      cell: ({ optimum }) =>
        optimum.utilisation === null ? '' : formatPercent(percentOf(optimum.utilisation)),
    },
    {
      id: 'fall',
      head: 'After the fall',
      isFigure: true,
      cell: ({ regret }) => <FallText value={regret.besideNone} currency={currency} />,
      compare: (left, right) => compareDecimals(left.regret.besideNone, right.regret.besideNone),
    },
    {
      id: 'rate',
      head: 'Discount',
      isFigure: true,
      cell: ({ rate }) => (
        <span className="inline-flex items-center gap-1.5" title={rate.origin}>
          <Chip tone={rate.confidence === 'low' ? 'warn' : 'plain'}>{sourceWords[rate.source]}</Chip>
          {formatPercent(percentOf(1 - rate.ratio))}
        </span>
      ),
    },
  ]
  return (
    <DataTable
      caption="Purchases"
      testId="purchases"
      columns={columns}
      rows={plan.purchases}
      rowKey={({ id }) => id}
      className="max-h-80"
    />
  )
}

/** Beside buying nothing: what is still saved, or what is lost. */
function FallText({ value, currency }: { readonly value: string; readonly currency: string }) {
  const isLoss = compareDecimals(value, '0') > 0
  const amount = value.replace('-', '')
  return (
    <span>
      <span className="text-muted">{isLoss ? 'loses ' : 'saves '}</span>
      <Money value={amount} currency={currency} />
    </span>
  )
}
