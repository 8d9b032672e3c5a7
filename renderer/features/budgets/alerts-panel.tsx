import { useQueryClient } from '@tanstack/react-query'
import { BellRing } from 'lucide-react'
import type { BudgetAlert } from '../../../analytics/contract/budgets'
import { writeRoute } from '../../app/route'
import { useBridge } from '../../bridge/context'
import { Button } from '../../components/button'
import { Moment } from '../../components/moment'
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
        <li
          key={alert.id}
          className="flex items-center gap-3 border-hairline border-b py-1.5 last:border-b-0"
        >
          <BellRing size={14} className="shrink-0 text-warn" aria-hidden />
          <span className="min-w-0 grow">
            <a
              href={writeRoute('budgets', { budget: alert.budget })}
              className="rounded font-medium text-accent hover:underline"
            >
              {alert.budget}
            </a>{' '}
            {alertText(alert)} <span className="text-muted">{periodText(alert)}</span>
          </span>
          <span className="shrink-0 text-12 text-muted">
            <Moment instant={alert.raisedAt} />
          </span>
          <Button
            kind="quiet"
            onClick={() => void dismiss(alert)}
            aria-label={`Put away ${alert.budget}, ${alert.threshold.percent} %`}
          >
            Put away
          </Button>
        </li>
      ))}
    </ul>
  )
}
