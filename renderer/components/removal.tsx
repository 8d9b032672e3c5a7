import { useState } from 'react'
import type { Failure, Result } from '../../analytics/contract/result'
import { Button } from './button'
import { FailureNotice } from './failure-notice'
import { Modal } from './modal'

interface RemovalProps<T> {
  readonly open: boolean
  readonly onClose: () => void
  readonly title: string
  /** What goes with it, and what stays. */
  readonly description: string
  /** Names what is removed, so that the button says it by itself. */
  readonly confirm: string
  readonly remove: () => Promise<Result<T>>
  readonly onRemoved: (removed: T) => void
}

/** Asks before something is removed for good; a removal that failed is told in its place. */
export function Removal<T>(props: RemovalProps<T>) {
  const { open, onClose, title, description, confirm, remove, onRemoved } = props
  const [isRemoving, setRemoving] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const close = () => {
    setFailure(null)
    onClose()
  }
  const confirmed = async () => {
    setRemoving(true)
    const result = await remove()
    setRemoving(false)
    if (!result.ok) {
      setFailure(result.failure)
      return
    }
    close()
    onRemoved(result.value)
  }
  return (
    <Modal open={open} onClose={close} title={title} description={description}>
      {failure === null ? null : <FailureNotice failure={failure} />}
      <div className="mt-3 flex justify-end gap-2">
        <Button onClick={close}>Keep it</Button>
        <Button kind="danger" disabled={isRemoving} onClick={() => void confirmed()}>
          {confirm}
        </Button>
      </div>
    </Modal>
  )
}
