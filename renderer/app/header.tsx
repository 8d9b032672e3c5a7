import { Search } from 'lucide-react'
import { Button } from '../components/button'
import { Keys } from '../components/keys'
import { TaskCentre } from '../features/tasks/task-centre'
import { openLayer } from '../stores/layers'
import { ScopeChips } from './scope-chips'

export function Header({ title }: { readonly title: string }) {
  return (
    <header className="flex min-h-12 py-2 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-b border-hairline px-6">
      <h1 className="font-semibold text-16 whitespace-nowrap">{title}</h1>
      <ScopeChips />
      <div className="ml-auto flex items-center gap-2">
        <TaskCentre />
        <Button onClick={() => openLayer('commands')} aria-label="Commands" className="pr-1">
          <Search size={14} aria-hidden className="text-muted" />
          <span className="text-muted">Commands</span>
          <Keys keys="mod+k" />
        </Button>
      </div>
    </header>
  )
}
