import type { CommitmentReport, Holding } from '../../../analytics/contract/commitments'
import { Chip } from '../../components/chip'
import { type Column, DataTable } from '../../components/data-table'
import { Money } from '../../components/money'
import { compareDecimals } from '../../format/decimal'
import { formatMoney, formatPercent } from '../../format/money'
import { formatDay } from '../../format/time'
import { explorerDoor } from '../explorer/door'
import { offeringWords, paymentWords, percentOf } from './commitment-words'

const unknown = <span className="text-muted">–</span>

export function HoldingTable({ report }: { readonly report: CommitmentReport }) {
  const currency = report.currency ?? ''
  const poorlyUsed = new Set(
    report.alerts.filter(({ rule }) => rule === 'commitment-unused').map(({ holding }) => holding),
  )
  const amount = (part: 'committed' | 'unused' | 'saving', head: string): Column<Holding> => ({
    id: part,
    head,
    isFigure: true,
    cell: (row) => <Money value={row[part]} currency={currency} />,
    compare: (left, right) => compareDecimals(left[part], right[part]),
  })
  const columns: readonly Column<Holding>[] = [
    {
      id: 'scope',
      head: 'Commitment',
      isElastic: true,
      cell: ({ id, scope, offering }) => (
        <a
          className="truncate rounded hover:underline"
          title={id}
          href={explorerDoor({
            by: ['account', 'usage-type'],
            where: [{ dimension: 'commitment', operator: '=', value: id }],
            period: report.window,
          })}
        >
          <span className="text-muted">{offeringWords[offering]}</span> {scope}
        </a>
      ),
      compare: (left, right) => left.scope.localeCompare(right.scope),
    },
    { id: 'size', head: 'Size', isFigure: true, cell: sizeText },
    {
      id: 'terms',
      head: 'Terms',
      isWideOnly: true,
      cell: ({ term, payment }) =>
        [term === null ? '' : `${term} yr`, payment === null ? '' : paymentWords[payment].toLowerCase()]
          .filter((text) => text !== '')
          .join(', '),
    },
    {
      id: 'ends',
      head: 'Ends',
      cell: (row) => <Ends holding={row} />,
      compare: (left, right) => (left.ends ?? '9').localeCompare(right.ends ?? '9'),
    },
    {
      id: 'utilisation',
      head: 'Used',
      isFigure: true,
      cell: ({ id, utilisation }) =>
        utilisation === null ? (
          unknown
        ) : (
          <span className="inline-flex items-center gap-1.5">
            {poorlyUsed.has(id) ? <Chip tone="warn">unused in part</Chip> : null}
            {formatPercent(percentOf(utilisation))}
          </span>
        ),
      compare: (left, right) => (left.utilisation ?? 2) - (right.utilisation ?? 2),
    },
    amount('committed', `Cost (${currency})`),
    amount('unused', 'Unused'),
    amount('saving', 'Saved'),
  ]
  return (
    <>
      <DataTable
        caption="Commitments"
        testId="holdings"
        columns={columns}
        rows={report.holdings}
        rowKey={({ id }) => id}
        className="max-h-104"
      />
      <p className="mt-1 text-12 text-muted">
        Saved: what the covered usage costs on demand, less what the commitment cost, used or not.
      </p>
    </>
  )
}

function sizeText({ count, hourly }: Holding) {
  if (hourly !== null) return `${formatMoney(hourly)} an hour`
  return count === null ? unknown : `${formatMoney(count, { digits: 0 })} units`
}

function Ends({ holding: { ends, state, daysLeft } }: { readonly holding: Holding }) {
  if (ends === null || daysLeft === null) {
    return (
      <span className="text-muted" title="The export has no start and end of it">
        not in the bill
      </span>
    )
  }
  if (state === 'ended') return <Chip>ended {formatDay(ends)}</Chip>
  const text = `${formatDay(ends)}, in ${daysLeft} days`
  if (daysLeft <= 30) return <Chip tone="bad">{text}</Chip>
  return daysLeft <= 90 ? <Chip tone="warn">{text}</Chip> : formatDay(ends)
}
