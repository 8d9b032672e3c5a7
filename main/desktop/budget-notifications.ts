import type { BudgetAlert } from '../../analytics/contract/budgets'
import type { Application } from '../application'
import { moneyText } from '../cli/money-text'
import type { NotificationConstructor } from './electron-ports'

function words({ budget, threshold, amount, reachedWith, currency }: BudgetAlert): {
  readonly title: string
  readonly body: string
} {
  const what = threshold.of === 'actual' ? 'reached' : 'expected'
  const money = `${moneyText(reachedWith)} of ${moneyText(amount)} ${currency}`
  return { title: budget, body: `${threshold.percent} % of the budget ${what}: ${money}.` }
}

/** An alert comes once: it is shown whether or not somebody looks at the window. */
export function notifyOfBudgetAlerts(
  application: Pick<Application, 'subscribe'>,
  Notification: NotificationConstructor,
  openBudgets: () => void,
): () => void {
  return application.subscribe((event) => {
    if (event.type !== 'budget-alert' || !Notification.isSupported()) return
    const notification = new Notification(words(event.alert))
    notification.on('click', openBudgets)
    notification.show()
  })
}
