import { ClipboardCheck } from 'lucide-react'
import { useState } from 'react'
import type { Approval } from '../../../analytics/contract/approvals'
import type { Failure } from '../../../analytics/contract/result'
import { navigate } from '../../app/route'
import { Button } from '../../components/button'
import { Chip } from '../../components/chip'
import { type Column, DataTable } from '../../components/data-table'
import { EmptyState } from '../../components/empty-state'
import { FailureNotice } from '../../components/failure-notice'
import { Money } from '../../components/money'
import { Answered, Panel } from '../../components/panel'
import { Skeleton } from '../../components/skeleton'
import { compareDecimals } from '../../format/decimal'
import { useChannel } from '../../queries/use-channel'
import { showToast } from '../../stores/toasts'
import { RunDialog } from '../execution/run-dialog'
import { approvalWords, undoWords } from './approval-words'
import { NoteDialog } from './note-dialog'
import { PackButtons } from './pack-buttons'
import { ToDecide } from './to-decide'
import { useChanges } from './use-changes'

const open = new Set(['approved', 'waiting'])

/** What waits for a person: first what could be approved, then what is approved and can be executed. */
export function Inbox() {
  const listed = useChannel('approvals/list', {})
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isExecuting, setExecuting] = useState(false)
  const [isRevoking, setRevoking] = useState(false)
  const { ask } = useChanges()
  const approvals = listed.data?.approvals ?? []
  const pending = approvals.filter(({ state }) => open.has(state))
  const over = approvals.filter(({ state }) => !open.has(state))
  const selected = pending.filter(({ recommendation }) => chosen.has(recommendation))
  const ready = selected
    .filter(({ state }) => state === 'approved')
    .map(({ recommendation }) => recommendation)
  const toggle = (id: string) =>
    setChosen((before) => {
      const next = new Set(before)
      if (!next.delete(id)) next.add(id)
      return next
    })
  const columns: readonly Column<Approval>[] = [
    {
      id: 'chosen',
      head: '',
      cell: ({ recommendation, pinned }) => (
        <input
          type="checkbox"
          aria-label={`Choose ${pinned.recommendation.title}`}
          checked={chosen.has(recommendation)}
          onChange={() => toggle(recommendation)}
        />
      ),
    },
    ...approvalColumns,
  ]
  return (
    <div className="flex flex-col gap-6">
      {failure === null ? null : <FailureNotice failure={failure} />}
      <ToDecide onFailure={setFailure} />
      <Answered answer={listed} skeleton={<Skeleton className="h-32" />}>
        {() => (
          <>
            <Panel
              title="Approved"
              hint="Each names the account, the change and the saving; anything else is not approved"
              actions={
                <>
                  <PackButtons
                    ids={selected.map(({ recommendation }) => recommendation)}
                    onFailure={setFailure}
                  />
                  <Button disabled={selected.length === 0} onClick={() => setRevoking(true)}>
                    Take back
                  </Button>
                  <Button kind="primary" disabled={ready.length === 0} onClick={() => setExecuting(true)}>
                    {ready.length > 1 ? `Execute ${ready.length}` : 'Execute'}
                  </Button>
                </>
              }
            >
              {pending.length === 0 ? (
                <EmptyState icon={ClipboardCheck} title="Nothing is approved">
                  <p>Choose what to do above, or look at the evidence first.</p>
                  <div>
                    <Button onClick={() => navigate('recommendations')}>Recommendations</Button>
                  </div>
                </EmptyState>
              ) : (
                <DataTable
                  caption="Approved"
                  columns={columns}
                  rows={pending}
                  rowKey={({ recommendation }) => recommendation}
                />
              )}
            </Panel>
            {over.length === 0 ? null : (
              <Panel title="Over" hint="Executed, taken back, rejected or expired">
                <DataTable
                  caption="Over"
                  columns={approvalColumns}
                  rows={over}
                  rowKey={({ recommendation }) => recommendation}
                />
              </Panel>
            )}
          </>
        )}
      </Answered>
      {isExecuting ? <RunDialog ids={ready} onClose={() => setExecuting(false)} /> : null}
      <NoteDialog
        open={isRevoking}
        title="Take the approvals back?"
        description="What is chosen is open again, and nobody can execute it until it is approved anew."
        confirm="Take back"
        onClose={() => setRevoking(false)}
        onNote={async (note) => {
          const result = await ask('approvals/revoke', {
            ids: selected.map(({ recommendation }) => recommendation),
            note,
          })
          if (!result.ok) return result.failure
          setChosen(new Set())
          showToast('good', 'The approvals were taken back.')
          return null
        }}
      />
    </div>
  )
}

const approvalColumns: readonly Column<Approval>[] = [
  {
    id: 'what',
    head: 'Change',
    isElastic: true,
    cell: ({ pinned }) => <span className="block truncate">{pinned.recommendation.title}</span>,
    compare: (left, right) =>
      left.pinned.recommendation.title.localeCompare(right.pinned.recommendation.title),
  },
  {
    id: 'state',
    head: 'State',
    cell: ({ state, note }) => {
      const [word, tone] = approvalWords[state]
      return (
        <Chip tone={tone} {...(note === '' ? {} : { title: note })}>
          {word}
        </Chip>
      )
    },
  },
  {
    id: 'by',
    head: 'By',
    cell: ({ given }) => <span className="text-muted">{given.map(({ by }) => by.name).join(', ')}</span>,
  },
  { id: 'account', head: 'Account', isWideOnly: true, cell: ({ pinned }) => pinned.recommendation.account },
  {
    id: 'undo',
    head: 'Way back',
    cell: ({ pinned: { recommendation } }) =>
      recommendation.undo === 'none' ? (
        <Chip tone="bad">{undoWords.none}</Chip>
      ) : (
        <span className="text-muted">{undoWords[recommendation.undo]}</span>
      ),
  },
  { id: 'until', head: 'Good until', cell: ({ pinned }) => pinned.expires.slice(0, 10) },
  {
    id: 'saving',
    head: 'A month',
    isFigure: true,
    cell: ({ pinned: { recommendation } }) => (
      <>
        <Money value={recommendation.monthlySaving} currency={recommendation.currency} />
        <span className="ml-1 text-12 text-muted">{recommendation.currency}</span>
      </>
    ),
    compare: (left, right) =>
      compareDecimals(left.pinned.recommendation.monthlySaving, right.pinned.recommendation.monthlySaving),
  },
]
