import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Source } from '../../../analytics/contract/imports'
import { useBridge } from '../../bridge/context'
import { Button } from '../../components/button'
import { counted } from '../../format/money'
import { showToast } from '../../stores/toasts'

/** Months that another export of the same payer brings into the figures; this one can be chosen instead. */
export function PreferSource({ source }: { readonly source: Source }) {
  const bridge = useBridge()
  const client = useQueryClient()
  const [isChanging, setChanging] = useState(false)
  const left = source.periods.filter((period) => !period.counted).length
  if (left === 0) return null
  const prefer = async () => {
    setChanging(true)
    const result = await bridge.call('sources/prefer', { name: source.name })
    setChanging(false)
    if (result.ok) {
      const months = counted(result.value.periods, 'period', 'periods')
      showToast('good', `${source.name} feeds the figures of ${months}.`)
    } else showToast('bad', result.failure.message, result.failure.hint ?? null)
    await client.invalidateQueries()
  }
  return (
    <div className="mb-2 flex items-center gap-3 rounded-md bg-warn-soft px-3 py-1.5">
      <p>{counted(left, 'period is', 'periods are')} in another export too and counted from there, once.</p>
      <Button disabled={isChanging} onClick={() => void prefer()}>
        Count {source.name} instead
      </Button>
    </div>
  )
}
