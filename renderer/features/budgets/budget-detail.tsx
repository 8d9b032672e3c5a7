import { type ReactNode, useState } from 'react'
import type { BudgetDetail as Detail } from '../../../analytics/contract/budgets'
import { basisTitles } from '../../app/commands'
import { changeView } from '../../app/route'
import { Button } from '../../components/button'
import { Chip } from '../../components/chip'
import { DataTable } from '../../components/data-table'
import { Money } from '../../components/money'
import { Answered } from '../../components/panel'
import { SidePanel } from '../../components/side-panel'
import { Skeleton } from '../../components/skeleton'
import { formatPercent } from '../../format/money'
import { formatDay } from '../../format/time'
import { useChannel } from '../../queries/use-channel'
import { periodText, periodWords, scopeText, stateTones, stateWords } from './budget-words'
import { BurnChart } from './burn-chart'
import { RemoveBudget } from './remove-budget'

function Line({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="flex gap-4 border-hairline border-b py-1">
      <dt className="w-36 shrink-0 text-muted">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  )
}

function Parts({ detail }: { readonly detail: Detail }) {
  const { status, earlier, planned } = detail
  const { budget, projection } = status
  const { currency } = budget
  return (
    <div className="flex flex-col gap-4">
      <BurnChart detail={detail} />
      <dl>
        <Line label="Period">
          {periodText(status)} · {status.daysLeft} days left
        </Line>
        <Line label="Spent">
          <Money value={status.actual} currency={currency} /> of{' '}
          <Money value={status.amount} currency={currency} /> {currency} ({formatPercent(status.percent)})
        </Line>
        <Line label="Left">
          <Money value={status.left} currency={currency} /> {currency}
        </Line>
        <Line label="Expected by the end">
          {projection === null ? (
            (status.projectionNote ?? 'Nothing is left to be expected.')
          ) : (
            <>
              <Money value={projection.total} currency={currency} /> {currency} (
              {formatPercent(projection.percent)})
              {projection.lo80 === null || projection.hi80 === null ? null : (
                <span className="text-muted">
                  , with 80 % between <Money value={projection.lo80} currency={currency} /> and{' '}
                  <Money value={projection.hi80} currency={currency} />
                </span>
              )}
            </>
          )}
        </Line>
        <Line label="Counts">
          {scopeText(budget.where)}, {basisTitles[budget.measure].toLowerCase()} cost in {currency}
          {status.asOf === null ? '' : `, up to ${formatDay(status.asOf)} (UTC)`}
        </Line>
        <Line label="Plan">
          {periodWords[budget.period]} from {formatDay(budget.from)}
          {budget.to === null ? '' : `, ends before ${formatDay(budget.to)}`}
          {Number(budget.growth) === 0
            ? ''
            : `, each period ${formatPercent(Number(budget.growth), 'always')}`}
          {planned === 'last-year' ? ', spread as the same days a year before' : ''}
          {budget.plan === 'last-year' && planned === 'even'
            ? ', spread evenly: the data has no spend of the whole period a year before'
            : ''}
        </Line>
        <Line label="Alerts at">
          {budget.thresholds.length === 0
            ? 'None'
            : budget.thresholds
                .map(({ of, percent }) => `${percent} % ${of === 'actual' ? 'spent' : 'expected'}`)
                .join(', ')}
        </Line>
        {budget.owner === '' ? null : <Line label="Owner">{budget.owner}</Line>}
        {budget.note === '' ? null : <Line label="Note">{budget.note}</Line>}
      </dl>
      {earlier.length === 0 ? null : (
        <DataTable
          caption="Earlier periods"
          rows={earlier}
          rowKey={(row) => row.from}
          columns={[
            { id: 'period', head: 'Earlier period', cell: (row) => periodText(row) },
            {
              id: 'amount',
              head: `Budget (${currency})`,
              isFigure: true,
              cell: (row) => <Money value={row.amount} currency={currency} />,
            },
            {
              id: 'actual',
              head: 'Spent',
              isFigure: true,
              cell: (row) => <Money value={row.actual} currency={currency} />,
            },
            { id: 'percent', head: 'Used', isFigure: true, cell: (row) => formatPercent(row.percent) },
          ]}
        />
      )}
    </div>
  )
}

/** The side panel: one budget. */
export function BudgetDetail({ name }: { readonly name: string | null }) {
  const [isRemoving, setRemoving] = useState(false)
  const answer = useChannel('budgets/read', { name: name ?? '-' }, { enabled: name !== null })
  if (name === null) return null
  const status = answer.data?.status
  return (
    <SidePanel
      title={name}
      mark={
        status === undefined ? null : <Chip tone={stateTones[status.state]}>{stateWords[status.state]}</Chip>
      }
      width="narrow"
      onClose={() => changeView({ budget: '' })}
      actions={
        <>
          <Button kind="quiet" onClick={() => changeView({ form: name, budget: '' })}>
            Change
          </Button>
          <Button kind="quiet" onClick={() => setRemoving(true)}>
            Remove…
          </Button>
        </>
      }
    >
      <Answered answer={answer} skeleton={<Skeleton className="h-64" />}>
        {(detail) => <Parts detail={detail} />}
      </Answered>
      <RemoveBudget name={name} open={isRemoving} onClose={() => setRemoving(false)} />
    </SidePanel>
  )
}
