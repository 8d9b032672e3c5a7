import { Database } from 'lucide-react'
import type { Source } from '../../../analytics/contract/imports'
import { changeView, useRoute } from '../../app/route'
import { EmptyState } from '../../components/empty-state'
import { Answered, Panel } from '../../components/panel'
import { Segmented } from '../../components/segmented'
import { Skeleton } from '../../components/skeleton'
import { useChannel } from '../../queries/use-channel'
import { AfterClose } from './after-close'
import { DropTarget } from './drop-target'
import { ImportForm } from './import-form'
import { LedgerTable } from './ledger-table'
import { MonthDetail } from './month-detail'
import { RejectedTable } from './rejected-table'
import { S3Panel } from './s3-panel'
import { SampleButton } from './sample-button'
import { SourcePanel } from './source-panel'
import { WorkPanel } from './work-panel'

const lists = [
  { value: 'months', title: 'Months' },
  { value: 'restated', title: 'Changed after close' },
  { value: 'ledger', title: 'Files read' },
  { value: 'rejected', title: 'Rejected lines' },
] as const
type List = (typeof lists)[number]['value']

interface ImportedProps {
  readonly sources: readonly Source[]
}

/** What is in the workspace: by month, by what changed, by file, by what could not be read. */
function Imported({ sources }: ImportedProps) {
  const { view } = useRoute()
  const restatements = useChannel('sources/restatements', {})
  const list = lists.find(({ value }) => value === view.list)?.value ?? 'months'
  return (
    <div className="flex flex-col gap-4">
      <div className="flex">
        <Segmented
          label="What is shown of the imports"
          value={list}
          options={lists}
          onChange={(chosen: List) => changeView({ list: chosen })}
        />
      </div>
      {list === 'months' ? (
        <div className="flex flex-col gap-8">
          {sources.map((source) => (
            <SourcePanel key={source.name} source={source} delivered={restatements.data?.months ?? []} />
          ))}
        </div>
      ) : null}
      {list === 'restated' ? (
        <Answered answer={restatements} skeleton={<Skeleton className="h-40" />}>
          {(data) => <AfterClose months={data.months} />}
        </Answered>
      ) : null}
      {list === 'ledger' ? <LedgerTable /> : null}
      {list === 'rejected' ? <RejectedTable /> : null}
      <MonthDetail months={sources.flatMap(({ periods }) => periods)} />
    </div>
  )
}

export function Sources() {
  const sources = useChannel('sources/list', {})
  return (
    <div className="flex flex-col gap-6">
      <DropTarget />
      <Panel
        title="Import"
        hint="CUR 1, CUR 2.0 and FOCUS, as CSV, gzip, ZIP or Parquet. Reading the same files again changes nothing."
      >
        <ImportForm />
        <WorkPanel />
      </Panel>
      <S3Panel />
      <Answered answer={sources} skeleton={<Skeleton className="h-60" />}>
        {(data) =>
          data.sources.length === 0 ? (
            <EmptyState icon={Database} title="Nothing has been imported yet">
              <p>
                Drop a billing export anywhere on this screen, or give its path above: a file, a folder, or
                the root of an export with its manifests. To look around first, fill the workspace with a
                made-up organisation.
              </p>
              <div>
                <SampleButton kind="primary" />
              </div>
            </EmptyState>
          ) : (
            <Imported sources={data.sources} />
          )
        }
      </Answered>
    </div>
  )
}
