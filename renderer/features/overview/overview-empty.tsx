import { Database } from 'lucide-react'
import { writeRoute } from '../../app/route'
import { EmptyState } from '../../components/empty-state'
import { SampleButton } from '../sources/sample-button'
import { WorkPanel } from '../sources/work-panel'

export function OverviewEmpty() {
  return (
    <EmptyState icon={Database} title="No billing data yet">
      <p>
        Overview shows this month's spend against the last one, by service and over time. It needs a billing
        export (CUR or FOCUS) that has been downloaded to this machine.
      </p>
      <div className="flex items-center gap-3">
        <SampleButton kind="primary" />
        <a
          href={writeRoute('sources', { focus: 'import' })}
          className="rounded font-medium text-accent underline underline-offset-2"
        >
          Import a billing export
        </a>
      </div>
      <WorkPanel />
      <p className="text-12 text-muted">
        The sample is a made-up organisation: 12 accounts, 14 months. It can be removed again on Data sources.
      </p>
    </EmptyState>
  )
}
