import { create } from 'zustand'
import type { Task } from '../../analytics/contract/tasks'
import { keepSamples, type ProgressSample } from './time-left'

interface TaskStore {
  readonly tasks: ReadonlyMap<string, Task>
  readonly samples: ReadonlyMap<string, readonly ProgressSample[]>
}

export const useTasks = create<TaskStore>()(() => ({ tasks: new Map(), samples: new Map() }))

export function replaceTasks(tasks: readonly Task[]): void {
  useTasks.setState({ tasks: new Map(tasks.map((task) => [task.id, task])) })
}

export function putTask(task: Task, now: number): void {
  useTasks.setState(({ tasks, samples }) => {
    const kept = new Map(samples)
    if (task.state === 'running' && task.progress !== null) {
      kept.set(task.id, keepSamples(samples.get(task.id) ?? [], task.progress, now))
    } else {
      kept.delete(task.id)
    }
    return { tasks: new Map(tasks).set(task.id, task), samples: kept }
  })
}

export function dropTask(id: string): void {
  useTasks.setState(({ tasks }) => {
    const left = new Map(tasks)
    left.delete(id)
    return { tasks: left }
  })
}

/** Running work first, then the newest. */
export function inOrder(tasks: ReadonlyMap<string, Task>): readonly Task[] {
  return [...tasks.values()].sort((left, right) => {
    const running = Number(right.state === 'running') - Number(left.state === 'running')
    return running !== 0 ? running : right.startedAt.localeCompare(left.startedAt)
  })
}

export function runningTask(
  tasks: ReadonlyMap<string, Task>,
  channels?: readonly string[],
): Task | undefined {
  return inOrder(tasks).find(
    (task) => task.state === 'running' && (channels === undefined || channels.includes(task.channel)),
  )
}
