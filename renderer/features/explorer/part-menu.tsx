import { ChevronDown } from 'lucide-react'
import { Popover } from 'radix-ui'
import type { ReactNode } from 'react'
import { classNames } from '../../components/class-names'

export const partClass =
  'inline-flex h-7 max-w-80 items-center gap-1 rounded-md px-1.5 whitespace-nowrap hover:bg-hover data-[state=open]:bg-hover'

interface PartMenuProps {
  /** What this part of the sentence says. */
  readonly label: string
  readonly value: string
  /** Said before the value, in grey. */
  readonly lead?: string
  readonly isQuiet?: boolean
  readonly open: boolean
  readonly onOpen: (open: boolean) => void
  readonly className?: string
  readonly children: ReactNode
}

/** A part of the sentence: it reads as text and opens what else it could say. */
export function PartMenu(props: PartMenuProps) {
  const { label, value, lead, isQuiet = false, open, onOpen, className, children } = props
  return (
    <Popover.Root open={open} onOpenChange={onOpen}>
      <Popover.Trigger className={partClass} aria-label={`${label}: ${value}`}>
        {lead === undefined ? null : <span className="text-muted">{lead}</span>}
        <span className={classNames('truncate', isQuiet ? 'text-muted' : 'font-medium')}>{value}</span>
        <ChevronDown size={12} className="shrink-0 text-muted" aria-hidden />
      </Popover.Trigger>
      <Popover.Portal container={document.getElementById('content')}>
        <Popover.Content
          align="start"
          sideOffset={4}
          collisionPadding={12}
          aria-label={label}
          className={classNames(
            'z-40 flex max-h-(--radix-popover-content-available-height) flex-col rounded-md border border-hairline bg-raised shadow-float focus-visible:outline-none',
            className ?? 'w-72',
          )}
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
