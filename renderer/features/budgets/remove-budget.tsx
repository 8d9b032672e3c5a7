import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Failure } from '../../../analytics/contract/result'
import { changeView } from '../../app/route'
import { useBridge } from '../../bridge/context'
import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { Modal } from '../../components/modal'
import { showToast } from '../../stores/toasts'

interface RemoveBudgetProps {
  readonly name: string
  readonly open: boolean
  readonly onClose: () => void
}

export function RemoveBudget({ name, open, onClose }: RemoveBudgetProps) {
  const bridge = useBridge()
  const client = useQueryClient()
  const [isRemoving, setRemoving] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const close = () => {
    setFailure(null)
    onClose()
  }
  const remove = async () => {
    setRemoving(true)
    const result = await bridge.call('budgets/remove', { name })
    setRemoving(false)
    if (!result.ok) {
      setFailure(result.failure)
      return
    }
    close()
    changeView({ budget: '' })
    showToast('good', `Removed the budget ${name}.`)
    await client.invalidateQueries({
      predicate: ({ queryKey }) => /^budgets\/(list|alerts)$/.test(String(queryKey[0])),
    })
  }
  return (
    <Modal
      open={open}
      onClose={close}
      title={`Remove the budget ${name}?`}
      description="Its alerts go with it. The bill is not touched."
    >
      {failure === null ? null : <FailureNotice failure={failure} />}
      <div className="mt-3 flex justify-end gap-2">
        <Button onClick={close}>Keep it</Button>
        <Button kind="danger" disabled={isRemoving} onClick={() => void remove()}>
          Remove {name}
        </Button>
      </div>
    </Modal>
  )
}
