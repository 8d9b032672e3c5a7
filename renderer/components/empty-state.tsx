import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

interface EmptyStateProps {
  readonly icon: LucideIcon
  readonly title: string
  readonly children: ReactNode
}

/** Says why there is nothing and gives the one next step. */
export function EmptyState({ icon: Icon, title, children }: EmptyStateProps) {
  return (
    <div className="mx-auto flex w-full max-w-xl flex-col gap-3 py-12">
      <Icon size={28} strokeWidth={1.5} className="text-muted" aria-hidden />
      <h2 className="font-semibold text-16">{title}</h2>
      {children}
    </div>
  )
}
