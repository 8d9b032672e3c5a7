import { X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { type ReactNode, useRef } from 'react'
import { IconButton } from '../../components/button'
import { ErrorBoundary } from '../../components/error-boundary'

interface SidePanelProps {
  readonly title: string
  readonly hint?: string
  readonly onClose: () => void
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** Detail beside what it is a detail of, which stays usable. */
export function SidePanel({ title, hint, onClose, actions, children }: SidePanelProps) {
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
          if (opener.current instanceof HTMLElement) opener.current.focus({ preventScroll: true })
        }}
        // Escape closes the panel and is not taken for the way up as well, wherever the focus is.
        onEscapeKeyDown={(event) => event.stopPropagation()}
        onInteractOutside={(event) => event.preventDefault()}
        className="fixed top-12 right-0 bottom-7 z-30 flex w-[min(64rem,78vw)] flex-col border-hairline border-l bg-canvas shadow-float focus-visible:outline-none"
      >
        <header className="flex flex-wrap items-center gap-x-3 gap-y-1 border-hairline border-b px-5 py-2">
          <Dialog.Title className="font-semibold text-16">{title}</Dialog.Title>
          {hint === undefined ? null : <span className="min-w-0 truncate text-muted">{hint}</span>}
          <div className="ml-auto flex items-center gap-1">
            {actions}
            <Dialog.Close asChild>
              <IconButton label="Close the detail">
                <X size={16} aria-hidden />
              </IconButton>
            </Dialog.Close>
          </div>
        </header>
        <div className="flex min-h-0 grow flex-col overflow-y-auto px-5 py-3">
          <ErrorBoundary name={title}>{children}</ErrorBoundary>
        </div>
      </Dialog.Content>
    </Dialog.Root>
  )
}
