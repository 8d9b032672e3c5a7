import { useQueryClient } from '@tanstack/react-query'
import { changeView } from '../../app/route'
import { useBridge } from '../../bridge/context'
import { Removal } from '../../components/removal'
import { showToast } from '../../stores/toasts'

interface RemoveBudgetProps {
  readonly name: string
  readonly open: boolean
  readonly onClose: () => void
}

export function RemoveBudget({ name, open, onClose }: RemoveBudgetProps) {
  const bridge = useBridge()
  const client = useQueryClient()
  return (
    <Removal
      open={open}
      onClose={onClose}
      title={`Remove the budget ${name}?`}
      description="Its alerts go with it. The bill is not touched."
      confirm={`Remove ${name}`}
      remove={() => bridge.call('budgets/remove', { name })}
      onRemoved={() => {
        changeView({ budget: '' })
        showToast('good', `Removed the budget ${name}.`)
        void client.invalidateQueries({
          predicate: ({ queryKey }) => /^budgets\/(list|alerts)$/.test(String(queryKey[0])),
        })
      }}
    />
  )
}
