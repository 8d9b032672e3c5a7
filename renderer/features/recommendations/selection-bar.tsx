import { useState } from 'react'
import type { RecommendationsRequest } from '../../../analytics/contract/findings'
import { Button } from '../../components/button'
import { Money } from '../../components/money'
import { counted } from '../../format/money'
import { useChannel } from '../../queries/use-channel'
import { DecideForm, useDecide, type Verb } from './decide-form'

interface SelectionBarProps {
  readonly ids: readonly string[]
  readonly request: RecommendationsRequest
  readonly onClear: () => void
}

/** What a selection would really save, and what can be done with all of it. */
export function SelectionBar({ ids, request, onClear }: SelectionBarProps) {
  const [verb, setVerb] = useState<Verb | null>(null)
  const decide = useDecide()
  const { data } = useChannel('recommendations/total', { ids: [...ids], request })
  const close = () => {
    setVerb(null)
    onClear()
  }
  return (
    <section
      aria-label="Selection"
      className="sticky bottom-0 z-10 mt-2 flex flex-wrap items-center gap-3 rounded-md border border-hairline bg-raised px-3 py-2 shadow-float"
    >
      <span className="font-medium">{counted(ids.length, 'selected', 'selected')}</span>
      <span data-testid="selection-total" className="text-muted">
        {data === undefined || data.totals.length === 0
          ? 'Saves nothing'
          : data.totals.map(({ saving, currency }) => (
              <span key={currency} className="mr-2">
                <span className="font-semibold text-ink">
                  <Money value={saving} currency={currency} />
                </span>{' '}
                {currency} a month
              </span>
            ))}
        {data !== undefined && data.covered.length > 0
          ? `${counted(data.covered.length, 'adds', 'add')} nothing: another one saves the same money`
          : ''}
      </span>
      {verb === null ? (
        <div className="ml-auto flex gap-2">
          <Button onClick={() => setVerb('snoozed')}>Snooze</Button>
          <Button onClick={() => setVerb('dismissed')}>Dismiss</Button>
          <Button onClick={() => void decide(ids, 'open', '', null).then(onClear)}>Open again</Button>
          <Button kind="quiet" onClick={onClear}>
            Clear
          </Button>
        </div>
      ) : (
        <div className="ml-auto">
          <DecideForm ids={ids} verb={verb} onClose={close} />
        </div>
      )}
    </section>
  )
}
