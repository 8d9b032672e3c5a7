import { ListChecks } from 'lucide-react'
import { Popover } from 'radix-ui'
import { Button } from '../../components/button'
import { closeLayer, openLayer, useLayers } from '../../stores/layers'
import { inOrder, useTasks } from '../../stores/tasks'
import { AnomalyAlerts } from '../anomalies/alerts-panel'
import { BudgetAlerts } from '../budgets/alerts-panel'
import { TaskCard } from './task-card'

function buttonName(running: number, failed: number): string {
  const parts = [
    'Tasks',
    ...(running > 0 ? [`${running} running`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
  ]
  return parts.join(', ')
}

export function TaskCentre() {
  const open = useLayers((state) => state.open === 'tasks')
  const tasks = useTasks((state) => state.tasks)
  const ordered = inOrder(tasks)
  const running = ordered.filter((task) => task.state === 'running').length
  const failed = ordered.filter((task) => task.state === 'failed').length
  return (
    <Popover.Root open={open} onOpenChange={(next) => (next ? openLayer('tasks') : closeLayer('tasks'))}>
      <Popover.Trigger asChild>
        <Button kind="quiet" aria-label={buttonName(running, failed)}>
          <ListChecks size={16} aria-hidden />
          Tasks
          {running > 0 ? (
            <span className="figures rounded bg-accent px-1 text-12 leading-4 text-accent-ink">
              {running}
            </span>
          ) : null}
          {running === 0 && failed > 0 ? (
            <span className="figures rounded bg-bad px-1 text-12 leading-4 text-canvas">{failed}</span>
          ) : null}
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={6}
          aria-label="Tasks"
          className="z-40 max-h-[70vh] w-105 overflow-y-auto rounded-md border border-hairline bg-raised px-4 py-2 shadow-float"
        >
          <BudgetAlerts />
          <AnomalyAlerts />
          {ordered.length === 0 ? (
            <p className="py-2 text-muted">
              No tasks. Imports and other long work appear here while they run and after they end.
            </p>
          ) : (
            <ul>
              {ordered.map((task) => (
                <TaskCard key={task.id} task={task} />
              ))}
            </ul>
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
