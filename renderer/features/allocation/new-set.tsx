import { type SubmitEvent, useState } from 'react'
import { Button } from '../../components/button'
import { FormField } from '../../components/form-field'
import { Modal } from '../../components/modal'

interface NewSetProps {
  readonly open: boolean
  readonly names: readonly string[]
  readonly onClose: () => void
  readonly onStart: (name: string) => void
}

/** Asks for the dimension that the rules are to make. */
export function NewSet({ open, names, onClose, onStart }: NewSetProps) {
  const [text, setText] = useState('')
  const name = text.trim().toLowerCase()
  const problem = names.includes(name)
    ? 'There is a set of this name.'
    : name !== '' && !/^[a-z0-9][a-z0-9-]{0,59}$/.test(name)
      ? 'Use letters, digits and hyphens.'
      : null
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (name === '' || problem !== null) return
    setText('')
    onStart(name)
  }
  return (
    <Modal
      open={open}
      onClose={onClose}
      title="New set of rules"
      description="A set makes one dimension, such as team, product or customer. Explorer groups by it."
    >
      <form onSubmit={submit} className="flex flex-col gap-3">
        <FormField autoFocus label="Name" value={text} onText={setText} maxLength={60} placeholder="team" />
        <p role="status" className="min-h-5 text-12 text-bad">
          {problem}
        </p>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Close</Button>
          <Button type="submit" kind="primary" disabled={name === '' || problem !== null}>
            Start
          </Button>
        </div>
      </form>
    </Modal>
  )
}
