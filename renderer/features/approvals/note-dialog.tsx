import { useState } from 'react'
import type { Failure } from '../../../analytics/contract/result'
import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { FormField } from '../../components/form-field'
import { Modal } from '../../components/modal'

interface NoteDialogProps {
  readonly open: boolean
  readonly title: string
  readonly description: string
  readonly confirm: string
  readonly isOptional?: boolean
  readonly onClose: () => void
  /** null: it went through. */
  readonly onNote: (note: string) => Promise<Failure | null>
}

/** Asks why; the answer stands in the journal. */
export function NoteDialog(props: NoteDialogProps) {
  const { open, title, description, confirm, isOptional = false, onClose, onNote } = props
  const [note, setNote] = useState('')
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isBusy, setBusy] = useState(false)
  const close = () => {
    setNote('')
    setFailure(null)
    onClose()
  }
  const submit = async () => {
    setBusy(true)
    const refused = await onNote(note.trim())
    setBusy(false)
    if (refused === null) close()
    else setFailure(refused)
  }
  return (
    <Modal open={open} onClose={close} title={title} description={description}>
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        {failure === null ? null : <FailureNotice failure={failure} />}
        <FormField
          label={isOptional ? 'Note, if you like' : 'Why'}
          value={note}
          onText={setNote}
          maxLength={2_000}
          required={!isOptional}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={close}>Cancel</Button>
          <Button kind="primary" type="submit" disabled={isBusy || (!isOptional && note.trim() === '')}>
            {confirm}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
