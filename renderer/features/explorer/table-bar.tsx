import { Sigma } from 'lucide-react'
import type { CostTable } from '../../../analytics/contract/spend'
import { Button } from '../../components/button'
import { Segmented } from '../../components/segmented'
import { counted } from '../../format/money'
import { formatDay } from '../../format/time'
import { ColumnsMenu } from './columns-menu'
import { asked, type ExplorerState } from './state'
import { goTo } from './use-explorer'
import { windowWords } from './words'

interface TableBarProps {
  readonly state: ExplorerState
  readonly table: CostTable | undefined
  readonly onExplain: () => void
}

const layouts = [
  { value: 'groups', title: 'Totals' },
  { value: 'times', title: 'Over time' },
  { value: 'columns', title: 'In columns' },
] as const

/** What the table holds and of which days, and how it is laid out. */
export function TableBar({ state, table, onExplain }: TableBarProps) {
  return (
    <div className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1 border-hairline border-t pt-1">
      {table === undefined ? null : (
        <p className="text-12 text-muted" data-testid="table-facts">
          <span className="font-medium text-ink">{counted(table.rowCount, 'row', 'rows')}</span> ·{' '}
          {windowWords(table.about.window.from, table.about.window.to)}
          {table.about.previous === null
            ? ''
            : ` vs ${windowWords(table.about.previous.from, table.about.previous.to)}`}
          , UTC billing days
          {table.about.asOf === null ? '' : ` · data as of ${formatDay(table.about.asOf)}`}
        </p>
      )}
      <div className="ml-auto flex items-center gap-2">
        <Segmented
          label="Table"
          value={state.rows}
          options={layouts}
          onChange={(rows) => goTo(asked(state, { rows }))}
        />
        {table === undefined ? null : <ColumnsMenu table={table} state={state} />}
        <Button kind="quiet" onClick={onExplain}>
          <Sigma size={14} aria-hidden />
          How computed
        </Button>
      </div>
    </div>
  )
}
