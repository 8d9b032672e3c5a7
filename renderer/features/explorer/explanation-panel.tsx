import { create } from 'zustand'
import type { ChannelOutput } from '../../../analytics/contract/channels'
import type { Filter } from '../../../analytics/contract/dimensions'
import { CopyButton } from '../../components/copy-button'
import { type Column, DataTable } from '../../components/data-table'
import { Moment } from '../../components/moment'
import { Answered } from '../../components/panel'
import { ScrollRegion } from '../../components/scroll-region'
import { SidePanel } from '../../components/side-panel'
import { Skeleton } from '../../components/skeleton'
import { formatCount } from '../../format/money'
import { formatDay, formatMonth } from '../../format/time'
import { useChannel } from '../../queries/use-channel'
import { type Scope, tableQuestion, whereOf } from './questions'
import type { ExplorerState } from './state'
import { windowWords } from './words'

interface Explained {
  readonly title: string
  readonly filters: readonly Filter[]
  readonly time: { readonly from: string; readonly to: string } | null
}

const useExplained = create<{ readonly explained: Explained | null }>()(() => ({ explained: null }))

export function showExplanation(explained: Explained | null): void {
  useExplained.setState({ explained })
}

type Explanation = ChannelOutput<'spend/explain'>
type Delivery = Explanation['sources'][number]

const columns: readonly Column<Delivery>[] = [
  { id: 'period', head: 'Period', cell: (row) => formatMonth(row.period) },
  { id: 'source', head: 'Source', cell: (row) => row.source },
  { id: 'payer', head: 'Payer', cell: (row) => row.payer },
  { id: 'rows', head: 'Rows', isFigure: true, cell: (row) => formatCount(row.rows) },
  { id: 'state', head: 'State', cell: (row) => (row.estimated ? 'estimated' : 'final') },
  {
    id: 'files',
    head: 'Files',
    isFigure: true,
    cell: (row) => <span title={row.files.join('\n')}>{formatCount(row.files.length)}</span>,
  },
  { id: 'imported', head: 'Imported', cell: (row) => <Moment instant={row.importedAt} /> },
]

/** Where a figure comes from: the statement, the table it reads, and the deliveries that filled it. */
export function ExplanationPanel({ state, scope }: { readonly state: ExplorerState; readonly scope: Scope }) {
  const explained = useExplained((store) => store.explained)
  if (explained === null) return null
  return (
    <SidePanel
      width="wide"
      title="How this is computed"
      hint={explained.title}
      onClose={() => showExplanation(null)}
    >
      <ExplanationOf state={state} scope={scope} explained={explained} />
    </SidePanel>
  )
}

interface ExplanationOfProps {
  readonly state: ExplorerState
  readonly scope: Scope
  readonly explained: Explained
}

function ExplanationOf({ state, scope, explained }: ExplanationOfProps) {
  const { period, from, to, where: _where, ...question } = tableQuestion(state, scope)
  const where = whereOf(state, scope, explained.filters)
  const answer = useChannel('spend/explain', {
    ...question,
    ...(explained.time === null
      ? period === undefined
        ? { from, to }
        : { period }
      : { from: explained.time.from, to: explained.time.to }),
    ...(where.length === 0 ? {} : { where }),
  })
  return (
    <Answered answer={answer} skeleton={<Skeleton className="h-60" />}>
      {(data) => <Facts explanation={data} />}
    </Answered>
  )
}

function Facts({ explanation }: { readonly explanation: Explanation }) {
  const { statements, table, reason, window, previous, asOf, dataVersion, sources } = explanation
  const sql = statements.join(';\n\n')
  const facts = [
    ['Days', `${windowWords(window.from, window.to)}, UTC billing days`],
    ...(previous === null ? [] : [['Compared with', windowWords(previous.from, previous.to)]]),
    ['Data as of', asOf === null ? 'no data' : formatDay(asOf)],
    ['Data version', String(dataVersion)],
    ['Table', table],
    ['Why this table', reason],
  ]
  return (
    <div className="flex flex-col gap-4">
      <dl className="grid grid-cols-[max-content_1fr] gap-x-6 gap-y-1">
        {facts.map(([what, value]) => (
          <div key={what} className="contents">
            <dt className="text-muted">{what}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <section aria-label="Deliveries">
        <h3 className="mb-1 font-semibold">Deliveries it reads</h3>
        <DataTable
          caption="Deliveries"
          columns={columns}
          rows={sources}
          rowKey={(row) => `${row.source} ${row.period} ${row.payer}`}
          className="max-h-80"
        />
      </section>
      <section aria-label="SQL">
        <div className="mb-1 flex items-center justify-between">
          <h3 className="font-semibold">SQL, as it runs in DuckDB</h3>
          <CopyButton label="Copy SQL" text={() => sql} />
        </div>
        <ScrollRegion label="SQL" className="max-h-96 rounded-md bg-sunken p-3">
          <pre className="font-mono text-12 whitespace-pre">{sql}</pre>
        </ScrollRegion>
      </section>
    </div>
  )
}
