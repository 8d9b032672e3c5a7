import type { MissingObject } from '../../../analytics/contract/s3-sources'
import { counted, formatCount } from '../../format/money'

const shownAtMost = 50

interface MissingObjectsProps {
  readonly of: string
  readonly missing: readonly MissingObject[]
}

export function MissingObjects({ of, missing }: MissingObjectsProps) {
  if (missing.length === 0) return null
  const rest = missing.length - shownAtMost
  return (
    <section aria-label={`Missing objects of ${of}`} className="mt-2 rounded-md bg-warn-soft px-3 py-2">
      <p className="font-medium">{counted(missing.length, 'object is', 'objects are')} missing</p>
      <ul>
        {missing.slice(0, shownAtMost).map(({ key, reason }) => (
          <li key={`${key} ${reason}`} className="py-0.5">
            <code className="font-mono text-12 break-all">{key}</code>
            <span className="ml-2 break-words">{reason}</span>
          </li>
        ))}
      </ul>
      {rest > 0 ? <p>and {formatCount(rest)} more</p> : null}
    </section>
  )
}
