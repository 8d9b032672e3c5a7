import { useQueryClient } from '@tanstack/react-query'
import type { Source } from '../../../analytics/contract/imports'
import { useBridge } from '../../bridge/context'
import { Removal } from '../../components/removal'
import { counted } from '../../format/money'
import { showToast } from '../../stores/toasts'

interface RemoveSourceProps {
  readonly source: Source
  readonly open: boolean
  readonly onClose: () => void
}

/** A dialog, since what was removed comes back only by importing it again. */
export function RemoveSource({ source: { name, periods }, open, onClose }: RemoveSourceProps) {
  const bridge = useBridge()
  const client = useQueryClient()
  const leaving = counted(periods.length, 'period', 'periods')
  return (
    <Removal
      open={open}
      onClose={onClose}
      title={`Remove ${name}?`}
      description={`Its ${leaving} leave every figure of this workspace. The files they were read from stay where they are and can be imported again.`}
      confirm={`Remove ${leaving}`}
      remove={() => bridge.call('sources/remove', { name })}
      onRemoved={(removed) => {
        showToast('good', `Removed ${name}: ${counted(removed.periods, 'period', 'periods')}.`)
        void client.invalidateQueries()
      }}
    />
  )
}
