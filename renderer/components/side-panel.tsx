import { X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { type ReactNode, useRef } from 'react'
import { IconButton } from './button'
import { classNames } from './class-names'
import { ErrorBoundary } from './error-boundary'

const widths = {
  narrow: 'w-[min(46rem,64vw)]',
  medium: 'w-[min(52rem,72vw)]',
  wide: 'w-[min(64rem,78vw)]',
} as const

interface SidePanelProps {
  readonly title: string
  readonly hint?: string
  /** A state of what is shown, beside its name. */
  readonly mark?: ReactNode
  readonly width: keyof typeof widths
  readonly onClose: () => void
  readonly actions?: ReactNode
  /** Stays in place while the content scrolls. */
  readonly bar?: ReactNode
  readonly children: ReactNode
}

/** Detail beside what it is a detail of, which stays usable. */
export function SidePanel({ title, hint, mark, width, onClose, actions, bar, children }: SidePanelProps) {
  const opener = useRef<Element | null>(null)
  const panel = useRef<HTMLDivElement>(null)
  return (
    <Dialog.Root modal={false} open onOpenChange={(next) => (next ? undefined : onClose())}>
      <Dialog.Content
        ref={panel}
        tabIndex={-1}
        aria-describedby={undefined}
        onOpenAutoFocus={(event) => {
          opener.current = document.activeElement
          event.preventDefault()
          panel.current?.focus()
        }}
        onCloseAutoFocus={(event) => {
          event.preventDefault()
          // What the panel opened in its place, as a form, has the focus by now and keeps it.
          const focused = document.activeElement
          const isElsewhere =
            focused !== null && focused !== document.body && !panel.current?.contains(focused)
          if (!isElsewhere && opener.current instanceof HTMLElement)
            opener.current.focus({ preventScroll: true })
        }}
        // Escape closes the panel and is not taken for the way up as well, wherever the focus is.
        onEscapeKeyDown={(event) => event.stopPropagation()}
        onInteractOutside={(event) => event.preventDefault()}
        className={classNames(
          'fixed top-12 right-0 bottom-7 z-30 flex flex-col border-hairline border-l bg-canvas shadow-float focus-visible:outline-none',
          widths[width],
        )}
      >
        <header className="flex flex-wrap items-center gap-x-3 gap-y-1 border-hairline border-b px-5 py-2">
          <Dialog.Title className="min-w-0 truncate font-semibold text-16">{title}</Dialog.Title>
          {hint === undefined ? null : <span className="min-w-0 truncate text-muted">{hint}</span>}
          {mark}
          <div className="ml-auto flex shrink-0 items-center gap-1">
            {actions}
            <Dialog.Close asChild>
              <IconButton label="Close the detail">
                <X size={16} aria-hidden />
              </IconButton>
            </Dialog.Close>
          </div>
        </header>
        {bar === undefined ? null : <div className="flex px-5 pt-3 pb-2">{bar}</div>}
        <div className="flex min-h-0 grow flex-col overflow-y-auto px-5 py-4">
          <ErrorBoundary name={title}>{children}</ErrorBoundary>
        </div>
      </Dialog.Content>
    </Dialog.Root>
  )
}
