import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Failure } from '../../../analytics/contract/result'
import type { S3Source } from '../../../analytics/contract/s3-sources'
import { useBridge } from '../../bridge/context'
import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { Modal } from '../../components/modal'
import { showToast } from '../../stores/toasts'

interface RemoveS3SourceProps {
  readonly source: S3Source
  readonly open: boolean
  readonly onClose: () => void
}

export function RemoveS3Source({ source, open, onClose }: RemoveS3SourceProps) {
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
    const result = await bridge.call('s3/remove', { name: source.name })
    setRemoving(false)
    if (!result.ok) {
      setFailure(result.failure)
      return
    }
    close()
    showToast('good', `Removed the S3 source ${source.name}.`)
    await client.invalidateQueries({ queryKey: ['s3/list'] })
  }
  return (
    <Modal
      open={open}
      onClose={close}
      title={`Remove the S3 source ${source.name}?`}
      description="The copy of its files on this machine is deleted. Figures that were imported from it stay, and nothing in the bucket changes."
    >
      {failure === null ? null : <FailureNotice failure={failure} />}
      <div className="mt-3 flex justify-end gap-2">
        <Button onClick={close}>Keep it</Button>
        <Button kind="danger" disabled={isRemoving} onClick={() => void remove()}>
          Remove {source.name}
        </Button>
      </div>
    </Modal>
  )
}
