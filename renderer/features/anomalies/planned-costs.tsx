import { useQueryClient } from '@tanstack/react-query'
import { Plus, Trash2 } from 'lucide-react'
import type { PlannedEvent } from '../../../analytics/contract/anomalies'
import { useBridge } from '../../bridge/context'
import { Button, IconButton } from '../../components/button'
import { Answered, Panel } from '../../components/panel'
import { Skeleton } from '../../components/skeleton'
import { formatDays } from '../../format/time'
import { useChannel } from '../../queries/use-channel'
import { showToast } from '../../stores/toasts'
import { type AccountNames, valueName } from './anomaly-words'
import { askAgain } from './judge'
import { emptyDraft, type PlannedDraft } from './planned-draft'
import { PlannedForm } from './planned-form'

interface PlannedCostsProps {
  readonly draft: PlannedDraft | null
  readonly names: AccountNames
  readonly onDraft: (draft: PlannedDraft | null) => void
}

function placeOf({ where }: PlannedEvent, names: AccountNames): string {
  if (where.length === 0) return 'the whole bill'
  return where
    .map(({ dimension, value }) => valueName({ dimension, value: String(value) }, names))
    .join(' · ')
}

/** Costs somebody expects: what they explain is not told as an anomaly. */
export function PlannedCosts({ draft, names, onDraft }: PlannedCostsProps) {
  const bridge = useBridge()
  const client = useQueryClient()
  const answer = useChannel('anomalies/planned', {})
  const remove = async ({ name }: PlannedEvent) => {
    const result = await bridge.call('anomalies/unplan', { name })
    if (result.ok) showToast('good', `No longer planned: ${name}.`)
    else showToast('bad', result.failure.message, result.failure.hint ?? null)
    await askAgain(client)
  }
  return (
    <Panel
      title="Planned costs"
      actions={
        draft === null ? (
          <Button onClick={() => onDraft(emptyDraft)}>
            <Plus size={14} aria-hidden />
            Plan a cost
          </Button>
        ) : null
      }
    >
      {draft === null ? null : (
        <PlannedForm draft={draft} names={names} onChange={onDraft} onClose={() => onDraft(null)} />
      )}
      <Answered answer={answer} skeleton={<Skeleton className="h-12" />}>
        {({ events }) =>
          events.length === 0 ? (
            <p className="text-muted">Nothing is planned.</p>
          ) : (
            <ul aria-label="Planned costs" className="flex flex-col">
              {events.map((event) => (
                <li key={event.name} className="flex items-center gap-2 border-hairline border-b py-1">
                  <span className="flex min-w-0 grow flex-col">
                    <span className="truncate font-medium">{event.name}</span>
                    <span className="truncate text-12 text-muted">
                      {formatDays(event.from, event.to)}, {placeOf(event, names)}
                      {event.note === '' ? '' : `. ${event.note}`}
                    </span>
                  </span>
                  <IconButton label={`Remove ${event.name}`} onClick={() => void remove(event)}>
                    <Trash2 size={14} aria-hidden />
                  </IconButton>
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
    </Panel>
  )
}
