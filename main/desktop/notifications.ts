import type { Task } from '../../analytics/contract/tasks'
import type { Application } from '../application'
import type { NotificationConstructor } from './electron-ports'
import type { Windows } from './windows'

function words(task: Task): { readonly title: string; readonly body: string } | null {
  switch (task.state) {
    case 'done':
      return { title: task.title, body: 'Finished.' }
    case 'failed':
      return { title: task.title, body: task.failure?.message ?? 'Not finished.' }
    case 'running':
    case 'cancelled':
      return null
  }
}

/** Says that long work ended to a person who is looking elsewhere; once a task, and only when it was seen running. */
export function notifyOfEndedTasks(
  application: Pick<Application, 'subscribe'>,
  windows: Pick<Windows, 'isFocused' | 'comeForward'>,
  Notification: NotificationConstructor,
): () => void {
  const running = new Set<string>()
  return application.subscribe((event) => {
    if (event.type !== 'task') return
    const { task } = event
    if (task.state === 'running') {
      running.add(task.id)
      return
    }
    if (!running.delete(task.id) || windows.isFocused() || !Notification.isSupported()) return
    const text = words(task)
    if (text === null) return
    const notification = new Notification(text)
    notification.on('click', () => windows.comeForward())
    notification.show()
  })
}
