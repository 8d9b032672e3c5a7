import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { AnomalyAlert } from '../../analytics/contract/anomalies'
import type { EngineState } from '../../analytics/contract/application'
import type { BudgetAlert } from '../../analytics/contract/budgets'
import type { ChannelName } from '../../analytics/contract/channels'
import type { AppEvent } from '../../analytics/contract/events'
import type { Task } from '../../analytics/contract/tasks'
import type { Bridge } from '../bridge/bridge'
import { useBridge } from '../bridge/context'
import { alertPlace, alertText as anomalyText } from '../features/anomalies/anomaly-words'
import { alertText as budgetText } from '../features/budgets/budget-words'
import { counted } from '../format/money'
import { useConnection } from '../stores/connection'
import { dropQuestion, putQuestion, replaceQuestions } from '../stores/questions'
import { dropTask, putTask, replaceTasks, useTasks } from '../stores/tasks'
import { showToast } from '../stores/toasts'
import { navigate } from './route'

/** Each period is brought in whole or not at all, one after the other. */
const lostWork = 'Nothing half-read was kept; periods read before it are complete.'

function tellEnd(task: Task): void {
  // A sync says itself what it fetched and what is missing.
  if (task.channel === 'sync/run') return
  switch (task.state) {
    case 'running':
      return
    case 'done':
      showToast('good', `${task.title}: done.`)
      return
    case 'cancelled':
      showToast('plain', `${task.title}: cancelled.`, lostWork)
      return
    case 'failed':
      showToast('bad', `${task.title}: failed.`, task.failure?.message ?? null)
      return
  }
}

function onTask(task: Task): void {
  const before = useTasks.getState().tasks.get(task.id)
  putTask(task, Date.now())
  if (before?.state === 'running') tellEnd(task)
}

function onEngine(engine: EngineState, client: QueryClient): void {
  const before = useConnection.getState().engine
  useConnection.setState({ engine })
  if (before?.state === 'ready' && engine.state === 'restarting') {
    const stopped = [...useTasks.getState().tasks.values()].filter((task) => task.state === 'running')
    const lost = stopped.map((task) => `“${task.title}” was not finished.`)
    showToast(
      'bad',
      'The engine stopped and is being restarted.',
      lost.length > 0 ? `${lost.join(' ')} ${lostWork}` : null,
    )
  }
  if (engine.state === 'failed') {
    showToast('bad', 'The engine stopped and could not be started again.', engine.message)
  }
  if (engine.state === 'ready' && before !== null && before.state !== 'ready') {
    if (before.state === 'restarting') showToast('good', 'The engine is running again.')
    void client.invalidateQueries()
  }
}

interface Alert {
  readonly title: string
  readonly text: string
  readonly keptIn: string
  readonly list: ChannelName
  readonly open: () => void
}

/** Told in the window, and by the browser where it may; the desktop tells by itself. */
function tellAlert(
  { title, text, keptIn, list, open }: Alert,
  client: QueryClient,
  door: Bridge['door'],
): void {
  showToast('plain', `${title}: ${text}.`, `Tasks and ${keptIn} keep it until it is put away.`)
  void client.invalidateQueries({ queryKey: [list] })
  if (door !== 'web' || !('Notification' in window) || Notification.permission !== 'granted') return
  const notice = new Notification(title, { body: `${text}.` })
  notice.onclick = () => {
    window.focus()
    open()
  }
}

function budgetAlert(alert: BudgetAlert): Alert {
  return {
    title: alert.budget,
    text: budgetText(alert),
    keptIn: 'Budgets',
    list: 'budgets/alerts',
    open: () => navigate('budgets', { budget: alert.budget }),
  }
}

/** However many one look has found, they are told once: the largest by name. */
function anomalyAlert(alerts: readonly AnomalyAlert[]): Alert | null {
  const [largest, ...others] = alerts
  if (largest === undefined) return null
  const isOne = others.length === 0
  const told = `${alertPlace(largest)}: ${anomalyText(largest)}`
  return {
    title: isOne ? 'New anomaly' : counted(alerts.length, 'new anomaly', 'new anomalies'),
    text: isOne ? told : `${told}, and others`,
    keptIn: 'Anomalies',
    list: 'anomalies/alerts',
    open: () => navigate('anomalies', isOne ? { anomaly: largest.id } : {}),
  }
}

function handleEvent(event: AppEvent, client: QueryClient, door: Bridge['door']): void {
  switch (event.type) {
    case 'task':
      onTask(event.task)
      return
    case 'task-dismissed':
      dropTask(event.id)
      return
    case 'engine':
      onEngine(event.engine, client)
      return
    case 'data':
      useConnection.setState({ dataVersion: event.dataVersion })
      return
    case 'budget-alert':
      tellAlert(budgetAlert(event.alert), client, door)
      return
    case 'anomaly-alert': {
      const alert = anomalyAlert(event.alerts)
      if (alert !== null) tellAlert(alert, client, door)
      return
    }
    case 'question':
      putQuestion(event.question)
      return
    case 'question-closed':
      dropQuestion(event.id)
      return
  }
}

/** What events would have told had they been heard: asked for at the start and after a gap. */
async function catchUp(bridge: Bridge): Promise<void> {
  const [tasks, engine, questions] = await Promise.all([
    bridge.call('tasks/list', {}),
    bridge.call('engine/state', {}),
    bridge.call('questions/list', {}),
  ])
  if (tasks.ok) replaceTasks(tasks.value.tasks)
  if (engine.ok) useConnection.setState({ engine: engine.value })
  if (questions.ok) replaceQuestions(questions.value.questions)
}

export function useApplicationEvents(): void {
  const bridge = useBridge()
  const client = useQueryClient()
  useEffect(() => {
    let hadGap = false
    void catchUp(bridge)
    // A screen that cannot be fetched says nothing of the reason; asking anything brings up a lost session.
    const ask = () => void bridge.call('engine/state', {})
    window.addEventListener('vite:preloadError', ask)
    const stop = bridge.subscribe({
      onEvent: (event) => handleEvent(event, client, bridge.door),
      onConnection: (connection) => {
        useConnection.setState({ connection })
        if (connection === 'lost') hadGap = true
        if (connection === 'open' && hadGap) {
          hadGap = false
          void catchUp(bridge)
          void client.invalidateQueries()
        }
      },
    })
    return () => {
      window.removeEventListener('vite:preloadError', ask)
      stop()
    }
  }, [bridge, client])
}
