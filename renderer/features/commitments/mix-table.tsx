import type { CommitmentPlan, Mix } from '../../../analytics/contract/commitments'
import { type Column, DataTable } from '../../components/data-table'
import { Money } from '../../components/money'
import { compareDecimals } from '../../format/decimal'
import { formatMoney, formatPercent } from '../../format/money'
import { percentOf } from './commitment-words'

interface MixTableProps {
  readonly mix: NonNullable<CommitmentPlan['mix']>
  readonly currency: string
}

/** How a workload is divided at each risk that may be taken. */
export function MixTable({ mix, currency }: MixTableProps) {
  const share = (part: 'committed' | 'onDemand' | 'spot', head: string): Column<Mix> => ({
    id: part,
    head,
    isFigure: true,
    cell: (row) => formatPercent(percentOf(row[part])),
  })
  const columns: readonly Column<Mix>[] = [
    {
      id: 'tolerance',
      head: 'At most lost',
      cell: ({ tolerance }) => `${formatPercent(percentOf(tolerance))} of on-demand cost`,
    },
    share('committed', 'Committed'),
    share('onDemand', 'On demand'),
    share('spot', 'Spot'),
    {
      id: 'commitment',
      head: 'Commit an hour',
      isFigure: true,
      cell: ({ commitment }) => formatMoney(commitment, { digits: 3 }),
    },
    {
      id: 'saving',
      head: `Saves a month (${currency})`,
      isFigure: true,
      cell: ({ monthlySaving }) => <Money value={monthlySaving} currency={currency} />,
    },
    {
      id: 'loss',
      head: 'Lost after the fall',
      isFigure: true,
      cell: ({ monthlyLoss }) =>
        compareDecimals(monthlyLoss, '0') > 0 ? (
          <Money value={monthlyLoss} currency={currency} />
        ) : (
          <span className="text-muted">nothing</span>
        ),
    },
  ]
  return (
    <>
      <DataTable
        caption="Shares by risk"
        testId="mix"
        columns={columns}
        rows={mix.steps}
        rowKey={({ tolerance }) => String(tolerance)}
      />
      <p className="mt-1 text-12 text-muted">
        {mix.spotOrigin}
        {mix.spotRatio === null ? '' : ` It is ${formatPercent(percentOf(mix.spotRatio))} of the price.`}
      </p>
    </>
  )
}
