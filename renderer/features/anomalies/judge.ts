import type { QueryClient } from '@tanstack/react-query'
import type { Anomaly, AnomalyLabel } from '../../../analytics/contract/anomalies'
import type { Bridge } from '../../bridge/bridge'
import { showToast } from '../../stores/toasts'

/** What was said of an anomaly before, so that it can be said again. */
export interface Judgement {
  readonly id: string
  readonly place: string
  readonly label: AnomalyLabel | null
  readonly before: { readonly label: AnomalyLabel | null; readonly note: string | null }
}

/** A judgement changes which others are told, so everything that is told is asked again. */
export async function judge(
  bridge: Bridge,
  client: QueryClient,
  id: string,
  label: AnomalyLabel | null,
  note: string,
): Promise<boolean> {
  const result = await bridge.call('anomalies/label', { id, label, ...(note === '' ? {} : { note }) })
  if (!result.ok) {
    showToast('bad', result.failure.message, result.failure.hint ?? null)
    return false
  }
  await askAgain(client)
  return true
}

export async function askAgain(client: QueryClient): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: ['anomalies/find'] }),
    client.invalidateQueries({ queryKey: ['anomalies/replay'] }),
    client.invalidateQueries({ queryKey: ['anomalies/planned'] }),
  ])
}

/** Which is looked at once this one has been judged: the one below it, else the one above. */
export function nextOf(shown: readonly Anomaly[], id: string): string | null {
  const at = shown.findIndex((one) => one.id === id)
  return (shown[at + 1] ?? shown[at - 1])?.id ?? null
}
