import { useQueryClient } from '@tanstack/react-query'
import type { BudgetAlert } from '../../../analytics/contract/budgets'
import { writeRoute } from '../../app/route'
import { useBridge } from '../../bridge/context'
import { AlertRow } from '../../components/alert-row'
import { useChannel } from '../../queries/use-channel'
import { showToast } from '../../stores/toasts'
import { alertText, periodText } from './budget-words'

/** What was told and not put away yet; the same list on the screen and in the task centre. */
export function BudgetAlerts() {
  const { data } = useChannel('budgets/alerts', {})
  const bridge = useBridge()
  const client = useQueryClient()
  const alerts = data?.alerts ?? []
  if (alerts.length === 0) return null
  const dismiss = async ({ id }: BudgetAlert) => {
    const result = await bridge.call('budgets/dismiss', { id })
    if (!result.ok) showToast('bad', result.failure.message)
    await client.invalidateQueries({ queryKey: ['budgets/alerts'] })
  }
  return (
    <ul aria-label="Budget alerts" className="flex flex-col">
      {alerts.map((alert) => (
        <AlertRow
          key={alert.id}
          title={alert.budget}
          href={writeRoute('budgets', { budget: alert.budget })}
          raisedAt={alert.raisedAt}
          putAwayLabel={`Put away ${alert.budget}, ${alert.threshold.percent} %`}
          onPutAway={() => void dismiss(alert)}
        >
          {alertText(alert)} <span className="text-muted">{periodText(alert)}</span>
        </AlertRow>
      ))}
    </ul>
  )
}
