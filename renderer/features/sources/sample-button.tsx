import { useBridge } from '../../bridge/context'
import { Button, type ButtonProps } from '../../components/button'
import { useIsWorking } from '../../stores/work'
import { fillWithSampleData } from '../../stores/work-actions'

export function SampleButton({ kind = 'plain' }: Pick<ButtonProps, 'kind'>) {
  const bridge = useBridge()
  const isRunning = useIsWorking()
  return (
    <Button kind={kind} disabled={isRunning} onClick={() => void fillWithSampleData(bridge)}>
      Fill with sample data
    </Button>
  )
}
