import { FileSpreadsheet, FileText } from 'lucide-react'
import { useState } from 'react'
import { useBridge } from '../../bridge/context'
import { Button } from '../../components/button'
import { CopyButton } from '../../components/copy-button'
import { Money } from '../../components/money'
import { Answered } from '../../components/panel'
import { SidePanel } from '../../components/side-panel'
import { Skeleton } from '../../components/skeleton'
import { counted, formatCount } from '../../format/money'
import { useChannel } from '../../queries/use-channel'
import { saveExport } from '../../stores/save-export'
import { type LineSort, LineTable, pageText } from './line-table'
import { linesQuestion, type Scope } from './questions'
import type { ExplorerState } from './state'
import { goTo } from './use-explorer'
import { filterWords, periodWords, windowWords } from './words'

const pageLines = 100

interface LinesPanelProps {
  readonly state: ExplorerState
  readonly scope: Scope
}

/** The lines of the bill behind one place of the view, page by page. */
export function LinesPanel({ state, scope }: LinesPanelProps) {
  const { lines } = state
  if (lines === null) return null
  const within =
    lines.within === null ? periodWords(state.period) : windowWords(lines.within.from, lines.within.to)
  const hint = [...lines.where.map((filter) => filterWords(filter)), within].join(' · ')
  return (
    <SidePanel width="wide" title="Line items" hint={hint} onClose={() => goTo({ ...state, lines: null })}>
      <LinesOf key={JSON.stringify(lines)} state={state} scope={scope} />
    </SidePanel>
  )
}

function LinesOf({ state, scope }: LinesPanelProps) {
  const bridge = useBridge()
  const [sort, setSort] = useState<LineSort>({ column: 'effective', direction: 'descending' })
  // Where each page so far began: the way back through them.
  const [starts, setStarts] = useState<readonly (string | null)[]>([null])
  const question = linesQuestion(state, scope, sort, pageLines)
  const after = starts.at(-1) ?? null
  const answer = useChannel('spend/lines', { ...question, ...(after === null ? {} : { after }) })
  const save = (format: 'csv' | 'xlsx') =>
    void saveExport(bridge, { kind: 'line-items', format, request: question })
  const first = (starts.length - 1) * pageLines
  return (
    <Answered answer={answer} skeleton={<Skeleton className="h-96" />}>
      {(data) => (
        <div className="flex flex-col gap-2">
          <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <span className="font-medium">{counted(data.count, 'line item', 'line items')}</span>
            {data.sums.map((sum) => (
              <span
                key={sum.currency}
                className="text-muted"
                data-testid="lines-sum"
                data-effective={sum.effective}
              >
                Effective <Money value={sum.effective} currency={sum.currency} /> · billed{' '}
                <Money value={sum.billed} currency={sum.currency} /> {sum.currency}
              </span>
            ))}
            <span className="ml-auto flex items-center gap-1">
              <CopyButton label="Copy page as TSV" text={() => pageText(data)} />
              <Button kind="quiet" onClick={() => save('csv')}>
                <FileText size={14} aria-hidden /> CSV…
              </Button>
              <Button kind="quiet" onClick={() => save('xlsx')}>
                <FileSpreadsheet size={14} aria-hidden /> Excel…
              </Button>
            </span>
          </div>
          <LineTable
            lines={data}
            sort={sort}
            onSort={(column) => {
              setStarts([null])
              setSort((before) => ({
                column,
                direction:
                  before.column === column && before.direction === 'descending' ? 'ascending' : 'descending',
              }))
            }}
          />
          <nav aria-label="Pages of line items" className="flex items-center gap-2 text-12 text-muted">
            <span className="figures">
              {formatCount(data.rows.length === 0 ? 0 : first + 1)} to {formatCount(first + data.rows.length)}{' '}
              of {formatCount(data.count)}
            </span>
            <Button disabled={starts.length === 1} onClick={() => setStarts(starts.slice(0, -1))}>
              Previous page
            </Button>
            <Button disabled={data.next === null} onClick={() => setStarts([...starts, data.next])}>
              Next page
            </Button>
          </nav>
        </div>
      )}
    </Answered>
  )
}
