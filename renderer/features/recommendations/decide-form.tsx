import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Failure } from '../../../analytics/contract/result'
import { useBridge } from '../../bridge/context'
import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { FormField } from '../../components/form-field'
import { counted } from '../../format/money'
import { addDays } from '../../format/time'
import { showToast } from '../../stores/toasts'

export type Verb = 'snoozed' | 'dismissed'

interface DecideFormProps {
  readonly ids: readonly string[]
  readonly verb: Verb
  readonly onClose: () => void
}

const today = () => new Date().toISOString().slice(0, 10)

/** Why something is not done, and until when: whoever looks next sees it. */
export function DecideForm({ ids, verb, onClose }: DecideFormProps) {
  const decide = useDecide()
  const [note, setNote] = useState('')
  const [until, setUntil] = useState(addDays(today(), 30))
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isBusy, setBusy] = useState(false)
  const send = async () => {
    setBusy(true)
    const refused = await decide(ids, verb, note, verb === 'snoozed' ? until : null)
    setBusy(false)
    setFailure(refused)
    if (refused === null) onClose()
  }
  return (
    <form
      className="flex flex-wrap items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      {failure === null ? null : (
        <div className="w-full">
          <FailureNotice failure={failure} />
        </div>
      )}
      <FormField label="Reason" value={note} onText={setNote} maxLength={2_000} className="w-72" required />
      {verb === 'snoozed' ? (
        <FormField
          label="Open again on"
          type="date"
          value={until}
          onText={setUntil}
          min={addDays(today(), 1)}
          required
        />
      ) : null}
      <Button kind="primary" type="submit" disabled={isBusy}>
        {verb === 'snoozed' ? 'Snooze' : 'Dismiss'}{' '}
        {ids.length === 1 ? 'it' : counted(ids.length, 'one', 'of them')}
      </Button>
      <Button kind="quiet" onClick={onClose}>
        Cancel
      </Button>
    </form>
  )
}

/** Decides and asks the list anew; answers with what stood in the way. */
export function useDecide() {
  const bridge = useBridge()
  const client = useQueryClient()
  return async (
    ids: readonly string[],
    state: Verb | 'open',
    note: string,
    until: string | null,
  ): Promise<Failure | null> => {
    const result = await bridge.call('recommendations/decide', { ids: [...ids], state, note, until })
    if (!result.ok) return result.failure
    const done = { snoozed: 'Snoozed', dismissed: 'Dismissed', open: 'Opened again' }[state]
    showToast('good', `${done}: ${counted(result.value.decided, 'recommendation', 'recommendations')}.`)
    await client.invalidateQueries({
      predicate: ({ queryKey }) => /^recommendations\/(list|read|total)$/.test(String(queryKey[0])),
    })
    return null
  }
}
