import { useState } from 'react'
import type { Recommendation } from '../../../analytics/contract/recommendations'
import type { Failure } from '../../../analytics/contract/result'
import { Button } from '../../components/button'
import { Chip } from '../../components/chip'
import { type Column, DataTable } from '../../components/data-table'
import { Money } from '../../components/money'
import { Answered, Panel } from '../../components/panel'
import { Skeleton } from '../../components/skeleton'
import { compareDecimals } from '../../format/decimal'
import { useChannel } from '../../queries/use-channel'
import { showToast } from '../../stores/toasts'
import { undoWords } from './approval-words'
import { NoteDialog } from './note-dialog'
import { useChanges } from './use-changes'

/** What the program could carry out and nobody has decided yet; approved or rejected in batches. */
export function ToDecide({ onFailure }: { readonly onFailure: (failure: Failure | null) => void }) {
  const found = useChannel('recommendations/list', {})
  const approvals = useChannel('approvals/list', {})
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [asked, setAsked] = useState<'approve' | 'reject' | null>(null)
  const { ask } = useChanges()
  const waiting = new Set(
    approvals.data?.approvals.flatMap(({ recommendation, state }) =>
      state === 'waiting' || state === 'approved' ? [recommendation] : [],
    ),
  )
  const rows = (found.data?.recommendations ?? []).filter(
    ({ id, action, state }) => action !== null && state === 'open' && !waiting.has(id),
  )
  const ids = rows.filter(({ id }) => chosen.has(id)).map(({ id }) => id)
  const choose = (some: readonly string[], isChosen: boolean) =>
    setChosen((before) => {
      const next = new Set(before)
      for (const id of some) {
        if (isChosen) next.add(id)
        else next.delete(id)
      }
      return next
    })
  const columns: readonly Column<Recommendation>[] = [
    {
      id: 'chosen',
      head: '',
      cell: ({ id, title }) => (
        <input
          type="checkbox"
          aria-label={`Choose ${title}`}
          checked={chosen.has(id)}
          onChange={(event) => choose([id], event.target.checked)}
        />
      ),
    },
    ...recommendationColumns,
  ]
  const count = ids.length > 1 ? ` ${ids.length}` : ''
  return (
    <Panel
      title="To decide"
      hint="What can be carried out from here; the evidence is under Recommendations"
      actions={
        <>
          <Button
            kind="quiet"
            disabled={rows.length === 0}
            onClick={() =>
              choose(
                rows.map(({ id }) => id),
                ids.length < rows.length,
              )
            }
          >
            {ids.length === rows.length && rows.length > 0 ? 'Choose none' : 'Choose all'}
          </Button>
          <Button disabled={ids.length === 0} onClick={() => setAsked('reject')}>
            {`Reject${count}`}
          </Button>
          <Button kind="primary" disabled={ids.length === 0} onClick={() => setAsked('approve')}>
            {`Approve${count}`}
          </Button>
        </>
      }
    >
      <Answered answer={found} skeleton={<Skeleton className="h-32" />}>
        {() =>
          rows.length === 0 ? (
            <p className="py-3 text-muted">Nothing waits for a decision.</p>
          ) : (
            <DataTable
              caption="To decide"
              className="max-h-[40vh]"
              columns={columns}
              rows={rows}
              rowKey={({ id }) => id}
            />
          )
        }
      </Answered>
      <NoteDialog
        open={asked !== null}
        title={asked === 'reject' ? 'Reject what is chosen?' : 'Approve what is chosen?'}
        description={
          asked === 'reject'
            ? 'It is dismissed and does not come back by itself.'
            : 'It may then be executed within 14 days, as it is described now. What can break much needs a second person.'
        }
        confirm={`${asked === 'reject' ? 'Reject' : 'Approve'}${count}`}
        isOptional={asked === 'approve'}
        onClose={() => setAsked(null)}
        onNote={async (note) => {
          const result =
            asked === 'reject'
              ? await ask('approvals/reject', { ids, note })
              : await ask('approvals/give', { ids, note })
          if (!result.ok) return result.failure
          onFailure(null)
          setChosen(new Set())
          showToast('good', asked === 'reject' ? 'Rejected.' : 'Approved.')
          return null
        }}
      />
    </Panel>
  )
}

const recommendationColumns: readonly Column<Recommendation>[] = [
  {
    id: 'what',
    head: 'Change',
    isElastic: true,
    cell: ({ title }) => <span className="block truncate">{title}</span>,
    compare: (left, right) => left.title.localeCompare(right.title),
  },
  {
    id: 'risk',
    head: 'Risk',
    cell: ({ risk }) => (
      <Chip tone={risk === 'high' ? 'bad' : risk === 'medium' ? 'warn' : 'good'}>{risk}</Chip>
    ),
    compare: (left, right) => order[left.risk] - order[right.risk],
  },
  {
    id: 'undo',
    head: 'Way back',
    cell: ({ undo }) =>
      undo === 'none' ? (
        <Chip tone="bad">{undoWords.none}</Chip>
      ) : (
        <span className="text-muted">{undoWords[undo]}</span>
      ),
  },
  { id: 'account', head: 'Account', isWideOnly: true, cell: ({ account }) => account },
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

const order = { low: 0, medium: 1, high: 2 }
