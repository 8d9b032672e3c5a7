import { type ReactNode, useId } from 'react'
import type { ChannelAnswer } from '../queries/use-channel'
import { Busy } from './busy'
import { Button } from './button'
import { classNames } from './class-names'
import { ErrorBoundary } from './error-boundary'
import { FailureNotice } from './failure-notice'

interface PanelProps {
  readonly title: string
  readonly hint?: string
  readonly actions?: ReactNode
  readonly className?: string
  readonly children: ReactNode
}

/** A titled part of a screen. Space and a hairline set it apart, not a box. */
export function Panel({ title, hint, actions, className, children }: PanelProps) {
  const id = useId()
  return (
    <section aria-labelledby={id} className={classNames('relative flex min-w-0 flex-col', className)}>
      <header className="mb-1 flex min-h-7 items-center gap-3">
        <h2 id={id} className="shrink-0 font-semibold text-14">
          {title}
        </h2>
        {hint === undefined ? null : <p className="min-w-0 truncate text-12 text-muted">{hint}</p>}
        <div className="ml-auto flex shrink-0 items-center gap-2">{actions}</div>
      </header>
      <ErrorBoundary name={title}>{children}</ErrorBoundary>
    </section>
  )
}

interface AnsweredProps<T> {
  readonly answer: ChannelAnswer<T>
  readonly skeleton: ReactNode
  readonly children: (data: T) => ReactNode
}

/** The states every question goes through: first load, answer, older answer while asking, failure, cancelled. */
export function Answered<T>({ answer, skeleton, children }: AnsweredProps<T>) {
  const { data, failure } = answer
  return (
    <div className="relative" aria-busy={answer.isFetching}>
      <Busy active={answer.isFetching} onCancel={answer.cancel} />
      {failure === null ? null : (
        <FailureNotice
          failure={failure}
          onRetry={answer.retry}
          {...(data === undefined ? {} : { effect: 'What is shown below is from before.' })}
        />
      )}
      {answer.wasCancelled ? (
        <div className="flex items-center gap-3 py-4 text-muted">
          Cancelled before there was an answer. <Button onClick={answer.retry}>Ask again</Button>
        </div>
      ) : null}
      {data === undefined ? (
        answer.isFirstLoad ? (
          skeleton
        ) : null
      ) : (
        <div className={classNames(answer.isStale && 'opacity-60')}>{children(data)}</div>
      )}
    </div>
  )
}
