import { useState } from 'react'
import type { AllocationSet } from '../../../analytics/contract/allocation'
import type { Preset } from '../../../analytics/contract/periods'
import { Button } from '../../components/button'
import { classNames } from '../../components/class-names'
import { Moment } from '../../components/moment'
import { Answered, Panel } from '../../components/panel'
import { SidePanel } from '../../components/side-panel'
import { Skeleton } from '../../components/skeleton'
import { counted } from '../../format/money'
import { useChannel } from '../../queries/use-channel'
import type { Scope } from '../explorer/questions'
import { presetWords } from '../explorer/words'
import { MovesTable } from './outcome'

interface HistoryPanelProps {
  readonly current: AllocationSet
  readonly period: Preset
  readonly scope: Scope
  readonly onClose: () => void
  readonly onRestore: (former: AllocationSet) => void
}

/** Every version that was saved, what each changed in money, and the way back to it. */
export function HistoryPanel({ current, period, scope, onClose, onRestore }: HistoryPanelProps) {
  const { name } = current.definition
  const [chosen, setChosen] = useState(current.version)
  const versions = useChannel('allocation/versions', { name })
  const moves = useChannel(
    'allocation/moves',
    {
      name,
      version: chosen,
      measure: scope.basis,
      period,
      ...(scope.currency === null ? {} : { currency: scope.currency }),
    },
    { enabled: chosen > 1 },
  )
  return (
    <SidePanel title={`History of ${name}`} width="narrow" onClose={onClose}>
      <Answered answer={versions} skeleton={<Skeleton className="h-24" />}>
        {(data) => (
          <ul aria-label="Versions" className="mb-6 flex flex-col border-hairline border-t">
            {data.versions.map((one) => (
              <li key={one.version} className="flex min-h-9 items-center gap-3 border-hairline border-b">
                <button
                  type="button"
                  aria-pressed={one.version === chosen}
                  onClick={() => setChosen(one.version)}
                  className={classNames(
                    'flex min-w-0 grow items-baseline gap-3 rounded px-2 py-1 text-left hover:bg-hover',
                    one.version === chosen && 'bg-accent-soft text-accent',
                  )}
                >
                  <span className="shrink-0 font-medium">Version {one.version}</span>
                  <span className="shrink-0 text-12">
                    <Moment instant={one.savedAt} />
                  </span>
                  <span className="min-w-0 truncate text-12">
                    {one.note === '' ? counted(one.definition.rules.length, 'rule', 'rules') : one.note}
                  </span>
                </button>
                {one.version === current.version ? (
                  <span className="shrink-0 pr-2 text-12 text-muted">in force</span>
                ) : (
                  <Button aria-label={`Restore version ${one.version}`} onClick={() => onRestore(one)}>
                    Restore
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </Answered>
      <Panel title={`What version ${chosen} moved`} hint={presetWords[period]}>
        {chosen === 1 ? (
          <p className="text-muted">The first version has none before it.</p>
        ) : (
          <Answered answer={moves} skeleton={<Skeleton className="h-24" />}>
            {(data) => <MovesTable moves={data} />}
          </Answered>
        )}
      </Panel>
    </SidePanel>
  )
}
