import { CircleAlert } from 'lucide-react'
import type { Failure } from '../../analytics/contract/result'
import { Button } from './button'
import { CopyButton } from './copy-button'

export function failureText(failure: Failure): string {
  return [
    `${failure.code}: ${failure.message}`,
    ...(failure.hint === undefined ? [] : [failure.hint]),
    ...(failure.details === undefined ? [] : ['', failure.details]),
  ].join('\n')
}

interface FailureNoticeProps {
  readonly failure: Failure
  readonly onRetry?: () => void
  /** What the failure means for what is shown, where that is not plain. */
  readonly effect?: string
}

export function FailureNotice({ failure, onRetry, effect }: FailureNoticeProps) {
  return (
    <div role="alert" className="flex gap-3 rounded-md bg-bad-soft px-3 py-2.5 text-13">
      <CircleAlert size={16} className="mt-0.5 shrink-0 text-bad" aria-hidden />
      <div className="min-w-0 grow">
        <p className="font-medium break-words">{failure.message}</p>
        {effect === undefined ? null : <p>{effect}</p>}
        {failure.hint === undefined ? null : <p className="break-words">{failure.hint}</p>}
        <div className="mt-1.5 -ml-2.5 flex gap-1">
          {onRetry === undefined ? null : (
            <Button kind="quiet" className="text-ink" onClick={onRetry}>
              Try again
            </Button>
          )}
          <CopyButton label="Copy details" text={() => failureText(failure)} />
        </div>
      </div>
    </div>
  )
}
