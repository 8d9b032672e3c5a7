import { CircleAlert, CircleCheck, Info, X } from 'lucide-react'
import { useEffect } from 'react'
import { hideToast, type Toast, useToasts } from '../stores/toasts'
import { IconButton } from './button'

const shownFor = { good: 6_000, plain: 6_000, bad: 20_000 } as const

function ToastIcon({ tone }: { readonly tone: Toast['tone'] }) {
  switch (tone) {
    case 'good':
      return <CircleCheck size={16} className="mt-0.5 shrink-0 text-good" aria-label="Done" />
    case 'bad':
      return <CircleAlert size={16} className="mt-0.5 shrink-0 text-bad" aria-label="Problem" />
    case 'plain':
      return <Info size={16} className="mt-0.5 shrink-0 text-muted" aria-label="Note" />
  }
}

function ToastCard({ toast }: { readonly toast: Toast }) {
  useEffect(() => {
    const timer = setTimeout(() => hideToast(toast.id), shownFor[toast.tone])
    return () => clearTimeout(timer)
  }, [toast])
  return (
    <li className="pointer-events-auto flex items-start gap-2.5 rounded-md border border-hairline bg-raised py-2 pr-2 pl-3 shadow-float">
      <ToastIcon tone={toast.tone} />
      <div className="min-w-0 grow py-0.5">
        <p className="font-medium break-words">{toast.message}</p>
        {toast.detail === null ? null : <p className="text-muted break-words">{toast.detail}</p>}
      </div>
      <IconButton label="Dismiss" onClick={() => hideToast(toast.id)}>
        <X size={14} aria-hidden />
      </IconButton>
    </li>
  )
}

export function Toasts() {
  const toasts = useToasts((state) => state.toasts)
  return (
    <section
      aria-label="Notifications"
      aria-live="polite"
      className="pointer-events-none fixed right-4 bottom-10 z-50 w-90"
    >
      <ul className="flex flex-col gap-2">
        {toasts.map((toast) => (
          <ToastCard key={toast.id} toast={toast} />
        ))}
      </ul>
    </section>
  )
}
