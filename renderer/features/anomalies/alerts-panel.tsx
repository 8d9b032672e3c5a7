import { useQueryClient } from '@tanstack/react-query'
import type { AnomalyAlert } from '../../../analytics/contract/anomalies'
import { writeRoute } from '../../app/route'
import { useBridge } from '../../bridge/context'
import { AlertRow } from '../../components/alert-row'
import { useChannel } from '../../queries/use-channel'
import { showToast } from '../../stores/toasts'
import { alertPlace, alertText } from './anomaly-words'

/** Anomalies that were told and not put away yet; each leads to its place in the inbox. */
export function AnomalyAlerts() {
  const { data } = useChannel('anomalies/alerts', {})
  const bridge = useBridge()
  const client = useQueryClient()
  const alerts = data?.alerts ?? []
  if (alerts.length === 0) return null
  const dismiss = async ({ id }: AnomalyAlert) => {
    const result = await bridge.call('anomalies/dismiss', { id })
    if (!result.ok) showToast('bad', result.failure.message)
    await client.invalidateQueries({ queryKey: ['anomalies/alerts'] })
  }
  return (
    <ul aria-label="Anomaly alerts" className="flex flex-col">
      {alerts.map((alert) => (
        <AlertRow
          key={alert.id}
          title={alertPlace(alert)}
          href={writeRoute('anomalies', { anomaly: alert.id })}
          raisedAt={alert.raisedAt}
          putAwayLabel={`Put away ${alertPlace(alert)}`}
          onPutAway={() => void dismiss(alert)}
        >
          {alertText(alert)}
        </AlertRow>
      ))}
    </ul>
  )
}
