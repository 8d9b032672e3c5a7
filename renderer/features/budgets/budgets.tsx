import { PiggyBank } from 'lucide-react'
import type { BudgetStatus } from '../../../analytics/contract/budgets'
import { changeView, useRoute } from '../../app/route'
import { Button } from '../../components/button'
import { Chip } from '../../components/chip'
import { type Column, DataTable } from '../../components/data-table'
import { EmptyState } from '../../components/empty-state'
import { Money } from '../../components/money'
import { Answered, Panel } from '../../components/panel'
import { Skeleton } from '../../components/skeleton'
import { compareDecimals } from '../../format/decimal'
import { useSettings } from '../../queries/settings'
import { useChannel } from '../../queries/use-channel'
import { BudgetAlerts } from './alerts-panel'
import { BrowserNotices } from './browser-notices'
import { BudgetDetail } from './budget-detail'
import { draftOfBudget, newDraft } from './budget-draft'
import { BudgetForm } from './budget-form'
import { periodText, periodWords, scopeText, stateTones, stateWords } from './budget-words'
import { Progress } from './progress'

const newBudget = '(new)'

const columns: readonly Column<BudgetStatus>[] = [
  {
    id: 'name',
    head: 'Budget',
    isElastic: true,
    cell: ({ budget }) => (
      <span className="block truncate">
        <button
          type="button"
          className="rounded text-accent hover:underline"
          aria-label={`${budget.name}, detail`}
          onClick={() => changeView({ budget: budget.name })}
        >
          {budget.name}
        </button>
        <span className="ml-2 text-12 text-muted">{scopeText(budget.where)}</span>
      </span>
    ),
    compare: (left, right) => left.budget.name.localeCompare(right.budget.name),
  },
  {
    id: 'state',
    head: 'State',
    cell: ({ state }) => <Chip tone={stateTones[state]}>{stateWords[state]}</Chip>,
    compare: (left, right) => left.state.localeCompare(right.state),
  },
  {
    id: 'period',
    head: 'Period',
    cell: (row) => <span title={periodWords[row.budget.period]}>{periodText(row)}</span>,
  },
  {
    id: 'used',
    head: 'Used',
    isFigure: true,
    cell: (row) => <Progress status={row} />,
    compare: (left, right) => left.percent - right.percent,
  },
  {
    id: 'actual',
    head: 'Spent',
    isFigure: true,
    cell: (row) => <Money value={row.actual} currency={row.budget.currency} />,
    compare: (left, right) => compareDecimals(left.actual, right.actual),
  },
  {
    id: 'expected',
    head: 'Expected',
    isFigure: true,
    cell: (row) =>
      row.projection === null ? (
        <span title={row.projectionNote ?? undefined}>–</span>
      ) : (
        <Money value={row.projection.total} currency={row.budget.currency} />
      ),
    compare: (left, right) => compareDecimals(left.projection?.total ?? '0', right.projection?.total ?? '0'),
  },
  {
    id: 'amount',
    head: 'Amount',
    isFigure: true,
    cell: (row) => (
      <>
        <Money value={row.amount} currency={row.budget.currency} />
        <span className="ml-1 text-12 text-muted">{row.budget.currency}</span>
      </>
    ),
    compare: (left, right) => compareDecimals(left.amount, right.amount),
  },
  { id: 'left', head: 'Days left', isFigure: true, cell: (row) => row.daysLeft },
]

export function Budgets() {
  const { view } = useRoute()
  const { settings } = useSettings()
  const listed = useChannel('budgets/list', {})
  // Forecasts take a moment: the list is there before them, and they are put into it.
  const projected = useChannel('budgets/list', { projected: true }, { enabled: listed.data !== undefined })
  const holdings = useChannel('holdings/read', {})
  const budgets = (projected.isStale ? undefined : projected.data)?.budgets ?? listed.data?.budgets ?? []
  const form = view.form ?? ''
  const changed = budgets.find(({ budget }) => budget.name === form)
  const closeForm = () => changeView({ form: '' })
  const currency = settings.currency ?? holdings.data?.currencies[0] ?? 'USD'
  const month = (holdings.data?.lastDay ?? new Date().toISOString()).slice(0, 7)
  const add = (
    <Button kind="primary" onClick={() => changeView({ form: newBudget, budget: '' })}>
      New budget
    </Button>
  )
  const showsForm = form === newBudget || changed !== undefined
  return (
    <Answered answer={listed} skeleton={<Skeleton className="h-40" />}>
      {() => (
        <div className="flex flex-col gap-6">
          {showsForm ? (
            <Panel title={changed === undefined ? 'New budget' : `Change ${changed.budget.name}`}>
              <BudgetForm
                key={form}
                initial={
                  changed === undefined ? newDraft(settings.basis, currency, month) : draftOfBudget(changed)
                }
                of={changed === undefined ? null : changed.budget.name}
                names={budgets.map(({ budget }) => budget.name)}
                onClose={closeForm}
              />
            </Panel>
          ) : null}
          <BudgetAlerts />
          {budgets.length === 0 ? (
            showsForm ? null : (
              <EmptyState icon={PiggyBank} title="No budgets yet">
                <p>
                  A budget says what the bill, or a part of it, may cost in a month, a quarter or a year. It
                  is measured after every import, and says early when it will not hold.
                </p>
                <div>{add}</div>
              </EmptyState>
            )
          ) : (
            <Panel
              title="Budgets"
              hint="Each in its own cost basis; the line marks 100 %, the diamond what is expected"
              actions={
                <>
                  <BrowserNotices />
                  {showsForm ? null : add}
                </>
              }
            >
              <DataTable
                caption="Budgets"
                testId="budgets"
                columns={columns}
                rows={budgets}
                rowKey={({ budget }) => budget.name}
              />
            </Panel>
          )}
          <BudgetDetail name={view.budget === undefined || view.budget === '' ? null : view.budget} />
        </div>
      )}
    </Answered>
  )
}
