import { X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import type { ReactNode } from 'react'
import { IconButton } from './button'
import { classNames } from './class-names'

interface ModalProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly title: string
  readonly description: string
  readonly className?: string
  readonly children: ReactNode
}

export function Modal({ open, onClose, title, description, className, children }: ModalProps) {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Content
          className={classNames(
            'fixed top-[12vh] left-1/2 z-50 flex max-h-[76vh] w-full -translate-x-1/2 flex-col rounded-md',
            'border border-hairline bg-raised p-5 shadow-float',
            className ?? 'max-w-lg',
          )}
        >
          <div className="mb-2 flex items-center justify-between gap-4">
            <Dialog.Title className="font-semibold text-16">{title}</Dialog.Title>
            <Dialog.Close asChild>
              <IconButton label="Close">
                <X size={16} aria-hidden />
              </IconButton>
            </Dialog.Close>
          </div>
          <Dialog.Description className="mb-3 text-muted">{description}</Dialog.Description>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
