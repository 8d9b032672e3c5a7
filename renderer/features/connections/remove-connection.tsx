import { useQueryClient } from '@tanstack/react-query'
import { useBridge } from '../../bridge/context'
import { Removal } from '../../components/removal'
import { showToast } from '../../stores/toasts'

interface RemoveConnectionProps {
  readonly name: string
  readonly hasKeys: boolean
  readonly open: boolean
  readonly onClose: () => void
  readonly onRemoved: () => void
}

export function RemoveConnection({ name, hasKeys, open, onClose, onRemoved }: RemoveConnectionProps) {
  const bridge = useBridge()
  const client = useQueryClient()
  return (
    <Removal
      open={open}
      onClose={onClose}
      title={`Remove the connection ${name}?`}
      description={`${hasKeys ? 'Its keys are removed from the keychain of this system; in AWS they stay valid until they are deleted there.' : 'The role in AWS stays as it is.'} What was scanned with it stays.`}
      confirm={`Remove ${name}`}
      remove={() => bridge.call('connections/remove', { name })}
      onRemoved={({ note }) => {
        showToast(note === null ? 'good' : 'plain', `Removed the connection ${name}.`, note)
        void client.invalidateQueries({ queryKey: ['connections/list'] })
        onRemoved()
      }}
    />
  )
}
