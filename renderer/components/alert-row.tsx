import { BellRing } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from './button'
import { Moment } from './moment'

interface AlertRowProps {
  /** What it is about, and the way there. */
  readonly title: string
  readonly href: string
  readonly children: ReactNode
  readonly raisedAt: string
  readonly putAwayLabel: string
  readonly onPutAway: () => void
}

/** One alert that was told and not put away, whatever it is about. */
export function AlertRow({ title, href, children, raisedAt, putAwayLabel, onPutAway }: AlertRowProps) {
  return (
    <li className="flex items-center gap-3 border-hairline border-b py-1.5 last:border-b-0">
      <BellRing size={14} className="shrink-0 text-warn" aria-hidden />
      <span className="min-w-0 grow break-words">
        <a href={href} className="rounded font-medium text-accent hover:underline">
          {title}
        </a>{' '}
        {children}
      </span>
      <span className="shrink-0 text-12 text-muted">
        <Moment instant={raisedAt} />
      </span>
      <Button kind="quiet" onClick={onPutAway} aria-label={putAwayLabel}>
        Put away
      </Button>
    </li>
  )
}
