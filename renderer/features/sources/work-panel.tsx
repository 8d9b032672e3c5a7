import { X } from 'lucide-react'
import type { ImportedPeriod, ImportWarning } from '../../../analytics/contract/imports'
import type { Task } from '../../../analytics/contract/tasks'
import { IconButton } from '../../components/button'
import { Chip } from '../../components/chip'
import { type Column, DataTable } from '../../components/data-table'
import { FailureNotice } from '../../components/failure-notice'
import { Money } from '../../components/money'
import { counted, formatCount } from '../../format/money'
import { formatMonth } from '../../format/time'
import { setWork, useWork, useWorkTask } from '../../stores/work'
import { CancelTask, TaskProgress } from '../tasks/task-card'

const stateWords: Readonly<Record<ImportedPeriod['state'], string>> = {
  new: 'New',
  replaced: 'Replaced an older version',
  unchanged: 'Unchanged, not read again',
}

const columns: readonly Column<ImportedPeriod>[] = [
  { id: 'source', head: 'Source', cell: (row) => row.source },
  { id: 'period', head: 'Period', cell: (row) => formatMonth(row.period) },
  { id: 'state', head: 'Result', cell: (row) => stateWords[row.state] },
  { id: 'rows', head: 'Rows', isFigure: true, cell: (row) => formatCount(row.rows) },
  { id: 'rejected', head: 'Rejected', isFigure: true, cell: (row) => formatCount(row.rejected) },
  {
    id: 'billed',
    head: 'Billed',
    isFigure: true,
    cell: (row) => <Money value={row.billed} currency={row.currency} />,
  },
  {
    id: 'effective',
    head: 'Effective',
    isFigure: true,
    cell: (row) => <Money value={row.effective} currency={row.currency} />,
  },
  { id: 'currency', head: 'Currency', cell: (row) => row.currency },
]

function Warnings({ warnings }: { readonly warnings: readonly ImportWarning[] }) {
  if (warnings.length === 0) return null
  return (
    <section aria-label="Warnings" className="mt-2">
      <h3 className="font-medium">{counted(warnings.length, 'warning', 'warnings')}</h3>
      <ul>
        {warnings.map((warning) => (
          <li key={`${warning.code} ${warning.file} ${warning.message}`} className="flex gap-2 py-1">
            <Chip tone="warn">{warning.code}</Chip>
            <span className="min-w-0 break-words">
              {warning.message}
              {warning.file === null ? null : (
                <code className="ml-2 font-mono text-12 break-all text-muted">{warning.file}</code>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Running({ task }: { readonly task: Task | undefined }) {
  return (
    <div className="flex max-w-2xl items-start gap-4">
      <div className="min-w-0 grow">
        <p>{task?.progress?.stage ?? 'Starting'}</p>
        {task === undefined ? null : <TaskProgress task={task} />}
      </div>
      {task === undefined ? null : <CancelTask task={task} />}
    </div>
  )
}

/** What became of the long work that was started last: progress while it runs, then its report. */
export function WorkPanel() {
  const work = useWork((state) => state.work)
  const task = useWorkTask()
  if (work.state === 'running' || task !== undefined) {
    return (
      <section aria-label="Import in progress" className="mt-3">
        <Running task={task} />
      </section>
    )
  }
  switch (work.state) {
    case 'none':
      return null
    case 'failed':
      return work.failure.code === 'cancelled' ? (
        <p className="mt-3 text-muted">
          Cancelled. Nothing half-read was kept; periods read before it are complete.
        </p>
      ) : (
        <div className="mt-3">
          <FailureNotice failure={work.failure} />
        </div>
      )
    case 'done':
      return (
        <section aria-label="Result of the import" className="mt-3">
          <div className="flex items-center justify-between">
            <h3 className="font-medium">{counted(work.report.imports.length, 'period', 'periods')} read</h3>
            <IconButton label="Dismiss the result" onClick={() => setWork({ state: 'none' })}>
              <X size={14} aria-hidden />
            </IconButton>
          </div>
          <DataTable
            caption="Result of the import"
            columns={columns}
            rows={work.report.imports}
            rowKey={(row) => `${row.source} ${row.period} ${row.payer}`}
            className="max-h-72"
          />
          <Warnings warnings={work.report.warnings} />
        </section>
      )
  }
}
