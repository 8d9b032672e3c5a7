import type { QueryClient } from '@tanstack/react-query'
import type { Settings } from '../../analytics/contract/application'
import type { OverviewRequest } from '../../analytics/contract/overview'
import type { Bridge } from '../bridge/bridge'
import { channelQuery } from './use-channel'

/** The question Overview asks, in one place, so that asking ahead asks the same one. */
export function overviewQuestion({ basis, currency }: Settings): OverviewRequest {
  return { measure: basis, ...(currency === null ? {} : { currency }) }
}

/** Overview's questions, sent while the page is still being built: they are on their way when it asks. */
export async function askAheadForOverview(client: QueryClient, bridge: Bridge): Promise<void> {
  void client.prefetchQuery(channelQuery(bridge, 'holdings/read', {}, 0))
  const question = channelQuery(bridge, 'settings/read', {}, 0)
  await client.prefetchQuery(question)
  const settings = client.getQueryData<Settings>(question.queryKey)
  if (settings)
    await client.prefetchQuery(channelQuery(bridge, 'overview/read', overviewQuestion(settings), 0))
}
