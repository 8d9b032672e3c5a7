import { Popover } from 'radix-ui'
import { type SubmitEvent, useState } from 'react'
import type { AllocationDefinition } from '../../../analytics/contract/allocation'
import type { Failure } from '../../../analytics/contract/result'
import { useBridge } from '../../bridge/context'
import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { FormField } from '../../components/form-field'
import { showToast } from '../../stores/toasts'
import { useRefresh } from './use-refresh'

interface SaveFormProps {
  readonly definition: AllocationDefinition
  /** How many rules and divisions still miss something. */
  readonly unfinished: number
  readonly isChanged: boolean
  readonly onSaved: () => void
}

/** Makes a version of the draft, with a word on why for the history. */
export function SaveForm({ definition, unfinished, isChanged, onSaved }: SaveFormProps) {
  const bridge = useBridge()
  const refresh = useRefresh()
  const [open, setOpen] = useState(false)
  const [note, setNote] = useState('')
  const [isSaving, setSaving] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const save = async (event: SubmitEvent) => {
    event.preventDefault()
    setSaving(true)
    setFailure(null)
    const result = await bridge.call('allocation/save', { definition, note: note.trim() })
    setSaving(false)
    if (!result.ok) {
      setFailure(result.failure)
      return
    }
    setOpen(false)
    setNote('')
    const { set } = result.value
    showToast('good', `Saved ${set.definition.name} as version ${set.version}.`)
    await refresh()
    onSaved()
  }
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <Button
          kind="primary"
          disabled={!isChanged || unfinished > 0}
          title={unfinished > 0 ? 'Finish what is marked first' : undefined}
        >
          Save version
        </Button>
      </Popover.Trigger>
      <Popover.Portal container={document.getElementById('content')}>
        <Popover.Content
          align="end"
          sideOffset={4}
          collisionPadding={12}
          aria-label="Save version"
          className="z-40 w-80 rounded-md border border-hairline bg-raised p-3 shadow-float focus-visible:outline-none"
        >
          <form onSubmit={(event) => void save(event)} className="flex flex-col gap-3">
            <FormField label="Why (optional)" value={note} onText={setNote} maxLength={1000} />
            {failure === null ? null : <FailureNotice failure={failure} />}
            <div className="flex justify-end">
              <Button type="submit" kind="primary" disabled={isSaving}>
                Save
              </Button>
            </div>
          </form>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
