import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Source } from '../../../analytics/contract/imports'
import type { Failure } from '../../../analytics/contract/result'
import { useBridge } from '../../bridge/context'
import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { Modal } from '../../components/modal'
import { counted } from '../../format/money'
import { showToast } from '../../stores/toasts'

interface RemoveSourceProps {
  readonly source: Source
  readonly open: boolean
  readonly onClose: () => void
}

/** A dialog, since what was removed comes back only by importing it again. */
export function RemoveSource({ source, open, onClose }: RemoveSourceProps) {
  const bridge = useBridge()
  const client = useQueryClient()
  const [isRemoving, setRemoving] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const remove = async () => {
    setRemoving(true)
    const result = await bridge.call('sources/remove', { name: source.name })
    setRemoving(false)
    if (!result.ok) {
      setFailure(result.failure)
      return
    }
    onClose()
    showToast('good', `Removed ${source.name}: ${counted(result.value.periods, 'period', 'periods')}.`)
    await client.invalidateQueries()
  }
  return (
    <Modal
      open={open}
      onClose={onClose}
      title={`Remove ${source.name}?`}
      description={`Its ${counted(source.periods.length, 'period', 'periods')} leave every figure of this workspace. The files they were read from stay where they are and can be imported again.`}
    >
      {failure === null ? null : <FailureNotice failure={failure} />}
      <div className="mt-3 flex justify-end gap-2">
        <Button onClick={onClose}>Keep it</Button>
        <Button kind="danger" disabled={isRemoving} onClick={() => void remove()}>
          Remove {counted(source.periods.length, 'period', 'periods')}
        </Button>
      </div>
    </Modal>
  )
}
