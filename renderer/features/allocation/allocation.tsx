import { Split } from 'lucide-react'
import { useState } from 'react'
import { changeView, useRoute } from '../../app/route'
import { Button } from '../../components/button'
import { EmptyState } from '../../components/empty-state'
import { Answered } from '../../components/panel'
import { Skeleton } from '../../components/skeleton'
import { useChannel } from '../../queries/use-channel'
import { useScope } from '../explorer/use-explorer'
import { AllocationSetView } from './allocation-set-view'
import { emptyDraft } from './draft'
import { keepDraft, useDrafts } from './draft-store'
import { NewSet } from './new-set'

/** Sets of rules that say whose spend is whose, each with a live preview of what it makes of the bill. */
export function Allocation() {
  const { view } = useRoute()
  const listed = useChannel('allocation/list', {})
  const scope = useScope()
  const drafts = useDrafts((state) => state.drafts)
  const [isNaming, setNaming] = useState(false)
  const sets = listed.data?.sets ?? []
  const names = [...new Set([...sets.map(({ definition }) => definition.name), ...Object.keys(drafts)])]
  const name = view.set !== undefined && names.includes(view.set) ? view.set : names[0]
  const saved = sets.find(({ definition }) => definition.name === name) ?? null
  const start = (next: string) => {
    setNaming(false)
    keepDraft(next, emptyDraft(next, 'effective'))
    changeView({ set: next })
  }
  return (
    <Answered answer={listed} skeleton={<Skeleton className="h-96" />}>
      {() => (
        <>
          <NewSet open={isNaming} names={names} onClose={() => setNaming(false)} onStart={start} />
          {scope === null ? (
            <Skeleton className="h-96" />
          ) : name === undefined ? (
            <EmptyState icon={Split} title="No rules yet">
              <p>
                Rules give spend to teams, products or customers: the first that matches counts, shared cost
                is divided, and what is left stays in sight. They hold for every month that has been imported.
              </p>
              <div>
                <Button kind="primary" onClick={() => setNaming(true)}>
                  New set of rules
                </Button>
              </div>
            </EmptyState>
          ) : (
            <AllocationSetView
              key={name}
              name={name}
              names={names}
              saved={saved}
              scope={scope}
              onNew={() => setNaming(true)}
            />
          )}
        </>
      )}
    </Answered>
  )
}
