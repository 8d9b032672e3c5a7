import { Database } from 'lucide-react'
import { EmptyState } from '../../components/empty-state'
import { Answered, Panel } from '../../components/panel'
import { Skeleton } from '../../components/skeleton'
import { useChannel } from '../../queries/use-channel'
import { DropTarget } from './drop-target'
import { ImportForm } from './import-form'
import { S3Panel } from './s3-panel'
import { SampleButton } from './sample-button'
import { SourcePanel } from './source-panel'
import { WorkPanel } from './work-panel'

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
            <div className="flex flex-col gap-8">
              {data.sources.map((source) => (
                <SourcePanel key={source.name} source={source} />
              ))}
            </div>
          )
        }
      </Answered>
    </div>
  )
}
