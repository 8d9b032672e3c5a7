import { CalendarX, FilterX } from 'lucide-react'
import type { CostTable, Holdings } from '../../../analytics/contract/spend'
import { Button } from '../../components/button'
import { EmptyState } from '../../components/empty-state'
import { formatDay } from '../../format/time'
import { asked, type ExplorerState, filtersOf } from './state'
import { goTo } from './use-explorer'
import { windowWords } from './words'

interface NothingFoundProps {
  readonly table: CostTable
  readonly holdings: Holdings
  readonly state: ExplorerState
}

/** Why there is nothing, and the one thing to do about it. */
export function NothingFound({ table, holdings, state }: NothingFoundProps) {
  const { from, to } = table.about.window
  const { firstDay, lastDay } = holdings
  const isCovered = firstDay !== null && lastDay !== null && from <= lastDay && to > firstDay
  if (!isCovered || filtersOf(state).length === 0) {
    return (
      <EmptyState icon={CalendarX} title="No data for this period">
        <p>
          {windowWords(from, to)} has no charges. The workspace holds{' '}
          {firstDay === null || lastDay === null ? 'none' : `${formatDay(firstDay)} – ${formatDay(lastDay)}`}.
        </p>
        <div>
          <Button kind="primary" onClick={() => goTo(asked(state, { period: { preset: 'everything' } }))}>
            Show all time
          </Button>
        </div>
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={FilterX} title="The filters leave nothing">
      <p>There are charges in {windowWords(from, to)}, and none of them passes every filter.</p>
      <div>
        <Button kind="primary" onClick={() => goTo(asked(state, { where: [], drill: [] }))}>
          Clear filters
        </Button>
      </div>
    </EmptyState>
  )
}
