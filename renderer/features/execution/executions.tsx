import { History } from 'lucide-react'
import { useState } from 'react'
import type { Execution } from '../../../analytics/contract/executions'
import type { Failure } from '../../../analytics/contract/result'
import { changeView, useRoute } from '../../app/route'
import { Button } from '../../components/button'
import { Chip } from '../../components/chip'
import { type Column, DataTable } from '../../components/data-table'
import { EmptyState } from '../../components/empty-state'
import { FailureNotice } from '../../components/failure-notice'
import { Moment } from '../../components/moment'
import { Money } from '../../components/money'
import { Answered, Panel } from '../../components/panel'
import { SidePanel } from '../../components/side-panel'
import { Skeleton } from '../../components/skeleton'
import { compareDecimals } from '../../format/decimal'
import { useChannel } from '../../queries/use-channel'
import { showToast } from '../../stores/toasts'
import { executionWords } from '../approvals/approval-words'
import { useChanges } from '../approvals/use-changes'
import { StepList } from './step-list'

const columns: readonly Column<Execution>[] = [
  {
    id: 'what',
    head: 'Change',
    isElastic: true,
    cell: ({ id, title }) => (
      <button
        type="button"
        className="block max-w-full truncate rounded text-accent hover:underline"
        aria-label={`${title}, detail`}
        onClick={() => changeView({ execution: id })}
      >
        {title}
      </button>
    ),
    compare: (left, right) => left.title.localeCompare(right.title),
  },
  {
    id: 'state',
    head: 'State',
    cell: (execution) => {
      const [word, tone] = executionWords(execution)
      return <Chip tone={tone}>{word}</Chip>
    },
  },
  { id: 'account', head: 'Account', isWideOnly: true, cell: ({ account }) => account },
  {
    id: 'when',
    head: 'Begun',
    cell: ({ begunAt }) => <Moment instant={begunAt} />,
    compare: (left, right) => left.begunAt.localeCompare(right.begunAt),
  },
  { id: 'who', head: 'By', cell: ({ user }) => <span className="text-muted">{user}</span> },
  {
    id: 'saving',
    head: 'A month',
    isFigure: true,
    cell: ({ monthlySaving, currency }) => (
      <>
        <Money value={monthlySaving} currency={currency} />
        <span className="ml-1 text-12 text-muted">{currency}</span>
      </>
    ),
    compare: (left, right) => compareDecimals(left.monthlySaving, right.monthlySaving),
  },
]

/** What was changed, how it ended, and the way back as long as there is one. */
export function Executions() {
  const { view } = useRoute()
  const listed = useChannel('executions/list', {})
  const { ask } = useChanges()
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isBusy, setBusy] = useState(false)
  const executions = listed.data?.executions ?? []
  const unsettled = executions.filter(({ state }) => state === 'unknown').length
  const shown = executions.find(({ id }) => id === view.execution)
  const settle = async () => {
    setBusy(true)
    const result = await ask('executions/settle', {})
    setBusy(false)
    setFailure(result.ok ? null : result.failure)
  }
  const undo = async (id: string) => {
    setBusy(true)
    const result = await ask('executions/undo', { id })
    setBusy(false)
    setFailure(result.ok ? null : result.failure)
    if (result.ok && result.value.state === 'done') showToast('good', 'Taken back.')
    if (result.ok) changeView({ execution: result.value.id })
  }
  return (
    <Answered answer={listed} skeleton={<Skeleton className="h-40" />}>
      {() => (
        <>
          {failure === null ? null : <FailureNotice failure={failure} />}
          {unsettled === 0 ? null : (
            <div role="status" className="mb-4 flex items-center gap-3 rounded-md bg-warn-soft px-3 py-2">
              <p className="grow">
                {unsettled === 1
                  ? 'Nobody saw how one execution ended. AWS is asked how it stands; nothing is repeated.'
                  : `Nobody saw how ${unsettled} executions ended. AWS is asked how they stand; nothing is repeated.`}
              </p>
              <Button disabled={isBusy} onClick={() => void settle()}>
                Ask AWS
              </Button>
            </div>
          )}
          {executions.length === 0 ? (
            <EmptyState icon={History} title="Nothing has been executed yet">
              <p>Every change that is made from here stands in this list, with the way back.</p>
            </EmptyState>
          ) : (
            <Panel title="Executions" hint="Newest first; undoes are executions too">
              <DataTable caption="Executions" columns={columns} rows={executions} rowKey={({ id }) => id} />
            </Panel>
          )}
          {shown === undefined ? null : (
            <SidePanel
              title={shown.title}
              hint={shown.id}
              width="narrow"
              mark={<Chip tone={executionWords(shown)[1]}>{executionWords(shown)[0]}</Chip>}
              onClose={() => changeView({ execution: '' })}
              actions={
                shown.undo.hindrance === null ? (
                  <Button disabled={isBusy} onClick={() => void undo(shown.id)}>
                    Undo
                  </Button>
                ) : null
              }
            >
              <div className="flex flex-col gap-4">
                <p className="text-muted">
                  {`${shown.account}, ${shown.region}, as ${shown.identity?.arn ?? 'nobody'}`}
                </p>
                <StepList execution={shown} />
                {shown.undo.hindrance === null ? null : (
                  <p className="text-12 text-muted">{shown.undo.hindrance}</p>
                )}
                <div>
                  <Button kind="quiet" onClick={() => changeView({ tab: 'audit', execution: shown.id })}>
                    Its entries in the journal
                  </Button>
                </div>
              </div>
            </SidePanel>
          )}
        </>
      )}
    </Answered>
  )
}
