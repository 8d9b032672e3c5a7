import type { Progress, Task } from '../../../analytics/contract/tasks'
import { formatBytes, formatCount } from '../../format/money'

export function percentDone(task: Task): number | null {
  const progress = task.progress
  if (progress === null || progress.total === null || progress.total === 0) return null
  return Math.min(100, Math.floor((progress.done / progress.total) * 100))
}

export function amountDone(progress: Progress): string {
  const amount = progress.unit === 'bytes' ? formatBytes : formatCount
  const unit = progress.unit === 'bytes' ? '' : ` ${progress.unit}`
  if (progress.total === null) return `${amount(progress.done)}${unit}`
  return `${amount(progress.done)} of ${amount(progress.total)}${unit}`
}

export const stateWords: Readonly<Record<Task['state'], string>> = {
  running: 'Running',
  done: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
}
