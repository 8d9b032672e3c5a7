import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ImportedPeriod } from '../../../analytics/contract/imports'
import { useBridge } from '../../bridge/context'
import { Button } from '../../components/button'
import { showToast } from '../../stores/toasts'
import { CheckList } from './checks'

/** The checks of a month, and the one that reads its files again and so waits to be asked. */
export function MonthChecks({ month }: { readonly month: ImportedPeriod }) {
  const bridge = useBridge()
  const client = useQueryClient()
  const [isChecking, setChecking] = useState(false)
  const check = async () => {
    setChecking(true)
    const result = await bridge.call('sources/check', { name: month.source })
    setChecking(false)
    if (!result.ok) showToast('bad', result.failure.message, result.failure.hint ?? null)
    await client.invalidateQueries()
  }
  return (
    <div className="flex flex-col gap-4">
      <CheckList checks={month.checks} />
      <div className="flex items-center gap-3">
        <Button disabled={isChecking} onClick={() => void check()}>
          {isChecking ? 'Reading the files…' : 'Look for repeated lines'}
        </Button>
        <p className="text-12 text-muted">Reads all files of {month.source} again; it may take a while.</p>
      </div>
    </div>
  )
}
