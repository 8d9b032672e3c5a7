import { useQueryClient } from '@tanstack/react-query'
import type { S3Source } from '../../../analytics/contract/s3-sources'
import { useBridge } from '../../bridge/context'
import { Removal } from '../../components/removal'
import { showToast } from '../../stores/toasts'

interface RemoveS3SourceProps {
  readonly source: S3Source
  readonly open: boolean
  readonly onClose: () => void
}

export function RemoveS3Source({ source: { name }, open, onClose }: RemoveS3SourceProps) {
  const bridge = useBridge()
  const client = useQueryClient()
  return (
    <Removal
      open={open}
      onClose={onClose}
      title={`Remove the S3 source ${name}?`}
      description="The copy of its files on this machine is deleted. Figures that were imported from it stay, and nothing in the bucket changes."
      confirm={`Remove ${name}`}
      remove={() => bridge.call('s3/remove', { name })}
      onRemoved={() => {
        showToast('good', `Removed the S3 source ${name}.`)
        void client.invalidateQueries({ queryKey: ['s3/list'] })
      }}
    />
  )
}
