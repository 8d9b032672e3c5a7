import { Check as Tick, X } from 'lucide-react'
import { Popover } from 'radix-ui'
import type { Check } from '../../../analytics/contract/application'

interface ChecksProps {
  readonly checks: readonly Check[]
  readonly of: string
}

/** One tick a check; what was compared and found is a click away. */
export function Checks({ checks, of }: ChecksProps) {
  if (checks.length === 0) return <span className="text-muted">none</span>
  const failed = checks.filter((check) => !check.ok).length
  const words = failed === 0 ? `${checks.length} ok` : `${failed} of ${checks.length} failed`
  return (
    <Popover.Root>
      <Popover.Trigger
        aria-label={`Checks of ${of}: ${words}`}
        className="inline-flex h-6 items-center gap-1 rounded px-1 hover:bg-hover"
      >
        <span className="inline-flex" aria-hidden>
          {checks.map((check) =>
            check.ok ? (
              <Tick key={check.name} size={14} className="-mr-1 text-good" />
            ) : (
              <X key={check.name} size={14} className="-mr-1 text-bad" />
            ),
          )}
        </span>
        <span className="ml-1.5">{words}</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={4}
          aria-label={`Checks of ${of}`}
          className="z-40 max-h-[60vh] w-105 overflow-y-auto rounded-md border border-hairline bg-raised p-4 shadow-float"
        >
          <CheckList checks={checks} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

/** What each check compared and found. */
export function CheckList({ checks }: { readonly checks: readonly Check[] }) {
  return (
    <ul className="flex flex-col gap-2">
      {checks.map((check) => (
        <li key={check.name} className="flex gap-2">
          {check.ok ? (
            <Tick size={16} className="mt-0.5 shrink-0 text-good" aria-label="ok" />
          ) : (
            <X size={16} className="mt-0.5 shrink-0 text-bad" aria-label="failed" />
          )}
          <div className="min-w-0">
            <p className="font-medium">{check.name}</p>
            <p className="text-muted break-words">{check.detail}</p>
          </div>
        </li>
      ))}
    </ul>
  )
}
