import { printedKeys } from '../app/keyboard'

export function Keys({ keys }: { readonly keys: string }) {
  return (
    <span className="inline-flex items-center gap-1 text-12 text-muted">
      {printedKeys(keys).map((step, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the steps of a shortcut never move.
        <span key={index} className="inline-flex items-center gap-1">
          {index > 0 ? <span>then</span> : null}
          {step.map((cap) => (
            <kbd
              key={cap}
              className="inline-flex h-5 min-w-5 items-center justify-center rounded border border-control/50 bg-sunken px-1 font-sans text-12 text-ink"
            >
              {cap}
            </kbd>
          ))}
        </span>
      ))}
    </span>
  )
}
