import { useElapsed } from '../queries/use-elapsed'
import { Button } from './button'

interface BusyProps {
  readonly active: boolean
  readonly onCancel: () => void
}

/** A thin bar at once; how long it has taken and a way out when that is no longer unnoticeable. */
export function Busy({ active, onCancel }: BusyProps) {
  const elapsed = useElapsed(active)
  if (!active) return null
  return (
    <>
      <div className="absolute inset-x-0 top-0 z-10 h-0.5 overflow-hidden" aria-hidden>
        <div className="thin-bar h-full w-1/4 bg-accent" />
      </div>
      {elapsed === null ? null : (
        <div className="absolute top-2 right-2 z-10 flex items-center gap-2 rounded-md bg-raised py-0.5 pr-0.5 pl-2.5 text-12 text-muted shadow-float">
          <span className="figures">{(elapsed / 1000).toFixed(1)} s</span>
          <Button kind="quiet" onClick={onCancel}>
            Cancel
          </Button>
        </div>
      )}
    </>
  )
}
