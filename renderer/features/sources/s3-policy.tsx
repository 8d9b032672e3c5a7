import { ChevronDown, ChevronRight } from 'lucide-react'
import { useId, useState } from 'react'
import type { S3Draft } from '../../../analytics/contract/s3-sources'
import { Button } from '../../components/button'
import { CopyButton } from '../../components/copy-button'
import { FailureNotice } from '../../components/failure-notice'
import { ScrollRegion } from '../../components/scroll-region'
import { useChannel } from '../../queries/use-channel'
import { addressOf, fieldProblem } from './s3-draft'

type Place = Pick<S3Draft, 'bucket' | 'prefix' | 'region'>

/** Written on this machine from the two fields: nothing is asked of AWS. */
function PolicyText({ place }: { readonly place: Place }) {
  const { data, failure, isStale } = useChannel('s3/policy', place)
  if (failure !== null) {
    const problem = fieldProblem(failure)
    return problem === null ? <FailureNotice failure={failure} /> : <p>{problem.message}</p>
  }
  // The policy of another bucket must not be copied under this one's name.
  if (data === undefined || isStale) return <p className="text-muted">One moment</p>
  return (
    <>
      <div className="flex items-center justify-between gap-3">
        <p className="min-w-0 break-words">
          The least that testing and syncing <code className="font-mono text-12">{addressOf(place)}</code>{' '}
          takes.
        </p>
        <CopyButton label="Copy policy" text={() => data.policy} />
      </div>
      <ScrollRegion label="Policy as JSON" className="mt-1 max-h-72 rounded-md bg-sunken">
        <pre className="px-3 py-2 font-mono text-12">{data.policy}</pre>
      </ScrollRegion>
      <ul className="mt-2 flex list-disc flex-col gap-1 pl-5">
        {data.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </>
  )
}

export function S3Policy({ bucket, prefix, region }: Place) {
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  const Icon = isOpen ? ChevronDown : ChevronRight
  return (
    <div>
      <Button
        kind="quiet"
        className="-ml-2.5"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon size={14} aria-hidden />
        Policy
      </Button>
      <div id={id} hidden={!isOpen} className="max-w-3xl">
        {!isOpen ? null : bucket === '' ? (
          <p className="text-muted">Fill in the bucket to see the permissions it takes.</p>
        ) : (
          <PolicyText place={{ bucket, prefix, region }} />
        )}
      </div>
    </div>
  )
}
