import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { ChannelInput, ChannelName, ChannelOutput } from '../../../analytics/contract/channels'
import type { Result } from '../../../analytics/contract/result'
import { useBridge } from '../../bridge/context'

const touched = /^(approvals|executions|journal|recommendations)\//

/** Asks for a change and has everything that shows approvals, executions or the journal asked again. */
export function useChanges() {
  const bridge = useBridge()
  const client = useQueryClient()
  const refresh = useCallback(
    () => client.invalidateQueries({ predicate: ({ queryKey }) => touched.test(String(queryKey[0])) }),
    [client],
  )
  const ask = useCallback(
    async <C extends ChannelName>(channel: C, input: ChannelInput<C>): Promise<Result<ChannelOutput<C>>> => {
      const result = await bridge.call(channel, input)
      await refresh()
      return result
    },
    [bridge, refresh],
  )
  return { ask, refresh }
}
