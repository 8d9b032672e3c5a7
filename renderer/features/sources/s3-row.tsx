import { RefreshCw, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Failure } from '../../../analytics/contract/result'
import type { LastSync, S3Source, SyncedSource } from '../../../analytics/contract/s3-sources'
import { Button } from '../../components/button'
import { Chip } from '../../components/chip'
import { FailureNotice } from '../../components/failure-notice'
import { Moment } from '../../components/moment'
import { ConnectionAccess } from '../connections/connection-access'
import { addressOf } from './s3-draft'
import { MissingObjects } from './s3-missing'
import { RemoveS3Source } from './s3-remove'

const chips: Readonly<
  Record<LastSync['state'], { readonly tone: 'good' | 'warn' | 'bad'; readonly word: string }>
> = {
  done: { tone: 'good', word: 'done' },
  partly: { tone: 'warn', word: 'partly' },
  failed: { tone: 'bad', word: 'failed' },
}

function LastSyncLine({ lastSync }: { readonly lastSync: LastSync | null }) {
  if (lastSync === null) return <p className="text-muted">Not synced yet</p>
  const { tone, word } = chips[lastSync.state]
  return (
    <div className="flex items-start gap-2">
      <Chip tone={tone}>{word}</Chip>
      <p className="min-w-0 break-words">
        {lastSync.message}{' '}
        <span className="text-muted">
          <Moment instant={lastSync.at} />
        </span>
      </p>
    </div>
  )
}

interface S3RowProps {
  readonly source: S3Source
  /** What the last sync asked for here said of it; only that knows the missing objects. */
  readonly synced: SyncedSource | undefined
  readonly failure: Failure | null
  readonly isSyncing: boolean
  readonly onSync: () => void
}

export function S3Row({ source, synced, failure, isSyncing, onSync }: S3RowProps) {
  const [isRemoving, setRemoving] = useState(false)
  return (
    <li aria-label={source.name} className="border-b border-hairline py-2">
      <div className="flex items-start gap-4">
        <div className="min-w-0 grow">
          <p className="flex flex-wrap items-baseline gap-x-3">
            <span className="font-medium">{source.name}</span>
            <code className="font-mono text-12 break-all">{addressOf(source)}</code>
            <span className="text-12 text-muted">
              {source.profile === null ? 'default credentials' : `profile ${source.profile}`}
              {source.region === null ? '' : ` · ${source.region}`}
            </span>
            <ConnectionAccess profile={source.profile} />
          </p>
          <LastSyncLine lastSync={source.lastSync} />
        </div>
        <div className="flex shrink-0 gap-2">
          <Button disabled={isSyncing} onClick={onSync} aria-label={`Sync ${source.name}`}>
            <RefreshCw size={14} aria-hidden />
            Sync
          </Button>
          <Button
            kind="quiet"
            disabled={isSyncing}
            onClick={() => setRemoving(true)}
            aria-label={`Remove ${source.name}…`}
          >
            <Trash2 size={14} aria-hidden />
            Remove…
          </Button>
        </div>
      </div>
      {failure === null ? null : (
        <div className="mt-2">
          <FailureNotice failure={failure} />
        </div>
      )}
      {synced === undefined ? null : <MissingObjects of={source.name} missing={synced.missing} />}
      <RemoveS3Source source={source} open={isRemoving} onClose={() => setRemoving(false)} />
    </li>
  )
}
