import type { AnomalyAlert } from '../../analytics/contract/anomalies'
import type { BudgetAlert } from '../../analytics/contract/budgets'
import type { AppEvent } from '../../analytics/contract/events'
import type { Application } from '../application'
import { moneyText } from '../cli/money-text'
import type { NotificationConstructor } from './electron-ports'

interface Notice {
  readonly title: string
  readonly body: string
  /** The place in the application that tells more. */
  readonly hash: string
}

function noticeOf(event: AppEvent): Notice | null {
  switch (event.type) {
    case 'budget-alert':
      return ofBudget(event.alert)
    case 'anomaly-alert':
      return ofAnomalies(event.alerts)
    default:
      return null
  }
}

function ofBudget({ budget, threshold, amount, reachedWith, currency }: BudgetAlert): Notice {
  const what = threshold.of === 'actual' ? 'reached' : 'expected'
  const money = `${moneyText(reachedWith)} of ${moneyText(amount)} ${currency}`
  return { title: budget, body: `${threshold.percent} % of the budget ${what}: ${money}.`, hash: '#/budgets' }
}

/** However many one look has found, they are one notification: the largest comes first. */
function ofAnomalies(alerts: readonly AnomalyAlert[]): Notice | null {
  const [largest, ...others] = alerts
  if (largest === undefined) return null
  const { id, scope, impact, currency, start } = largest
  const place = scope.at(-1)?.value ?? 'The whole bill'
  const sign = impact.startsWith('-') ? '' : '+'
  const moved = `${sign}${moneyText(impact)} ${currency} since ${start}`
  return others.length === 0
    ? { title: `Anomaly: ${place}`, body: `${moved}.`, hash: `#/anomalies?anomaly=${id}` }
    : {
        title: `${alerts.length} new anomalies`,
        body: `${place}: ${moved}, and others.`,
        hash: '#/anomalies',
      }
}

/** An alert comes once: it is shown whether or not somebody looks at the window. */
export function notifyOfAlerts(
  application: Pick<Application, 'subscribe'>,
  Notification: NotificationConstructor,
  open: (hash: string) => void,
): () => void {
  return application.subscribe((event) => {
    const notice = noticeOf(event)
    if (notice === null || !Notification.isSupported()) return
    const { title, body, hash } = notice
    const notification = new Notification({ title, body })
    notification.on('click', () => open(hash))
    notification.show()
  })
}
