import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { ChannelInput, ChannelName, ChannelOutput } from '../../analytics/contract/channels'
import type { Failure } from '../../analytics/contract/result'
import type { Bridge } from '../bridge/bridge'
import { useBridge } from '../bridge/context'
import { useConnection } from '../stores/connection'
import { ChannelFailure, toFailure } from './channel-failure'

const answersFromData: ReadonlySet<ChannelName> = new Set<ChannelName>([
  'sources/list',
  'sources/bridge',
  'sources/restatements',
  'sources/ledger',
  'sources/rejected',
  'holdings/read',
  'spend/query',
  'spend/series',
  'spend/lines',
  'spend/values',
  'spend/keys',
  'spend/explain',
  'overview/read',
  'engine/health',
  'spend/series',
  'forecast/run',
  'anomalies/find',
  'anomalies/replay',
  'allocation/show',
  'allocation/moves',
  'budgets/list',
  'budgets/read',
  'budgets/alerts',
  'overview/movers',
  'anomalies/alerts',
  'units/read',
  'tags/hygiene',
  'tags/untagged',
  'spend/split',
  'split/nodes',
  'inventory/list',
  'inventory/read',
  'recommendations/list',
  'recommendations/read',
  'recommendations/total',
  'reports/preview',
])

export interface ChannelAnswer<T> {
  /** The newest answer there is; an older one while a newer is on its way or could not be had. */
  readonly data: T | undefined
  readonly failure: Failure | null
  /** Nothing to show yet. */
  readonly isFirstLoad: boolean
  readonly isFetching: boolean
  /** There has been an answer or a failure, whatever is being asked now. */
  readonly isSettled: boolean
  /** Data of an older question or of older figures. */
  readonly isStale: boolean
  readonly wasCancelled: boolean
  readonly cancel: () => void
  readonly retry: () => void
}

export function channelKey(channel: ChannelName, input: unknown, dataVersion: number): readonly unknown[] {
  return answersFromData.has(channel) ? [channel, input, dataVersion] : [channel, input]
}

/** A question as the cache knows it, whoever asks. */
export function channelQuery<C extends ChannelName>(
  bridge: Bridge,
  channel: C,
  input: ChannelInput<C>,
  dataVersion: number,
) {
  return {
    queryKey: channelKey(channel, input, dataVersion),
    queryFn: async ({ signal }: { readonly signal: AbortSignal }): Promise<ChannelOutput<C>> => {
      const result = await bridge.call(channel, input, { signal })
      if (!result.ok) throw new ChannelFailure(result.failure)
      return result.value
    },
  }
}

export function useChannel<C extends ChannelName>(
  channel: C,
  input: ChannelInput<C>,
  options: { readonly enabled?: boolean } = {},
): ChannelAnswer<ChannelOutput<C>> {
  const bridge = useBridge()
  const client = useQueryClient()
  const dataVersion = useConnection((state) => state.dataVersion)
  const enabled = options.enabled ?? true
  const asked = channelQuery(bridge, channel, input, dataVersion)
  const { queryKey } = asked
  const question = JSON.stringify([channel, input])
  const query = useQuery<ChannelOutput<C>>({
    ...asked,
    enabled,
    placeholderData: keepPreviousData,
  })

  // After a failure the cache forgets the answer of the version before. It is still the best there is, but only
  // for the very same question: figures of another cost basis under this one's name would be wrong.
  const last = useRef<{ readonly question: string; readonly data: ChannelOutput<C> } | null>(null)
  const fresh = query.isPlaceholderData ? undefined : query.data
  useEffect(() => {
    if (fresh !== undefined) last.current = { question, data: fresh }
  }, [fresh, question])
  const remembered = last.current?.question === question ? last.current.data : undefined
  const data = query.data ?? (query.isError ? remembered : undefined)

  return {
    data,
    failure: query.error === null ? null : toFailure(query.error),
    isFirstLoad: data === undefined && query.isFetching,
    isFetching: query.isFetching,
    isSettled: query.isFetched,
    isStale: data !== undefined && (query.isPlaceholderData || query.isError),
    wasCancelled: enabled && query.isPending && !query.isFetching,
    cancel: () => void client.cancelQueries({ queryKey }),
    retry: () => void query.refetch(),
  }
}
